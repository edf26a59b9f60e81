"""What both foreign kinds of checkpoint share: pairs to rows, windows of a long premise, batches, sentence vectors.

Published tokenizers disagree on special tokens, on offsets and on how long a row may be. What they do differently is
put right here once, so that the predictors see plain rows and spans that are slices of the hypothesis:

* the special tokens around a pair are read off the tokenizer itself, with a probe;
* text that looks like a special token ("[SEP]" in a news item) is read as text;
* sentencepiece offsets that include the white space in front are trimmed, pieces of one character are joined.
"""

from __future__ import annotations

import inspect
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from checker.document import Span, without_halves
from checker.errors import ModelError
from checker.evidence import Relation
from checker.nli.pretrained import Checkpoint, Task, hash_weights, load
from checker.nli.torch_version import torch_backend
from checker.nli.types import Pair, Prediction

if TYPE_CHECKING:
    from tokenizers import Tokenizer

LONGEST_ROW = 512  # tokens; models that read more are windowed all the same, attention grows with the square
SHORTEST_ROW = 24  # below this no sentence pair fits
HYPOTHESIS_SHARE = 5 / 8  # of a row, at most; the rest is kept for the premise
OVERLAP = 24  # tokens shared by neighbouring windows of a premise
LANGUAGE_VIEW = Prediction(entailment=0.0, neutral=1.0, contradiction=0.0, error=0.0)  # nothing can be asked
_WORD_MARKS = "▁Ġ "  # what sentencepiece and byte-level BPE write for the space in front of a word


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A hypothesis as the tokenizer cuts it. `spans` has one entry a token, None for a token without text.

    `truncated` tells that the text goes on after `read`, the part that the tokens cover.
    """

    read: str
    ids: list[int]
    spans: list[Span | None]
    truncated: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One input of the model; the tokens of the hypothesis start at `first_hypothesis`."""

    ids: list[int]
    segments: list[int]
    first_hypothesis: int


@dataclass(frozen=True, slots=True)
class _Frame:
    """The special tokens of a row, in front of, between and behind the texts, with their segments."""

    parts: tuple[list[int], ...]
    segments: tuple[list[int], ...]
    text_segments: tuple[int, ...]

    @property
    def size(self) -> int:
        return sum(len(part) for part in self.parts)


