"""The word lists that corruption draws from, read once from a folder that is not part of this repository."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from checker.errors import UsageError
from checker.training.corruption.inflection import lemmas
from checker.training.corruption.tokens import word_set

_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non", "non-", "anti-")
_NOT_PREFIXED = word_set(
    "invaluable indifferent infamous inside indeed infant intent intense interest inform impress imposing "
    "important until unless under union united distinct discrete distant disease disturbed distressed discovered "
    "displayed displaced inclined involved included increased improved imported intended insured inspired "
    "installed informed discussed distributed instant industry index invested discounted inherent incoming income "
    "indoor into unique dispersed dispatched impressed implied imposed impacted incurred inhabited indicted "
    "disposed discharged uninterested disinterested disclosed immediate ingrained intoned invoked inflamed"
)
_TOO_COMMON = word_set(
    "be have do go come get make take give put let one two up out off on in over back by down through then there "
    "here well so as just like right left say know see kind present too more most less least much many few no not "
    "all some old new last next first second own other another this that these those he she his her him man woman"
)

# Family names that name lists also give as given names; alone they read as the family name.
_SURNAMES = word_set(
    "Kennedy Jackson Clinton Lincoln Washington Carter Johnson Wilson Nelson Jefferson Madison Reagan Tyler"
)
# Renderings of news terms that are literal and still right.
_FINE = frozenset(
    ("USA", "Low Countries", "Near East", "accord", "treaty", "trainer", "Malvinas", "judgment", "slip", "renounce")
)
# Opposed adjectives that want more words after them or do not stand before a noun.
_WITH_COMPLEMENT = word_set(
    "capable incapable able unable aware unaware discontent content well unwell used unused respective"
)
_NOTHING: frozenset[str] = frozenset()
_BODIES = word_set(
    "party university court ministry bank company council committee agency department association union "
    "corporation institute office service commission federation organization organisation foundation school "
    "college hospital"
)


def _rows(path: Path, columns: int) -> Iterator[list[str]]:
    if not path.is_file():
        raise UsageError(f"{path} is missing: give the folder of the word lists with its .tsv files")
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(reader, None)
        for row in reader:
            yield row + [""] * (columns - len(row))


class Lexicon:
    """Lists and look-ups by lower-case word. Everything is read at first use; nothing is written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        if not (folder / "frequency_en_news.tsv").is_file():
            raise UsageError(f"{folder} holds no frequency_en_news.tsv: give the folder of the word lists")

    def _read(self, name: str, columns: int) -> Iterator[list[str]]:
        return _rows(self.folder / name, columns)

    @cached_property
    def frequency(self) -> dict[str, int]:
        """Word -> count in news."""
        return {w: int(c) for w, c, _ in self._read("frequency_en_news.tsv", 3)}

    @cached_property
    def proper(self) -> frozenset[str]:
        """Lower-case words that news usually writes with a capital."""
        rows = self._read("frequency_en_news.tsv", 3)
        months = {"may", "march"}
        return frozenset(w for w, _, usual in rows if usual[:1].isupper() and w not in months and len(w) > 1)

    @cached_property
    def antonyms(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """(word, pos) -> antonyms; pos is n, v, a, r or an inflection (VBD, NNS …)."""
        out: dict[tuple[str, str], list[str]] = defaultdict(list)
        chosen = {(word, pos) for word, pos, _, kind in self._read("antonyms.tsv", 4) if "hand" in kind}
        for word, pos, antonym, kind in self._read("antonyms.tsv", 4):
            if "hand" not in kind and (word, pos) in chosen:
                continue
            if word in _TOO_COMMON or antonym in _TOO_COMMON or pos in ("pron", "prep", "det", "phrase", "adv"):
                continue
            if "hand" not in kind and min(self.frequency.get(word, 0), self.frequency.get(antonym, 0)) < 40:
                continue
            out[word, pos].append(antonym)
        return {k: tuple(dict.fromkeys(v)) for k, v in out.items()}

    @cached_property
    def prefixed(self) -> dict[str, tuple[str, ...]]:
        """Adjective or adverb -> the same with or without a negating prefix, both attested in news or a word list."""
        pairs: set[tuple[str, str]] = set()
        for word, pos, antonym, kind in self._read("antonyms.tsv", 4):
            if kind.startswith(("prefix", "suffix")) and pos in ("a", "r"):
                pairs |= {(word, antonym), (antonym, word)}
        for word in self.frequency:
            for prefix in _PREFIXES:
                rest = word.removeprefix(prefix)
                if rest != word and len(rest) > 3 and self._is_negated(word, rest):
                    pairs |= {(word, rest), (rest, word)}
        out: dict[str, list[str]] = defaultdict(list)
        for a, b in sorted(pairs):
            out[a].append(b)
        return {k: tuple(v) for k, v in out.items()}

    def _is_negated(self, word: str, rest: str) -> bool:
        if word in _NOT_PREFIXED or rest not in self.frequency:
            return False
        both = (lemmas(word), lemmas(rest.lstrip("-")))
        return all("ADJ" in b for b in both) or all("ADV" in b and rest.endswith("ly") for b in both)

    @cached_property
    def synonyms(self) -> dict[tuple[str, str], tuple[tuple[str, ...], ...]]:
        """(word, pos) -> its senses, each a tuple of synonyms."""
        rows = self._read("synonyms_by_sense.tsv", 3)
        return {
            (w, p): tuple(tuple(x.strip() for x in s.split(",")) for s in senses.split("|")) for w, p, senses in rows
        }

    @cached_property
    def confusions(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """(word, pos) -> translations of the same Spanish word in another sense."""
        out: dict[tuple[str, str], list[str]] = defaultdict(list)
        for word, pos, wrong, _ in self._read("sense_confusions.tsv", 4):
            near = {x for sense in self.synonyms.get((word, pos), ()) for x in sense}
            if wrong not in near:
                out[word, pos].append(wrong)
        return {k: tuple(dict.fromkeys(v)) for k, v in out.items()}

    @cached_property
    def false_friends(self) -> dict[str, tuple[str, ...]]:
        """Right English word -> look-alikes of its Spanish."""
        out: dict[str, list[str]] = defaultdict(list)
        for _, looks, means in self._read("false_friends.es-en.tsv", 3):
            for meaning in means.split("(")[0].split(","):
                if meaning.strip() and meaning.strip() != looks:
                    out[meaning.strip()].append(looks)
        return {k: tuple(dict.fromkeys(v)) for k, v in out.items()}

    @cached_property
    def news_terms(self) -> dict[str, tuple[str, ...]]:
        """Right English term (as written: capitals count) -> literal or wrong renderings."""
        out: dict[str, list[str]] = defaultdict(list)
        for _, right, wrong, _ in self._read("news_terms.es-en.tsv", 4):
            for term in right.split(";"):
                clean = term.split("(")[0].strip()
                out[clean] += [
                    w.strip() for w in wrong.split(";") if w.strip() not in ("", clean) and w.strip() not in _FINE
                ]
        return {k: tuple(dict.fromkeys(v)) for k, v in out.items() if k and v}

    @cached_property
    def spanish(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """(English word, pos n, v or a) -> Spanish words, most frequent first, at most three."""
        out: dict[tuple[str, str], list[str]] = defaultdict(list)
        for spanish, pos, english, _ in self._read("es_en_dictionary.tsv", 4):
            if pos in ("n", "v", "a", "adv", "r") and english.isalpha() and spanish != english and " " not in spanish:
                out[english, pos].append(spanish)
        return {k: tuple(dict.fromkeys(v))[:3] for k, v in out.items()}

    @cached_property
    def entities(self) -> dict[str, str]:
        """Lower-case entity -> person, place, organisation or nationality."""
        out: dict[str, str] = {}
        for name, kind, _ in self._read("entities.tsv", 3):
            key = "nationality" if kind.startswith("nationality") else kind
            if key in ("person", "place", "organisation", "nationality"):
                out.setdefault(name.lower(), key)
        for place, *_ in self._read("places.tsv", 4):
            out[place.lower()] = "place"
        for country in self.country_names:
            out[country.lower()] = "country"
        for demonym in self.demonyms:
            out[demonym.lower()] = "nationality"
        return out

    @cached_property
    def entities_of_place(self) -> frozenset[str]:
        """Lower-case places, countries and nationalities."""
        return frozenset(name for name, kind in self.entities.items() if kind in ("place", "country", "nationality"))

    @cached_property
    def country_names(self) -> tuple[str, ...]:
        """Countries that news speaks of."""
        names = (row[0] for row in self._read("countries.tsv", 13) if row[12] != "0")
        return tuple(n for n in names if self._known_place(n))

    @cached_property
    def demonyms(self) -> tuple[str, ...]:
        """Nationality words that news uses."""
        words = {row[5] for row in self._read("countries.tsv", 13)}
        return tuple(sorted(w for w in words if w and all(self.frequency.get(p.lower(), 0) > 15 for p in w.split())))

    @cached_property
    def pools(self) -> dict[str, tuple[str, ...]]:
        """Replacement names by type; persons as full names."""
        entities: dict[str, list[str]] = defaultdict(list)
        for name, kind, count in self._read("entities.tsv", 3):
            if int(count or 0) >= 5 and name[:1].isupper():
                entities[kind].append(name)
        persons = [n for n in entities["person"] if n.count(" ") == 1 and "." not in n]
        persons += [row[0] for row in self._read("leaders.tsv", 3) if row[0].count(" ") == 1]
        organisations = [n for n in entities["organisation"] if self._is_body(n)]
        organisations += [
            row[0] for row in self._read("organisations.tsv", 7) if self._known_place(row[0]) and " " in row[0]
        ]
        return {
            "person": tuple(dict.fromkeys(persons)),
            "place": tuple(dict.fromkeys(row[0] for row in self._read("places.tsv", 4) if self._known_place(row[0]))),
            "country": self.country_names,
            "nationality": self.demonyms,
            "organisation": tuple(dict.fromkeys(organisations)),
        }

    def _is_body(self, name: str) -> bool:
        """True for an abbreviation, an invented name or a name that ends like an organisation's."""
        if name in self.given or name in self.country_names or name in self.demonyms:
            return False
        if " " not in name:
            lower = name.lower()
            return (name.isupper() and lower not in self.frequent_words) or (not lemmas(lower) and lower in self.proper)
        return name.rpartition(" ")[2].lower() in _BODIES

    def _known_place(self, name: str) -> bool:
        return all(self.frequency.get(part.lower(), 0) > 20 for part in name.split())

    @cached_property
    def given(self) -> dict[str, str]:
        """Given name -> m, f or the empty string where unknown."""
        out: dict[str, str] = {}
        for name, kind, gender, _ in self._read("names.tsv", 4):
            if kind == "given" and not (name in out and out[name] != gender and gender == ""):
                out[name] = gender if out.get(name, gender) == gender else ""
        return out

    @cached_property
    def surnames(self) -> frozenset[str]:
        """Family names."""
        return frozenset(name for name, kind, _, _ in self._read("names.tsv", 4) if kind == "surname")

    @cached_property
    def common_given(self) -> dict[str, tuple[str, ...]]:
        """Gender -> given names that occur in news."""
        out: dict[str, list[str]] = {"m": [], "f": []}
        for name, gender in self.given.items():
            if (
                gender in out
                and name.lower() in self.proper
                and self.frequency.get(name.lower(), 0) > 60
                and name not in _SURNAMES
            ):
                out[gender].append(name)
        return {k: tuple(v) for k, v in out.items()}

    @cached_property
    def common_surnames(self) -> tuple[str, ...]:
        """Family names that occur in news, as capitalised words."""
        return tuple(
            sorted(
                n
                for n in self.surnames
                if n.lower() in self.proper
                and self.frequency.get(n.lower(), 0) > 25
                and not lemmas(n.lower())
                and n not in self.given
                and n.lower() not in self.entities_of_place
            )
        )

    @cached_property
    def given_only(self) -> frozenset[str]:
        """Given names that are no family names."""
        return frozenset(self.given) - self.surnames

    @cached_property
    def frequent_words(self) -> frozenset[str]:
        """Lower-case words that news usually writes small."""
        return frozenset(self.frequency) - self.proper

    @cached_property
    def regions(self) -> dict[str, str]:
        """Country and nationality word -> subregion."""
        rows = list(self._read("countries.tsv", 13))
        return {name: row[8] for row in rows for name in (row[0], row[5])}

    @cached_property
    def spanish_sets(self) -> dict[str, frozenset[str]]:
        """English word -> every Spanish word the dictionary gives; two words that share several mean much the same."""
        out: dict[str, set[str]] = defaultdict(set)
        for spanish, _, english, _ in self._read("es_en_dictionary.tsv", 4):
            out[english].add(spanish)
        return {k: frozenset(v) for k, v in out.items()}

    def is_near(self, word: str, other: str, pos: str) -> bool:
        """True where two lemmas may be synonyms, so that one in place of the other need not be an error."""
        if word[:4] == other[:4] and min(len(word), len(other)) > 4:
            return True
        senses, others = ({x for s in self.synonyms.get((w, pos), ()) for x in s} for w in (word, other))
        if other in senses or word in others or senses & others:
            return True
        one, two = self.spanish_sets.get(word, _NOTHING), self.spanish_sets.get(other, _NOTHING)
        shared = len(one & two)
        return shared > 1 or shared > 0.3 * min(len(one), len(two)) > 0

    @cached_property
    def abbreviations(self) -> dict[str, str]:
        """Name of an international body -> its abbreviation."""
        rows = self._read("organisations.tsv", 7)
        return {r[0]: r[1] for r in rows if r[1].isupper() and " " in r[0] and len(r[1]) < 8}

    @cached_property
    def nouns(self) -> tuple[str, ...]:
        """Common nouns of news, frequent first."""
        return tuple(
            w
            for w, count in self.frequency.items()
            if count > 150
            and w.isalpha()
            and len(w) > 3
            and set(lemmas(w)) == {"NOUN"}
            and lemmas(w)["NOUN"][0] == w
            and w not in self.proper
        )

    @cached_property
    def adjectives(self) -> tuple[str, ...]:
        """Plain adjectives of news, frequent first."""
        return tuple(
            w
            for w, count in self.frequency.items()
            if count > 100
            and w.isalpha()
            and len(w) > 3
            and set(lemmas(w)) == {"ADJ"}
            and lemmas(w)["ADJ"][0] == w
            and w not in self.proper
        )

    @cached_property
    def opposed_adjectives(self) -> tuple[str, ...]:
        """Adjectives with a negating prefix and the same without, both members, as news uses them."""
        return tuple(
            w
            for w in self.prefixed
            if "ADJ" in lemmas(w) and self.frequency.get(w, 0) >= 20 and "-" not in w and w not in _WITH_COMPLEMENT
        )

    @cached_property
    def country_of(self) -> dict[str, str]:
        """Nationality word -> country, with its article where it takes one."""
        rows = self._read("countries.tsv", 13)
        known = {row[5]: row[0] for row in rows if row[12] != "0" and row[0] in self.country_names}
        with_article = ("United", "Netherlands", "Philippines", "Czech", "Dominican")
        return {k: f"the {v}" if v.startswith(with_article) else v for k, v in known.items()}

    @cached_property
    def adverbs(self) -> tuple[str, ...]:
        """Adverbs in -ly, frequent first."""
        return tuple(
            w for w, count in self.frequency.items() if count > 100 and w.endswith("ly") and set(lemmas(w)) == {"ADV"}
        )
