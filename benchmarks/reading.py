"""How fast readers are: processor time on one core, of files that are made here.

    python benchmarks/reading.py

`read` is the format's reader alone (text, parts, and the XPath or pointer of each paragraph); `and runs` adds the way
of every character back to the file, which is worked out when a finding is annotated. `document` is all that
`read_file` does: decoding, reading, language and sentences.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from xml.sax.saxutils import escape

from checker.readers import read_with_positions
from checker.readers.formats.registry import recognise_format

SENTENCES = (
    "The council of Valmera voted on Tuesday to keep the old harbour open for another ten years, officials said.",
    'Ferry owners called the decision "right & overdue", while bakers feared that the price of flour would rise.',
    "A spokeswoman for the ministry of transport declined to comment on the cost of the plan, about 40 million euros.",
)
PARAGRAPHS = [" ".join(SENTENCES[: 1 + number % 3]) for number in range(400)]
SECONDS = 0.6


def nitf() -> str:
    body = "\n".join(f'          <p class="txt">{escape(paragraph)}</p>' for paragraph in PARAGRAPHS)
    head = '<head><title>T</title><docdata><date.issue norm="20240305T081500Z"/></docdata></head>'
    top = "<body.head><hedline><hl1>Harbour stays open</hl1></hedline></body.head>"
    return f"<nitf>{head}<body>{top}<body.content>{body}</body.content></body></nitf>"


def ninjs(kind: str) -> str:
    text = {
        "html": "".join(f"<p>{escape(paragraph)}</p>" for paragraph in PARAGRAPHS),
        "text": "\n\n".join(PARAGRAPHS),
    }[kind]
    return json.dumps({"headline": "Harbour stays open", "language": "en", f"body_{kind}": text})


def megabytes_a_second(action: Callable[[], object], size: int) -> float:
    """The best of several rounds, which other work on the machine disturbs least."""
    action()  # imports and the language model
    best, spent = 0.0, 0.0
    while spent < SECONDS:
        start = time.process_time()
        action()
        took = time.process_time() - start
        best, spent = max(best, size / took / 1e6), spent + took
    return best


def main() -> None:
    for name, text in (("NITF", nitf()), ("ninjs, HTML", ninjs("html")), ("ninjs, text", ninjs("text"))):
        data = text.encode()
        form = recognise_format(text, "")
        assert form is not None
        alone = megabytes_a_second(lambda form=form, text=text: form.read(text, None), len(data))
        runs = megabytes_a_second(lambda form=form, text=text: len(form.read(text, None).runs), len(data))
        whole = megabytes_a_second(lambda data=data: read_with_positions(data), len(data))
        rates = f"read {alone:5.1f} MB/s  and runs {runs:5.1f} MB/s  document {whole:5.1f} MB/s"
        print(f"{name:<12} {len(data) / 1e3:6.0f} kB  {rates}")


if __name__ == "__main__":
    main()
