"""A tiny set of word lists, written here, that holds what the tests of corruption speak of."""

from pathlib import Path

COMMON = """
the of in on and a to was were is are has have had not that by said rejected accused invasion court president army here
government people soldiers minister agreement summit law war victory defeat legal illegal provoked unprovoked justified
unjustified report reporter month city percent company critic town village river mountain book table letter window
garden engine teacher question answer answered attacked protesters police peaceful plan vote house market price prices
rose fell increase decrease strong weak doctor lawyer huge enormous
"""
PROPER = (
    "russia ukraine poland spain kyiv madrid lisbon maria lopez torres ivan petrov russian ukrainian polish spanish"
)

FILES = {
    "antonyms.tsv": [
        "word\tpos\tantonym\tkind",
        "rose\tVBD\tfell\thand",
        "fell\tVBD\trose\thand",
        "victory\tn\tdefeat\thand",
        "defeat\tn\tvictory\thand",
        "rejected\tVBD\tapproved\thand",
        "unprovoked\ta\tprovoked\tprefix",
        "legal\ta\tillegal\tprefix",
    ],
    "synonyms_by_sense.tsv": ["word\tpos\tsynonyms_per_sense", "agreement\tn\taccord | understanding"],
    "sense_confusions.tsv": ["english\tpos\twrong_english\tspanish", "summit\tn\tpeak\tcumbre", "court\tn\tcut\tcorte"],
    "false_friends.es-en.tsv": ["spanish\tlooks_like\tmeans", "éxito\texit\tvictory"],
    "news_terms.es-en.tsv": [
        "spanish\tcorrect_english\tliteral_or_wrong_english\ttype",
        "Corte Suprema\tSupreme Court\tSupreme Cut\tproper",
    ],
    "es_en_dictionary.tsv": ["spanish\tpos\tenglish\tsource", "ejército\tn\tarmy\tH", "acuerdo\tn\tagreement\tH"],
    "entities.tsv": ["entity\ttype\tcount", "Red Council\torganisation\t9", "Blue Council\torganisation\t9"],
    "places.tsv": ["place\tcountry\tregion\ttype", "Kyiv\tUkraine\tEurope\tmajor", "Madrid\tSpain\tEurope\tmajor"],
    "countries.tsv": [
        "country\tofficial\tiso2\tiso3\tcapital\tdemonym\tspanish\tregion\tsubregion\tl\tc\tb\tindependent"
    ]
    + [
        f"{name}\t\t\t\t\t{people}\t\tEurope\tEurope\t\t\t\t1"
        for name, people in (
            ("Russia", "Russian"),
            ("Ukraine", "Ukrainian"),
            ("Poland", "Polish"),
            ("Spain", "Spanish"),
        )
    ],
    "leaders.tsv": ["name\trole\tplace", "Ivan Petrov\thead of state\tRussia"],
    "names.tsv": [
        "name\tkind\tgender\torigin",
        "Maria\tgiven\tf\tx",
        "Ivan\tgiven\tm\tx",
        "Lopez\tsurname\t\tx",
        "Torres\tsurname\t\tx",
        "Petrov\tsurname\t\tx",
    ],
    "organisations.tsv": ["english\tabbreviation\tspanish\tfrench\tportuguese\tfamily\tsource"],
}


def write_lexicon(folder: Path) -> Path:
    """Write the lists into `folder`; returns it."""
    counts = [f"{word}\t{400}\t{word}" for word in dict.fromkeys(COMMON.split())]
    counts += [f"{word}\t300\t{word.capitalize()}" for word in PROPER.split()]
    (folder / "frequency_en_news.tsv").write_text("\n".join(["word\tcount\tusual", *counts]), encoding="utf-8")
    for name, lines in FILES.items():
        (folder / name).write_text("\n".join(lines), encoding="utf-8")
    return folder
