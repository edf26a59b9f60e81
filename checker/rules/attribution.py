"""attribution: a quotation whose speaker the original names, and the translation does not.

Fails:  `“We will never surrender the port.”` alone for `«Nunca entregaremos el puerto», dijo el alcalde.`
Passes: any verb of saying, `according to`, or a colon before the quotation, here or in a neighbouring sentence; a
        quotation of fewer than four words.

Where the translation is nothing but a quotation, any words of the original that follow its quotation count as a speaker.
"""

# ruff: noqa: E501 - word lists read better in full lines
from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from checker.document import Span
from checker.rules.reporting import against_source
from checker.rules.types import Counterpart, Material, Rule, RuleCandidate

OMISSION = "accuracy/omission"
FEWEST_WORDS = 4
REACH = 60  # code points between a quotation and the verb that belongs to it
_QUOTATION = re.compile(
    r"[“\"][^“”\"\n]{15,500}”|„[^„“”\n]{15,500}[“”]|«[^«»\n]{15,500}»|\"(?!\s)[^\"\n]{15,500}(?<!\s)\""
)
_MARK = re.compile('[“"„«]')  # begins each
# Verbs of saying in the forms that news copy has, and what else says whose words follow.
_SAID = {
    "es": r"dij[oe]\w*|dice[ns]?|declar[óoa]\w*|afirm[óoa]\w*|explic[óoa]\w*|señal[óoa]\w*|asegur[óoa]\w*|añadi[óo]\w*|según|indic[óoa]\w*|coment[óoa]\w*|advirti[óo]|manifest[óoa]\w*|agreg[óoa]\w*|sostuvo|sostiene|subray[óoa]|escribi[óo]|cont[óo]|record[óo]|prometi[óo]|continu[óo]|inform[óo]|reconoci[óo]|respondi[óo]|conclu[yi]\w+|apunt[óo]|destac[óo]",
    "pt": r"diss[eo]\w*|diz(?:em)?|declar[oa]\w*|afirm[oa]\w*|explic[oa]\w*|acrescent[oa]\w*|segundo|coment[oa]\w*|escreve\w*|ressalt[oa]\w*|garanti[ou]\w*|cont[ao]u?|lembr[oa]u?|continu[oa]u?|inform[oa]u?|respondeu|concluiu|destac[oa]u?",
    "it": r"ha (?:detto|dichiarato|affermato|spiegato|aggiunto|scritto|commentato)|hanno (?:detto|dichiarato|affermato)|dice|dicono|disse|secondo|afferma|spiega|sostiene|dichiara|ha (?:raccontato|ricordato|promesso|continuato|risposto|concluso|precisato|sottolineato)|racconta|spiega",
    "fr": r"(?:a|ont) (?:dit|déclaré|affirmé|expliqué|ajouté|indiqué|souligné|écrit|raconté|rappelé|promis|poursuivi|répondu|conclu|confié|assuré|précisé)|a-t-(?:il|elle|on) (?:dit|déclaré|affirmé|expliqué|ajouté|indiqué|souligné)|dit|déclare|affirme|explique|selon|ajoute",
    "de": r"sagt\w*|erklärt\w*|laut|betont\w*|schrieb\w*|schreibt|meint\w*|teilt\w* [^.]{0,40}mit|hinzu|berichtet\w*|zufolge|fügte\w*|erzähl\w*|erinner\w*|antwortet\w*|versicher\w*|warnt\w*|behauptet\w*",
    "ru": r"сказал\w*|заявил\w*|говорит|говорят|отметил\w*|сообщил\w*|добавил\w*|пояснил\w*|объяснил\w*|подчеркнул\w*|написал\w*|по словам|считает|рассказал\w*|вспоминает|вспомнил\w*|пообещал\w*|ответил\w*|признал\w*|предупредил\w*|утверждает|рассказывает|поделил\w*",
}
_IN_ENGLISH = re.compile(
    r"\b(?:said|say(?:s|ing)?|told|tell(?:s|ing)?|according to|add(?:s|ed|ing)?|stat(?:es?|ed|ing|ement\w*)|declar\w+|announc\w+|explain\w*|claim\w*|claims|insist\w*|argu\w+|warn\w*|not(?:es?|ed|ing)"
    r"|comment\w*|tweet\w*|wr(?:ote|ites?|iting|itten)|ask\w*|repl(?:y|ies|ied|ying)|respon\w+|conclud\w+|continu\w+|remark\w*|observ\w+|recall\w*|report\w*|reveal\w*|stress\w*|emphasi\w+|point\w* out|quot\w+|call\w*|describ\w+"
    r"|admit\w*|acknowledg\w*|suggest\w*|promis\w*|vow\w*|predict\w*|joke\w*|shout\w*|yell\w*|scream\w*|cr(?:y|ied|ies)|whisper\w*|mutter\w*|testif\w+|confirm\w*|den(?:y|ied|ies)|agree\w*|complain\w*|urg\w+|pledg\w+|think\w*|thought"
    r"|believ\w+|opin\w+|read(?:s|ing)?|word\w*|speak\w*|spoke\w*|talk\w*|answer\w*|mention\w*|refer\w*|express\w*|indicat\w+|assert\w*|maintain\w*|contend\w*|elaborat\w+|reflect\w*|feel\w*|felt|post\w*|titled?|entitled|named?|known|sa(?:ng|id)|chant\w*|slogan\w*|proclaim\w*|statement"
    r"|view\w*|in the words|goes|went|like|laugh\w*|interview\w*|messag\w*|letter|speech|motto|asked|was like|estimat\w*|hop(?:es?|ed|ing)|put it|puts it|joking|cit\w+|accus\w+|criticiz\w+|criticis\w+|prais\w+|plead\w*|begg?\w*|demand\w*|order\w*|exclaim\w*|recount\w*|relat\w+|summ\w+|outlin\w+|detail\w*|compar\w+|deem\w*|dub\w*|wonder\w*)\b",
    re.IGNORECASE,
)
# What stands behind a quotation to the end of the sentence: `», критикует Уотерс.`, `“, so der Präsident.`
_TAIL = re.compile(r"(?:,|[\s,.]*[—–-]|(?<=,[\"”“»]))\s*(?P<verb>[^\W\d_][^\"“”„«»]{4,100}?)[\s.!?]*$")
_ANY_WORD = re.compile(r"[^\W\d_]")
_BEHIND_COMMA = re.compile(r",\s(?:[-–—]\s)?(?:se |so |lo |a |il |elle |er |sie )?$")
_MESSAGE = "The original says whose words these are (“{verb}”), and here nobody does: {words}."


