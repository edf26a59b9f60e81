"""Whole sentences that one of two texts lacks; what else than a slip explains is kept silent."""

import pytest

from checker import Checker, read_file
from checker.document import make_document
from checker.evidence.anchors import find_anchors
from checker.evidence.translation import align_translation
from checker.findings.ruled import findings_of_rules
from checker.rules import confidence_of, find_by_rules, gather_material

from .material import run, words

PAIRS = [
    ("El ministro Ortega llegó a Lima el lunes.", "The minister Ortega arrived in Lima on Monday."),
    ("Unas 300 personas lo esperaban en el aeropuerto.", "Some 300 people waited for him at the airport."),
    ("Dijo que el puerto de Chancay abriría en 2024.", "He said that the port of Chancay would open in 2024."),
    ("Nadie en el pueblo de Pativilca creyó una palabra.", "Nobody in the village of Pativilca believed a word."),
    ("El presidente de Chile, Boric, no estuvo presente.", "The president of Chile, Boric, was not present."),
    ("La inversión total asciende a 1.300 millones.", "The total investment amounts to 1.3 billion."),
    ("Los sindicatos convocaron una huelga para julio.", "The unions called a strike for July."),
    ("El tribunal de Arequipa decidirá en agosto.", "The court of Arequipa will decide in August."),
]
STRANGE = "Critics of Huang and Petrovic had warned of corruption in Belgrade since 1987."


def texts(pairs=PAIRS):
    return [one for one, _ in pairs], [other for _, other in pairs]


def left_out(copy, source):
    return [one.evidence.text for one in run("left-out", " ".join(copy), " ".join(source))]


def added(copy, source):
    text = " ".join(copy)
    return words(text, run("added", text, " ".join(source)))


@pytest.mark.parametrize("place", [1, 2, 3, 4, 5, 6])
def test_a_sentence_that_is_missing_is_named_where_it_is_missing(place):
    source, copy = texts()
    text = " ".join(copy[:place] + copy[place + 1 :])
    (candidate,) = run("left-out", text, " ".join(source))
    assert candidate.evidence.text == source[place]
    assert candidate.span.of(text) == copy[place - 1].split()[-1]
    assert candidate.sentence == place - 1
    assert source[place] in candidate.message


def test_a_short_sentence_that_could_be_of_a_neighbour_is_less_sure():
    source, copy = texts()
    rain = "Llovía a cántaros por doquier."
    (unsure,), (sure,) = (
        run("left-out", " ".join(copy), " ".join([*source[:place], rain, *source[place:]])) for place in (1, 4)
    )
    assert sure.confidence is None  # the rule's
    assert unsure.confidence < confidence_of("left-out")


def test_a_sentence_that_has_only_words_of_others_is_missing_all_the_same():
    source, copy = texts()
    again = "El ministro Ortega de Lima esperó en el puerto de Chancay."
    assert left_out(copy, [*source[:5], again, *source[5:]]) == [again]


def test_a_sentence_that_was_drawn_into_the_one_before_is_not_missing():
    source, copy = texts()
    drawn = [*copy[:5], f"{copy[5][:-1]}, which the unions of Arequipa called a shame, and a scandal.", *copy[6:]]
    more = [*source[:6], "Los sindicatos de Arequipa lo llamaron una vergüenza y un escándalo.", *source[6:]]
    assert left_out(drawn, more) == []


@pytest.mark.parametrize(("first", "count"), [(0, 4), (4, 4)])
def test_four_sentences_made_one_are_none_missing(first, count):
    source, copy = texts()
    one = ", and ".join(each.rstrip(".") for each in copy[first : first + count]) + "."
    assert left_out([*copy[:first], one, *copy[first + count :]], source) == []


def test_words_alone_tell_what_is_missing():
    source = [
        "La huelga empezó ayer.",
        "Los bomberos apagaron el fuego.",
        "El gobierno subió los impuestos.",
        "Eso dijo.",
    ]
    copy = ["The strike began yesterday.", "The government raised taxes.", "So she said."]
    assert left_out(copy, source) == ["Los bomberos apagaron el fuego."]


def test_copy_in_another_language_than_english_is_aligned_without_tables():
    french = ["Le chat dort.", "La grève des médecins a commencé.", "Il pleut."]
    spanish = ["El gato duerme.", "La huelga de los médicos empezó.", "Llueve."]
    document, source = (
        make_document(" ".join(text), language=language) for text, language in ((spanish, "es"), (french, "fr"))
    )
    material = gather_material(document, source)
    assert [pair.there.text for pair in material.counterparts] == french
    assert material.left_out == material.added == ()


def test_a_rewritten_sentence_is_none_left_out_nor_added():
    source, copy = texts()
    source[4] = "Sin embargo, la ceremonia se celebró bajo una lluvia torrencial."
    assert left_out(copy, source) == added(copy, source) == []


