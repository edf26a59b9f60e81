"""Which sentences translate which, without a model."""

from hypothesis import given
from hypothesis import strategies as st

from checker.document import Sentence, Span, make_document
from checker.evidence.translation import align_translation

ENGLISH = """\
The minister Ortega arrived in Lima on Monday. Some 300 people waited for him there.

He said that the port of Chancay would open in 2024. \
Nobody in the village of Pativilca believed a word of it. \
The president of Chile, Boric, was not present."""
SPANISH = """El ministro Ortega llegó a Lima el lunes. Unas 300 personas lo esperaban allí.

Dijo que el puerto de Chancay abriría en 2024. \
Nadie en el pueblo de Pativilca creyó una palabra. \
El presidente de Chile, Boric, no estuvo presente."""


def align(ours, theirs):
    one, two = make_document(ours, language="en"), make_document(theirs, language="es")
    return [tuple(bead)[:4] for bead in align_translation(one.sentences, two.sentences)]


def test_sentence_by_sentence():
    assert align(ENGLISH, SPANISH) == [(number, number, number, number) for number in range(5)]


def test_a_sentence_that_the_translation_lacks_has_no_counterpart():
    shorter = ENGLISH.replace("Nobody in the village of Pativilca believed a word of it. ", "")
    assert align(shorter, SPANISH) == [(0, 0, 0, 0), (1, 1, 1, 1), (2, 2, 2, 2), (3, 3, 4, 4)]


def test_two_sentences_may_be_one():
    joined = SPANISH.replace("2024. Nadie en", "2024, pero nadie en")
    assert (2, 3, 2, 2) in align(ENGLISH, joined)


def test_nothing_to_align():
    assert align("", SPANISH) == align(ENGLISH, "") == []


@given(st.lists(st.text("ab 1A", min_size=1), max_size=9), st.lists(st.text("ab 1A", min_size=1), max_size=9))
def test_beads_are_in_order_and_never_overlap(ours, theirs):
    one = [Sentence(index, Span(0, len(text)), text) for index, text in enumerate(ours)]
    two = [Sentence(index, Span(0, len(text)), text) for index, text in enumerate(theirs)]
    here = there = -1
    for bead in align_translation(one, two):
        assert here < bead.first <= bead.last < len(one)
        assert there < bead.source_first <= bead.source_last < len(two)
        here, there = bead.last, bead.source_last