def find(material: Material) -> Iterator[RuleCandidate]:
    """Quotations that have lost their speaker."""
    if material.language != "en":
        return
    for counterpart in material.counterparts:
        yield from _without_speaker(counterpart)


def _without_speaker(counterpart: Counterpart) -> Iterator[RuleCandidate]:
    if not _MARK.search(counterpart.here.text):
        return
    here = _quotations(counterpart.here.text)
    pattern = _said(counterpart.there.language)
    if not here or pattern is None:
        return
    rest = _QUOTATION.sub(" ", counterpart.here_around)
    if _IN_ENGLISH.search(rest) or any(_has_colon(counterpart.here.text, span) for span in here):
        return
    there = counterpart.there.text
    verb = _of_quotation(there, pattern) if _quotations(there) else _at_the_end(there, pattern)
    if verb is None and not _ANY_WORD.search(_QUOTATION.sub(" ", counterpart.here.text)):
        verb = _tail(there)
    if verb:
        message = _MESSAGE.replace("{verb}", verb.group("verb"))
        yield against_source(
            "attribution", counterpart, here[0], Span(*verb.span("verb")), category=OMISSION, message=message
        )


def _of_quotation(text: str, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """The verb of saying right behind a quotation or before it."""
    for span in _quotations(text):
        before = pattern.search(text, max(0, span.start - REACH), span.start)
        found = pattern.search(text, span.end, span.end + REACH) or before
        if found:
            return found
    return None


def _tail(text: str) -> re.Match[str] | None:
    """Two words or more behind the last quotation, where it goes to the end: whatever verb they have."""
    spans = _quotations(text)
    match = _TAIL.match(text, spans[-1].end) if spans else None
    return match if match and " " in match["verb"] else None


def _at_the_end(text: str, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """The verb after the last commas of a sentence that has no quotation marks: "…, dijo el alcalde"."""
    found = [match for match in pattern.finditer(text) if _BEHIND_COMMA.search(text, 0, match.start())]
    return found[-1] if found and len(text) - found[-1].start() <= 2 * REACH else None


def _quotations(text: str) -> list[Span]:
    spans = (Span(*match.span()) for match in _QUOTATION.finditer(text))
    return [span for span in spans if len(span.of(text).split()) >= FEWEST_WORDS]


def _has_colon(text: str, span: Span) -> bool:
    return text[: span.start].rstrip().endswith((":", "—", "–", ","))


@cache
def _said(language: str) -> re.Pattern[str] | None:
    return re.compile(rf"(?<!\w)(?P<verb>{_SAID[language]})(?!\w)", re.IGNORECASE) if language in _SAID else None


RULE = Rule("attribution", "quotations without their speaker", __doc__ or "", find, needs_source=True)