def test_a_sentence_lost_beside_a_rewritten_one_is_found():
    source, copy = texts()
    source[1] = "Sin embargo, la ceremonia se celebró bajo una lluvia torrencial."
    assert left_out([*copy[:5], *copy[6:]], source) == [source[5]]


def test_a_quotation_that_ends_with_a_space_before_its_mark_is_a_sentence():
    source, copy = texts()
    extra = "« Nadie en Tacna lo había pedido desde 1987. »"
    assert left_out(copy, [*source[:4], extra, *source[4:]]) == [extra]


def test_the_first_sentence_may_be_missing():
    source, copy = texts()
    text = " ".join(copy[1:])
    (candidate,) = run("left-out", text, " ".join(source))
    assert candidate.span.of(text) == "Some"


@pytest.mark.parametrize("place", [1, 3, 5, 7])
def test_a_sentence_too_many_is_the_suspect(place):
    source, copy = texts()
    assert added([*copy[:place], STRANGE, *copy[place:]], source) == [STRANGE]


def test_a_faithful_translation_is_fine():
    source, copy = texts()
    assert left_out(copy, source) == added(copy, source) == []


def test_sentences_made_one_and_one_made_two_are_fine():
    source, copy = texts()
    joined = [*copy[:2], f"{copy[2][:-1]}, and {copy[3].lower()}", *copy[4:]]
    assert left_out(joined, source) == added(joined, source) == []
    split = [*copy[:4], "The president of Chile was not present.", "His name is Boric.", *copy[5:]]
    assert left_out(split, source) == added(split, source) == []


@pytest.mark.parametrize(("place", "other"), [(0, 1), (2, 3), (1, 6)])
def test_a_sentence_at_another_place_is_fine(place, other):
    source, copy = texts()
    copy[place], copy[other] = copy[other], copy[place]
    assert left_out(copy, source) == added(copy, source) == []


def test_copy_that_was_shortened_or_signed_is_fine():
    source, copy = texts()
    assert left_out(copy[:5], source) == []
    assert left_out([copy[0], copy[3], copy[6]], source) == []
    assert added([*copy, "Reporting by Maria Petrovic in Belgrade for the newsroom."], source) == []


@pytest.mark.parametrize(("rest", "expected"), [("was full of boats.", []), ("It was full of boats.", ["added"])])
def test_the_rest_of_a_sentence_that_a_break_of_lines_cut_in_two_is_none(tmp_path, rest, expected):
    file = tmp_path / "harbour.xlf"
    unit = (
        '<trans-unit id="{}"><source>The harbour was closed.</source>'
        f"<target>{{}} open harbour&#10;{rest}</target></trans-unit>"
    )
    file.write_text(
        '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" source-language="en" '
        f'target-language="en" datatype="plaintext"><body>{unit.format(1, "The")}{unit.format(2, "An")}</body></file>'
        "</xliff>"
    )
    document = read_file(file)
    assert [one.rule for one in find_by_rules(gather_material(document, document.source))] == expected


def test_headings_are_no_sentences():
    source, copy = texts()
    assert left_out(copy, [*source[:4], "Una inversión discutida desde 1987 en Belgrado", *source[4:]]) == []


def test_one_sentence_whose_figures_differ_keeps_its_counterpart():
    one = make_document("The meeting of 12 May began at 5 p.m. with 40 guests.", language="en")
    two = make_document("La reunión del 12 de mayo empezó a las 17:00 con 41 invitados.", language="es")
    assert len(align_translation(one.sentences, two.sentences, "es")) == 1
    assert find_anchors("at 5 o'clock", "en").figures <= find_anchors("a las 17:00", "es").figures


def test_long_texts_are_aligned_a_stretch_at_a_time():
    source, copy = texts([(f"{number} {one}", f"{number} {other}") for number, (one, other) in enumerate(PAIRS * 70)])
    one, two = make_document("\n\n".join(copy), language="en"), make_document("\n\n".join(source), language="es")
    beads = align_translation(one.sentences, two.sentences, "es")
    assert len(one.sentences) > 500
    assert all((bead.first, bead.last) == (bead.source_first, bead.source_last) for bead in beads)
    assert {each for bead in beads for each in range(bead.first, bead.last + 1)} == set(range(len(one.sentences)))


def test_rules_are_reported_by_the_checker():
    source, copy = texts()
    found = Checker().find_by_rules(
        make_document(" ".join([*copy[:3], STRANGE, *copy[3:]]), language="en"),
        make_document(" ".join(source), language="es"),
    )
    assert [one.rule for one in found] == ["added"]


def test_what_is_wrong_within_a_sentence_too_many_is_a_finding_of_its_own():
    source, copy = texts()
    doubled = STRANGE.replace("warned of", "warned of of")
    document = make_document(" ".join([*copy[:3], doubled, *copy[3:]]), language="en")
    found = Checker().find_by_rules(document, make_document(" ".join(source), language="es"))
    assert {one.detector for one in findings_of_rules(document, found)} == {"rule:added", "rule:repetition"}
