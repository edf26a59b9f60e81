"""The table of calques: every row finds its failing sentence, passes its other one, and says something that fits."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.document import make_document
from checker.findings.categories import CATEGORIES
from checker.findings.ruled import findings_of_rules
from checker.rules import gather_material
from checker.rules.calques import RULE, TABLE
from checker.rules.phrasing.entries import Entry, load_entries
from checker.rules.phrasing.inflection import plural, verb_forms, verb_like
from checker.rules.phrasing.originals import LANGUAGES, find_original
from checker.rules.phrasing.patterns import read_pattern

from .material import material_of, run, unmark

ENTRIES = load_entries(TABLE)


def name_of(entry: Entry) -> str:
    return re.sub(r"\W+", "-", unmark(entry.fails)[0])[:60]


@pytest.mark.parametrize("entry", ENTRIES, ids=name_of)
def test_a_row_finds_its_failing_sentence(entry):
    text, wrong = unmark(entry.fails)
    assert len(wrong) == 1
    found = run("calques", text)
    # Another row may suspect a word more, or more words besides.
    (candidate,) = [one for one in found if wrong[0] in one.span.of(text)]
    assert candidate.category in CATEGORIES
    assert all(each and each != candidate.span.of(text) for each in candidate.suggestions)
    assert not any(re.search(r"[{}_]|:[nv]\b|\b(\w+) \1\b", each) for each in candidate.suggestions)


@pytest.mark.parametrize("entry", ENTRIES, ids=name_of)
def test_a_row_passes_what_looks_alike(entry):
    assert run("calques", entry.passes) == []


def test_rows_find_their_own_words_in_the_original():
    for language, phrases in ((language, words) for entry in ENTRIES for language, words in entry.sources.items()):
        assert language in LANGUAGES
        assert all(find_original(f"x {phrase.replace('…', ' ')} y", (phrase,)) for phrase in phrases)


def test_rows_are_told_apart():
    assert len({entry.pattern for entry in ENTRIES}) == len(ENTRIES)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("He is an actual president of Peru.", "He is a current president of Peru."),
        ("They were celebrating a meeting.", "They were holding a meeting."),
        ("It has celebrated elections twice.", "It has held elections twice."),
        ("Mandataries left. Two mandataries left.", "Mandataries left. Two presidents left."),
        ("Physical persons pay it.", "Individuals pay it."),
        ("He spoke at the XXII Summit of States.", "He spoke at the 22nd Summit of States."),
        ("It cost $1,250 million.", "It cost $1.25 billion."),
        ("THE FIRST SEMESTER OF 2022.", "THE FIRST half OF 2022."),
    ],
)
def test_the_suggestion_fits_where_it_is_put(text, written):
    (found,) = [one for one in run("calques", text) if one.suggestions and one.confidence >= 0.5]
    assert text[: found.span.start] + found.suggestions[0] + text[found.span.end :] == written


def confidence(text, source=None, language="es"):
    return [candidate.confidence for candidate in run("calques", text, source, language)]


SURE = "Exports grew in the first semester of 2022."
WEAK = "They met in the framework of the fair."


def test_calques_make_each_other_likely():
    (alone,), (weak,) = confidence(SURE), confidence(WEAK)
    assert weak < 0.5 < alone
    both = confidence(f"{SURE} {WEAK}")
    assert both[0] > alone
    assert both[1] >= 0.5
    assert confidence(f"{WEAK} {WEAK}") == [weak, weak]


def test_the_source_is_evidence():
    (found,) = run("calques", SURE, "Las exportaciones crecieron en el primer semestre de 2022.")
    assert found.conflict.of(found.evidence.text) == "semestre"
    assert found.evidence.kind == "source"
    assert "Spanish “semestre”" in found.message
    assert found.confidence > confidence(SURE)[0]


@pytest.mark.parametrize(
    ("source", "language"),
    [
        ("Las exportaciones crecieron en la primera mitad de 2022.", "es"),
        ("Экспорт вырос в первом полугодии 2022 года.", "ru"),
        ("Eksport wzrósł w pierwszym półroczu 2022 roku.", "pl"),
        ("Exports grew in the first semester of 2022.", "en"),
    ],
)
def test_a_source_that_has_nothing_of_the_kind_silences(source, language):
    assert run("calques", SURE, source, language) == []


def test_the_source_may_inflect_its_words():
    (found,) = run("calques", "He made a call to the population.", "El alcalde hizo un llamado a la población.")
    assert found.conflict.of(found.evidence.text) == "hizo un llamado"


def test_copy_in_another_language_is_left_alone():
    material = gather_material(make_document("The first semester of 2022.", language="es"))
    assert list(RULE.find(material)) == []


def test_findings_carry_confidence_and_severity_of_their_own():
    text = f"{SURE} The minister in charge Ana Ruiz left. {WEAK}"
    material = material_of(text)
    half, acting, framework = findings_of_rules(material.document, RULE.find(material))
    assert half.severity == acting.severity == "major"
    assert framework.severity == "minor"
    assert half.detector == "rule:calques"
    assert half.evidence[0].evidence.kind == "language"
    assert half.message.startswith("“semester” looks like Spanish “semestre” word for word; in English it is “half”")
    assert half.message.endswith("(a semestre is any half of a year).")


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [("THE NUM", "needs a word"), ("meeting:x", "after a colon"), ("meet:v|meeting:n", "one of them")],
)
def test_a_pattern_that_cannot_be_read_says_why(pattern, problem):
    with pytest.raises(ValueError, match=problem):
        read_pattern(pattern)


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("hold", "hold holds holding held held"),
        ("carry_out", "carry out, carries out, carrying out, carried out, carried out"),
        ("be", "be is being was been"),
        ("refer", "refer refers referring referred referred"),
        ("make", "make makes making made made"),
    ],
)
def test_forms_of_verbs(verb, forms):
    expected = forms.split(", ") if "," in forms else forms.split()
    assert list(verb_forms(verb.replace("_", " "))) == expected


def test_a_past_is_told_from_a_participle_by_its_auxiliary():
    assert verb_like("take", "celebrate", "celebrated", "He ") == "took"
    assert verb_like("take", "celebrate", "celebrated", "He has never ") == "taken"
    assert [plural(word) for word in ("half", "agency", "press")] == ["halves", "agencies", "presses"]


PIECES = [unmark(entry.fails)[0] for entry in ENTRIES[::7]] + ["\n\n", "«", "…", "  ", "İ", "’s ", "THE ", "an ", "😀 "]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=6).map("".join))
def test_any_text_gives_spans_of_its_own_words(text):
    found = run("calques", text)
    spans = [candidate.span for candidate in found]
    assert spans == sorted(spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    for candidate in found:
        assert 0 <= candidate.span.start < candidate.span.end <= len(text)
        assert candidate.span.of(text).strip() == candidate.span.of(text)
        assert 0.0 < candidate.confidence < 1.0
