"""The LanguageTool API without a server: forms and texts with markup in, LanguageTool's JSON out."""

from __future__ import annotations

import json
from urllib.parse import quote, urlencode

import pytest
import report_samples
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.document import Span
from checker.document.code_units import CodeUnits
from checker.editor.languagetool.answer import answer_of, category_id, rule_id, unchecked_answer
from checker.editor.languagetool.languages import code_of, languages
from checker.editor.languagetool.request import BadRequestError, CheckQuestion, read_form, read_question
from checker.editor.marked_text import MarkedText, Piece
from checker.findings import Verdict
from checker.report import Skipped

SOME = st.text(st.sampled_from("ab .😀é\u0301\n𝒳"), max_size=8)


def asked(text: str = "", **more: str) -> CheckQuestion:
    return read_question({"text": text, "language": "en-US", **more})


def in_java(text: str, offset: int, length: int) -> str:
    """What Java's `substring` gives."""
    return text.encode("utf-16-le")[2 * offset : 2 * (offset + length)].decode("utf-16-le")


@given(SOME)
def test_units_are_those_of_utf_16(text):
    units = CodeUnits(text)
    assert [units.unit(place) for place in range(len(text) + 1)] == [
        len(text[:place].encode("utf-16-le")) // 2 for place in range(len(text) + 1)
    ]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(SOME, st.booleans(), SOME), max_size=6), st.data())
def test_matches_lie_on_what_the_client_sees(parts, data):
    pieces = [
        Piece(first, second, is_markup=True) if markup else Piece(first, first) for first, markup, second in parts
    ]
    marked = MarkedText.of(pieces)
    start = data.draw(st.integers(0, len(marked.text)))
    end = data.draw(st.integers(start, len(marked.text)))
    there = marked.outward(Span(start, end))
    assert 0 <= there.start <= there.end <= len(marked.marked)
    if not any(piece.is_markup for piece in pieces):
        assert there == Span(start, end)
    # Whatever a stretch of plain text covers is found again, in order, in the stretch with markup.
    if all(not piece.is_markup or not piece.text for piece in pieces):
        seen = iter(there.of(marked.marked))
        assert all(character in seen for character in marked.text[start:end])


def test_offsets_count_java_s_units_and_the_markup():
    data = {
        "annotation": [
            {"markup": "<p>"},
            {"text": "😀 The council "},
            {"markup": "<b title='😀'>"},
            {"text": "app"},
            {"markup": "<i>"},
            {"text": "roved"},
            {"markup": "</i></b>"},
            {"text": " the plan."},
        ]
    }
    question = read_question({"data": json.dumps(data), "language": "auto"})
    report = report_samples.make_report("😀 The council ⟦approved⟧ the plan.")
    (match,) = answer_of(report, question)["matches"]
    assert question.marked.text == report.document.text
    assert in_java(question.marked.marked, match["offset"], match["length"]) == "app<i>roved"
    context = match["context"]
    assert in_java(context["text"], context["offset"], context["length"]) == "app<i>roved"


def test_markup_that_counts_as_text_is_marked_whole():
    marked = MarkedText.of([Piece("a", "a"), Piece("<br/>", "\n\n", is_markup=True), Piece("b", "b")])
    assert marked.text == "a\n\nb"
    assert [marked.outward(Span(at, at + 1)).of(marked.marked) for at in range(4)] == ["a", "<br/>", "<br/>", "b"]


def test_a_report_in_languagetool_s_words():
    report = report_samples.make_report("The council ⟦approved⟧ the plan. It ⟦rained⟧.")
    answer = answer_of(report, asked(report.document.text))
    first, second = answer["matches"]
    assert first["message"].startswith("The facts say the opposite (very likely, 90%).")
    assert first["message"].endswith("Reference fact, facts.txt:1: “The council rejected the plan.”")
    assert first["replacements"] == [{"value": "rejected"}]
    assert first["rule"] == {
        "id": "CHECKER_POLARITY",
        "description": "Opposite meaning",
        "issueType": "mistranslation",
        "category": {"id": "ACCURACY", "name": "Accuracy"},
    }
    assert (first["offset"], first["length"], first["sentence"]) == (12, 8, "The council approved the plan.")
    assert second["offset"] > first["offset"]
    assert answer["sentenceRanges"] == [[0, 30], [31, 41]]
    assert answer["warnings"] == {"incompleteResults": False}
    assert answer["language"]["code"] == "en-US"
    json.dumps(answer, allow_nan=False)


def test_the_context_is_cut_on_both_sides_and_stands_on_one_line():
    text = f"{'x ' * 40}\nIt ⟦fell⟧ then.{' y' * 40}"
    report = report_samples.make_report(text)
    (match,) = answer_of(report, asked(report.document.text))["matches"]
    context = match["context"]
    assert context["text"].startswith("...")
    assert context["text"].endswith("...")
    assert "\n" not in context["text"]
    assert in_java(context["text"], context["offset"], context["length"]) == "fell"