class ForeignModel:
    """Tokenizer and model of a transformers checkpoint, float32 on the CPU."""

    def __init__(self, tokenizer: Any, model: Any, *, name: str, weights_hash: str, batch_size: int = 32) -> None:  # noqa: ANN401 - transformers is untyped
        self.name = name
        self.weights_hash = weights_hash
        self._model = model
        self._batch_size = batch_size
        self._backend: Tokenizer = tokenizer.backend_tokenizer
        self._backend.no_padding()
        self._backend.no_truncation()
        self._backend.encode_special_tokens = True
        self._unknown: int | None = tokenizer.unk_token_id
        self._special = set(tokenizer.all_special_ids) - {self._unknown}
        self._pair = _probe(self._backend, name, pair=True)
        self._single = _probe(self._backend, name, pair=False)
        self._longest = _longest_row(tokenizer, model)
        if self._longest < SHORTEST_ROW:
            raise ModelError(f"model '{name}': it reads {self._longest} tokens, too few for a pair of sentences")
        self._segmented = _reads_segments(tokenizer, model)
        padding = model.config.pad_token_id  # the model's own first: it finds the end of a row by it
        self._padding: int | None = tokenizer.pad_token_id if padding is None else padding

    @classmethod
    def load(cls, checkpoint: Checkpoint, task: Task, *, batch_size: int, threads: int | None) -> ForeignModel:
        """Load a checkpoint; `threads` None leaves torch's setting alone. Raises ModelError."""
        import torch

        if threads:
            torch.set_num_threads(threads)
        tokenizer, model = load(checkpoint, task)
        return cls(
            tokenizer,
            model,
            name=checkpoint.name,
            weights_hash=hash_weights(checkpoint.weights),
            batch_size=batch_size,
        )

    @property
    def backend(self) -> str:
        """Library, version and number type."""
        return torch_backend()

    def read_hypothesis(self, text: str) -> Hypothesis:
        """Tokens of a hypothesis with their spans in `text`; cut, and said so, where it is too long for a row."""
        encoding = self._backend.encode(without_halves(text), add_special_tokens=False)
        room = int((self._longest - self._pair.size) * HYPOTHESIS_SHARE)
        spans = [
            None if not token.strip(_WORD_MARKS) else _trimmed(text, start, end)
            for token, (start, end) in zip(encoding.tokens[:room], encoding.offsets[:room], strict=True)
        ]
        truncated = len(encoding.ids) > room
        read = text[: max((span.end for span in spans if span), default=0)] if truncated else text
        return Hypothesis(read, self._plain(encoding.ids[:room]), spans, truncated)

    def read_premise(self, text: str, hypothesis: Hypothesis) -> list[list[int]]:
        """Tokens of the premise in as many windows as it takes; each fits beside the hypothesis, none is left out."""
        ids = self._plain(self._backend.encode(without_halves(text), add_special_tokens=False).ids)
        room = self._longest - self._pair.size - len(hypothesis.ids)
        if len(ids) <= room:
            return [ids]
        overlap = min(OVERLAP, room // 4)
        return [ids[first : first + room] for first in range(0, len(ids) - overlap, room - overlap)]

    def row(self, premise: Sequence[int], hypothesis: Hypothesis) -> Row:
        """One input: a window of the premise beside the hypothesis."""
        return _framed(self._pair, (premise, hypothesis.ids))

    def probabilities(self, rows: Sequence[Row]) -> list[NDArray[np.float64]]:
        """Softmax of the model's output: shape (labels,) a row, or (tokens, labels) for a token classifier.

        Rows of like length share a batch. Padding and the number of rows in a batch change the order of additions,
        so a probability differs by about 1e-5 between batches (8e-6 measured: random weights, six layers of width
        384). Raises ModelError where the model yields NaN.
        """
        import torch

        results: list[NDArray[np.float64]] = [np.empty(0)] * len(rows)
        with torch.inference_mode():
            for indices in self._batches([len(row.ids) for row in rows]):
                logits = self._model(**self._collate([rows[index] for index in indices])).logits.double()
                if not torch.isfinite(logits).all():
                    raise ModelError(f"model '{self.name}': its output is not a number; the weights are damaged")
                values = logits.softmax(-1).numpy()
                of_tokens = values.ndim == 3  # (batch, tokens, labels)
                for place, index in enumerate(indices):
                    results[index] = values[place, : len(rows[index].ids)] if of_tokens else values[place]
        return results

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit-length mean of the base encoder's last hidden states, shape (len(texts), width).

        A text longer than a row counts with its beginning: the vectors only rank evidence.
        """
        import torch

        base = self._model.get_encoder() if self._model.config.is_encoder_decoder else self._model.base_model
        room = self._longest - self._single.size
        encodings = self._backend.encode_batch([without_halves(text) for text in texts], add_special_tokens=False)
        rows = [_framed(self._single, (self._plain(encoding.ids[:room]),)) for encoding in encodings]
        vectors = np.zeros((len(rows), self._model.config.hidden_size), dtype=np.float32)
        with torch.inference_mode():
            for indices in self._batches([len(row.ids) for row in rows]):
                inputs = self._collate([rows[index] for index in indices])
                hidden = base(**inputs).last_hidden_state  # (batch, tokens, width)
                inside = inputs["attention_mask"][:, :, None]
                mean = (hidden * inside).sum(1) / inside.sum(1).clamp(min=1)
                vectors[indices] = torch.nn.functional.normalize(mean, dim=-1).numpy()
        return vectors

    def _plain(self, ids: Sequence[int]) -> list[int]:
        """Unigram vocabularies hold "</s>" as a piece: in a text it is a word like any other, and unknown."""
        if self._unknown is None:
            return list(ids)
        return [self._unknown if number in self._special else number for number in ids]

    def _batches(self, lengths: Sequence[int]) -> Iterator[list[int]]:
        """Indices by length, `batch_size` at a time; one at a time for a model that has no padding."""
        size = 1 if self._padding is None else self._batch_size
        order = sorted(range(len(lengths)), key=lambda index: (lengths[index], index))
        for start in range(0, len(order), size):
            yield order[start : start + size]

    def _collate(self, rows: Sequence[Row]) -> dict[str, Any]:
        import torch

        longest = max(len(row.ids) for row in rows)
        ids = np.full((len(rows), longest), self._padding or 0, dtype=np.int64)
        mask, segments = np.zeros_like(ids), np.zeros_like(ids)
        for index, row in enumerate(rows):
            ids[index, : len(row.ids)] = row.ids
            segments[index, : len(row.ids)] = row.segments
            mask[index, : len(row.ids)] = 1
        inputs = {"input_ids": torch.from_numpy(ids), "attention_mask": torch.from_numpy(mask)}
        return inputs | ({"token_type_ids": torch.from_numpy(segments)} if self._segmented else {})


def has_premise(pair: Pair) -> bool:
    """False for the language view: there is nothing to hold the hypothesis against."""
    return bool(pair.premise.strip()) and pair.relation is not Relation.LANGUAGE


def distinct_pieces(spans: Iterable[Span | None], values: Iterable[float]) -> list[tuple[Span, float]]:
    """Spans in text order without overlap, each with the highest of its tokens' values.

    Byte-level tokenizers cut one character (an emoji, a Han character) into several tokens with the same offsets.
    """
    pieces: list[tuple[Span, float]] = []
    for span, value in zip(spans, values, strict=True):
        if span is None:
            continue
        if pieces and span.start < pieces[-1][0].end:
            last, highest = pieces.pop()
            span, value = Span(min(last.start, span.start), max(last.end, span.end)), max(highest, value)
        pieces.append((span, value))
    return pieces


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """The range without white space at its ends; None where nothing is left. A combining mark stays with its letter."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    while 0 < start < end and unicodedata.combining(text[start]) and not text[start - 1].isspace():
        start -= 1
    while start < end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return Span(start, end) if start < end else None


def _probe(backend: Tokenizer, name: str, *, pair: bool) -> _Frame:
    """Where the tokenizer puts special tokens, read off what it makes of two short texts."""
    texts = 2 if pair else 1
    encoding = backend.encode("a", "a") if pair else backend.encode("a")
    parts: list[list[int]] = [[]]
    segments: list[list[int]] = [[]]
    text_segments: list[int] = []
    for number, segment, sequence in zip(encoding.ids, encoding.type_ids, encoding.sequence_ids, strict=True):
        if sequence is None:
            parts[-1].append(number)
            segments[-1].append(segment)
        elif sequence == len(text_segments):
            text_segments.append(segment)
            parts.append([])
            segments.append([])
    if len(text_segments) != texts:
        raise ModelError(f"model '{name}': its tokenizer reads no pairs of texts; use a model that was made for NLI")
    return _Frame(tuple(parts), tuple(segments), tuple(text_segments))


def _framed(frame: _Frame, texts: Sequence[Sequence[int]]) -> Row:
    ids, segments, first = list(frame.parts[0]), list(frame.segments[0]), 0
    for place, text in enumerate(texts):
        first = len(ids)
        ids += [*text, *frame.parts[place + 1]]
        segments += [frame.text_segments[place]] * len(text) + frame.segments[place + 1]
    return Row(ids, segments, first)


def _longest_row(tokenizer: Any, model: Any) -> int:  # noqa: ANN401 - transformers is untyped
    """Most tokens that the model can read in one row, at most LONGEST_ROW."""
    positions = getattr(model.config, "max_position_embeddings", None)
    if positions is None or positions < 1:  # XLNet says -1, for as many as you like
        positions = LONGEST_ROW
    # RoBERTa's kind numbers positions from padding_idx + 1, so that the last entries of the table are not free.
    reserved = [
        module.padding_idx + 1
        for name, module in model.named_modules()
        if name.endswith("position_embeddings") and getattr(module, "padding_idx", None) is not None
    ]
    return int(min(LONGEST_ROW, tokenizer.model_max_length, positions - max(reserved, default=0)))


def _reads_segments(tokenizer: Any, model: Any) -> bool:  # noqa: ANN401 - transformers is untyped
    """Whether the model was trained with segment numbers: all three have to agree, a wrong one is an index error."""
    return (
        "token_type_ids" in tokenizer.model_input_names
        and "token_type_ids" in inspect.signature(model.forward).parameters
        and getattr(model.config, "type_vocab_size", 2) > 1
    )
