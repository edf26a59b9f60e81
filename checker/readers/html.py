"""HTML pages: the article without what surrounds it, each character with its place in the file.

The article is the smallest part of the page that holds most of its prose. What the page itself says (linked data,
`articleBody`, `<article>`, `<main>`) goes before guessing; navigation, comments, captions and link lists are left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from checker.document import Part, PartKind, Span
from checker.errors import UnreadableFileError
from checker.readers.article import Article, Piece, join_pieces
from checker.readers.blocks import HEADINGS, Block, Page, read_page

_FEWEST_LETTERS = 25  # a shorter block is no prose
_MOST_LINKED = 0.5  # share of link text in prose
_DOMINANT = 0.7  # share of its container's prose that makes a part stand for the whole
_SEMANTIC = 0.4  # share of the page's prose at which the page's own word for the article is believed
_CLEAN = 0.5  # share that must be left when blocks with suspect names go
_DECLARED_COVERED = 0.6  # share of a declared articleBody that must be found on the page
_LONGEST_DECLARED = 200_000
_MOST_BLOCKS_COMPARED = 5_000
_SENTENCE_END = re.compile(r"[.!?…:;。！？]['\"”’»)\]]*$")
_NOT_KEY = re.compile(r"[\W_]+")
_BREAK = Piece("\n\n", 0, 0)


def read_html(html: str) -> Article:
    """The article of a page, its headline first, paragraphs separated by a blank line.

    `runs` lead back to offsets in `html`. Raises UnreadableFileError where the page holds no prose.
    """
    page = read_page(html)
    kept = _declared_article(page) or _best_article(page)
    if not kept:
        raise UnreadableFileError("no article text found in this HTML page; copy the article into a text file")
    headline = _headline(page, kept)
    if headline is not None:
        kept = [headline, *(block for block in kept if _key(block.text) != _key(headline.text))]
    title = headline.text if headline else page.social_title or page.title
    text, runs = join_pieces(_joined(kept))
    parts: tuple[Part, ...] = ()
    if headline is not None:
        end = len(headline.text)
        parts = (Part(PartKind.HEADLINE, Span(0, end)), Part(PartKind.BODY, Span(end, len(text))))
    return Article(text, title, runs, parts=parts)


def _joined(blocks: Sequence[Block]) -> Iterator[Piece]:
    for number, block in enumerate(blocks):
        if number:
            yield _BREAK
        yield from block.pieces


def _key(text: str) -> str:
    return _NOT_KEY.sub("", text.casefold())


def _letters(block: Block) -> int:
    return sum(character.isalpha() for character in block.text)


def _linked(block: Block) -> float:
    return block.linked / max(len(block.text), 1)


def _is_prose(block: Block) -> bool:
    return (
        block.tag not in HEADINGS
        and _linked(block) < _MOST_LINKED
        and _letters(block) >= _FEWEST_LETTERS
        and len(block.text.split()) >= 4
    ) or _is_wide_prose(block)


def _is_wide_prose(block: Block) -> bool:
    """Chinese and Japanese have no spaces between words."""
    wide = sum("\u3040" <= character <= "\u9fff" for character in block.text)
    return wide >= _FEWEST_LETTERS // 2 and block.tag not in HEADINGS and _linked(block) < _MOST_LINKED


def _declared_article(page: Page) -> list[Block]:
    """The blocks that make up the `articleBody` of the page's linked data (schema.org), where it has one."""
    for script in page.linked_data:
        body = _key(_article_body(script)[:_LONGEST_DECLARED])
        if len(body) < 200 or len(page.blocks) > _MOST_BLOCKS_COMPARED:
            continue
        kept = [block for block in page.blocks if len(key := _key(block.text)) >= 3 and key in body]
        prose = [block for block in kept if _is_prose(block)]
        if sum(len(_key(block.text)) for block in prose) >= _DECLARED_COVERED * len(body):
            first, last = page.blocks.index(prose[0]), page.blocks.index(prose[-1])
            return [block for block in page.blocks[first : last + 1] if block in kept]
    return []


def _article_body(script: str) -> str:
    try:
        waiting = [json.loads(script)]
    except (ValueError, RecursionError):
        return ""
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            if isinstance(value.get("articleBody"), str):
                return str(value["articleBody"])
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
    return ""