def test_what_was_not_checked_is_not_called_complete():
    unread = report_samples.make_report("It fell. It rose.", verdicts=[Verdict.NOT_CHECKED])
    warnings = answer_of(unread, asked(unread.document.text))["warnings"]
    assert warnings["incompleteResults"] is True
    assert "1 of 2 sentences" in warnings["incompleteResultsReason"]
    unused = report_samples.make_report("It fell.", skipped=[Skipped("facts.txt:3", "not valid JSON")])
    assert "facts.txt:3" in answer_of(unused, asked("It fell."))["warnings"]["incompleteResultsReason"]
    german = unchecked_answer(read_question({"text": "x", "language": "auto"}), "de", "not English")
    assert (german["language"]["code"], german["language"]["name"]) == ("de", "German")
    assert (german["matches"], german["warnings"]["incompleteResultsReason"]) == ([], "not English")


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({}, 2),
        ({"disabledRules": "WHITESPACE_RULE,CHECKER_POLARITY"}, 1),
        ({"disabledCategories": "ACCURACY"}, 1),
        ({"disabledCategories": "ACCURACY", "enabledRules": "CHECKER_POLARITY"}, 2),
        ({"enabledRules": "CHECKER_GRAMMAR", "enabledOnly": "true"}, 1),
        ({"enabledCategories": "FLUENCY", "enabledOnly": "yes"}, 1),
        ({"enabledRules": "EN_QUOTES"}, 2),
        ({"level": "picky", "motherTongue": "de", "username": "a", "apiKey": "b"}, 2),
    ],
)
def test_rules_and_categories_are_chosen(fields, found):
    report = report_samples.make_report("It ⟦fell⟧ and ⟦rose⟧.", findings=[{}, {"category": "fluency/grammar"}])
    assert len(answer_of(report, asked(report.document.text, **fields))["matches"]) == found


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Missing 'text' or 'data' parameter"),
        ({"text": "a", "data": "{}"}, "not both"),
        ({"data": "{"}, "Could not parse JSON"),
        ({"data": "[]"}, "requires 'text' or 'annotation'"),
        ({"data": '{"text": "a", "annotation": []}'}, "not both"),
        ({"data": '{"annotation": 7}'}, "must be an array"),
        ({"data": '{"annotation": [{"text": "a", "markup": "b"}]}'}, "not both"),
        ({"data": '{"annotation": [{}]}'}, "'text' or 'markup'"),
        ({"data": '{"annotation": [{"text": 7}]}'}, "must be strings"),
        ({"data": '{"annotation": [{"text": "a", "interpretAs": "b"}]}'}, "only with 'markup'"),
        ({"data": '{"text": "\\ud83d"}'}, "half a character"),
        ({"text": "a", "language": ""}, "Missing 'language' parameter"),
        ({"text": "a", "language": "de-DE"}, "'de-DE' is not a language code known"),
        ({"text": "a", "preferredVariants": "en-GB"}, "preferredVariants"),
        ({"text": "a", "enabledOnly": "true"}, "must specify enabled rules"),
        ({"text": "a", "enabledOnly": "true", "enabledRules": "X", "disabledRules": "Y"}, "cannot specify disabled"),
    ],
)
def test_bad_requests_are_refused_in_languagetool_s_words(fields, said):
    with pytest.raises(BadRequestError, match=said):
        read_question({"language": "en-US", **fields})


@pytest.mark.parametrize(
    ("fields", "language", "variant"),
    [
        ({"language": "en_gb"}, "en-GB", "en-GB"),
        ({"language": "en-IE"}, "en", "en"),
        ({"language": "auto"}, None, "en-US"),
        ({"language": "auto", "preferredVariants": "de-AT,en-GB"}, None, "en-GB"),
    ],
)
def test_languages(fields, language, variant):
    question = read_question({"text": "a", **fields})
    assert (question.language, question.variant) == (language, variant)


def test_languages_are_those_that_are_checked():
    assert all(each["code"] == "en" and code_of(each["longCode"]) == each["longCode"] for each in languages())


TEXT = "Profits rose by 5% & more, said “Núñez” 😀:\n3+4=7 &c."


def test_an_encoded_form_is_read():
    body = urlencode({"text": TEXT, "language": "en-US", "disabledRules": ""}).encode()
    assert read_form(body) == {"text": TEXT, "language": "en-US", "disabledRules": ""}
    percent = f"language=en-US&text={quote(TEXT)}".encode()
    assert read_form(percent)["text"] == TEXT
    assert read_form(b"", f"text={quote(TEXT)}&language=auto") == {"text": TEXT, "language": "auto"}


@pytest.mark.parametrize("rest", ["", "&enabledOnly=no&motherTongue=de"])
def test_a_form_that_was_not_encoded_is_read(rest):
    """As LibreOffice 7.4 sends it."""
    text = TEXT + " The field is &language=de-DE."
    fields = read_form(f"text={text}&language=en-US{rest}".encode())
    assert (fields["text"], fields["language"]) == (text, "en-US")
    assert fields.get("motherTongue") == ("de" if rest else None)


def test_bytes_that_are_no_utf_8_are_refused():
    with pytest.raises(BadRequestError, match="UTF-8"):
        read_form(b"text=caf\xe9&language=en-US")


@pytest.mark.parametrize(
    ("category", "rule", "group"),
    [
        ("accuracy/mistranslation/word-sense", "CHECKER_WORD_SENSE", "ACCURACY"),
        ("terminology/inconsistent", "CHECKER_INCONSISTENT", "TERMINOLOGY"),
    ],
)
def test_ids_are_made_of_categories(category, rule, group):
    assert (rule_id(category), category_id(category)) == (rule, group)