def _best_article(page: Page) -> list[Block]:
    """The blocks of the best container, without suspect ones unless those are most of it."""
    prose = [block for block in page.blocks if _is_prose(block)]
    if not prose:
        return [block for block in page.blocks if _is_short_sentence(block)]
    suspects = _suspects(page, _masses(page, prose))
    sound = [block for block in prose if block.element not in suspects]
    if _mass(sound) < _CLEAN * _mass(prose):  # the names of this page say nothing
        suspects, sound = set(), prose
    container = _container(page, _masses(page, sound))
    inside = [
        block for block in page.blocks if block.element not in suspects and container in _ancestors(page, block.element)
    ]
    return _without_debris(inside)


def _suspects(page: Page, masses: Sequence[int]) -> set[int]:
    """Elements in a part whose name speaks of surroundings, unless that part holds most of the page's prose."""
    found: set[int] = set()
    for index, element in enumerate(page.elements):  # parents come before their children
        if element.parent in found or (element.suspect and masses[index] < _CLEAN * masses[0]):
            found.add(index)
    return found


def _is_short_sentence(block: Block) -> bool:
    return len(block.text.split()) > 1 and bool(_SENTENCE_END.search(block.text)) and _linked(block) < _MOST_LINKED


def _mass(blocks: Sequence[Block]) -> int:
    return sum(len(block.text) for block in blocks)


def _ancestors(page: Page, element: int) -> Iterator[int]:
    """The element itself, what holds it, and so on up to the root."""
    while element:
        yield element
        element = page.elements[element].parent
    yield 0


def _masses(page: Page, prose: Sequence[Block]) -> list[int]:
    """Characters of prose in each element and all that it holds."""
    masses = [0] * len(page.elements)
    for block in prose:
        masses[block.element] += len(block.text)
    for index in range(len(masses) - 1, 0, -1):  # children come after their parents
        masses[page.elements[index].parent] += masses[index]
    return masses


def _container(page: Page, masses: Sequence[int]) -> int:
    """Index of the element that is the article."""
    for said in ("is_body", "is_article"):
        named = [index for index, element in enumerate(page.elements) if getattr(element, said)]
        best = max(named, key=lambda index: (masses[index], index), default=0)
        if best and masses[best] >= _SEMANTIC * masses[0]:
            return best
    return _narrowest(page, masses)


def _narrowest(page: Page, masses: Sequence[int]) -> int:
    """From the root down to the part that still holds most of the prose."""
    current = 0
    heaviest: dict[int, int] = {}
    for index in range(1, len(masses)):
        parent = page.elements[index].parent
        if masses[index] > masses[heaviest.get(parent, 0)] or parent not in heaviest:
            heaviest[parent] = index
    while current in heaviest and masses[heaviest[current]] >= _DOMINANT * masses[current] > 0:
        following = heaviest[current]
        if page.elements[following].tag in ("p", *HEADINGS):
            break
        current = following
    return current


def _without_debris(blocks: Sequence[Block]) -> list[Block]:
    """Without link lists, labels ("Advertisement", a time) and headings that head nothing."""
    worthy = [block for block in blocks if _is_worthy(block)]
    kept = []
    for number, block in enumerate(worthy):
        following = worthy[number + 1] if number + 1 < len(worthy) else None
        if block.tag in HEADINGS and (following is None or (following.tag in HEADINGS and following.tag <= block.tag)):
            continue
        kept.append(block)
    return kept


def _is_worthy(block: Block) -> bool:
    if _linked(block) >= _MOST_LINKED and block.tag != "h1":
        return False
    if block.tag in HEADINGS:
        return _letters(block) > 1
    if block.tag in ("li", "blockquote", "dd", "td") and len(block.text.split()) > 2:
        return True
    return _is_prose(block) or (bool(_SENTENCE_END.search(block.text)) and _letters(block) > 1)


def _headline(page: Page, kept: Sequence[Block]) -> Block | None:
    """The page's headline: an <h1> that the page's title repeats, else the one nearest before the article."""
    candidates = [block for block in page.blocks if block.tag == "h1" and len(block.text.split()) > 1]
    said = [_key(title) for title in (page.social_title, page.title) if title]
    for block in candidates:
        if any(_key(block.text) in title for title in said):
            return block
    start = kept[0].pieces[0].file_start
    before = [block for block in candidates if block.pieces[0].file_start <= start and _linked(block) < _MOST_LINKED]
    return before[-1] if before else None
