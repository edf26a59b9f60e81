"""Words of the source that stand right before a person's name and say who that is: `el ministro`, `Trainer`, `президент`.

With one of them two capitalised words are a person for sure, even in German and where a dictionary has the name.
"""

# ruff: noqa: E501 - word lists read better in full lines
from __future__ import annotations

import re
from functools import cache

from checker.document import Span

_TITLES = {
    "es": r"(?:vice|ex)?president[ea]|(?:vice|ex|pre)?ministr[oa]|senadora?|diputad[oa]|portavoz|director[a]?|entrenador[a]?|coach|actor|actriz|cantante|profesora?|doctora?|juez[a]?|fiscal|alcalde(?:sa)?|gobernadora?|canciller|secretari[oa]|jugadora?|capitán|general|líder|investigadora?|escritora?|autora?|periodista|delantero|futbolista|abogad[oa]|embajadora?|candidat[oa]|estrella|superestrella|policía|comisari[oa]|rey|reina|príncipe|princesa|señora?|Sr\.|Sra\.|Dr\.|Dra\.",
    "pt": r"(?:vice-?|ex-?)?president[ea]|(?:ex-?|[Pp]rimeir[oa][ -])?[Mm]inistr[oa]|[Ss]enadora?|deputad[oa]|porta-voz|diretora?|director[a]?|treinadora?|coach|técnic[oa]|ator|atriz|cantora?|professora?|doutora?|juíza?|procuradora?|prefeit[oa]|governadora?|chanceler|secretári[oa]|jogadora?|capitão|general|líder|pesquisadora?|escritora?|autora?|jornalista|atacante|advogad[oa]|embaixadora?|candidat[oa]|estrela|vereador[a]?|rei|rainha|príncipe|princesa|Sr\.|Sra\.|Dr\.|Dra\.",
    "it": r"(?:vice|ex )?president[ei]|(?:ex )?ministr[oa]|senat(?:ore|rice)|deputat[oa]|portavoce|dirett(?:ore|rice)|allenat(?:ore|rice)|coach|attore|attrice|cantante|profess(?:or|ore|oressa)|dott(?:or|ore|oressa)|giudice|procuratore|sindac[oa]|governat(?:ore|rice)|cancellier[ea]|segretari[oa]|giocat(?:ore|rice)|capitano|generale|leader|ricercat(?:ore|rice)|scritt(?:ore|rice)|aut(?:ore|rice)|giornalista|attaccante|avvocat[oa]|ambasciat(?:ore|rice)|candidat[oa]|star|stella|responsabile|capo|re|regina|principe|principessa|signora?|signore",
    "fr": r"(?:vice-|ex-)?présidente?|(?:ex-)?ministre|sénat(?:eur|rice)|députée?|porte-parole|direct(?:eur|rice)|entraîneu(?:r|se)|coach|act(?:eur|rice)|chanteu(?:r|se)|professeure?|docteure?|juge|procureure?|maire|gouverneure?|chanceli[eè]re?|secrétaire|joueu(?:r|se)|capitaine|général|leader|cherch(?:eur|euse)|écrivaine?|auteure?|journaliste|attaquant|avocate?|ambassad(?:eur|rice)|candidate?|star|vedette|roi|reine|prince|princesse|Mme|M\.|Dr",
    "de": r"(?:[\w-]*(?:[Pp]räsident|[Mm]inister|[Pp]remier|[Ss]precher|[Tt]rainer|[Dd]irektor|[Ss]enator|[Kk]anzler|[Rr]ichter|[Pp]rofessor|[Ss]chauspieler|[Ss]pieler|[Aa]nwalt|[Aa]nwält|[Ll]eiter|[Bb]ürgermeister|[Gg]ouverneur|[Bb]otschafter|[Kk]andidat|[Ff]orscher|[Aa]utor|[Ss]änger|[Ss]türmer|[Mm]anager|[Vv]erwalter|[Mm]oderator|[Kk]apitän|[Rr]egisseur|[Ff]ührer|[Kk]ommissar|[Dd]irigent|[Rr]edakteur|[Tt]orjäger|[Jj]uror|[Gg]ründer|[Ss]ekretär|[Bb]erater|[Pp]olitiker|[Jj]ournalist|[Pp]rofi)(?:in|s|en)?|[\w-]*[Ss]tars?|[\w-]*[Cc]oachs?|[\w-]*[Vv]orsitzende[rn]?|[\w-]*[Aa]bgeordnete[rn]?|[\w-]*[Vv]orstand|[\w-]*[Cc]hef(?:s|in)?|[\w-]*[Hh]auptmann|Prof\.|Dr\.|Herrn?|Frau)",
    "ru": r"(?:вице-|экс-)?президент\w{0,3}|(?:премьер-)?министр\w{0,3}|сенатор\w{0,3}|депутат\w{0,3}|представител[ьяюе]м?|директор\w{0,3}|тренер\w{0,3}|актёр\w{0,3}|актер\w{0,3}|актрис\w{1,2}|пев(?:ец|ц\w{1,2}|иц\w{1,2})|профессор\w{0,3}|доктор\w{0,3}|судь[яиюе]й?|прокурор\w{0,3}|мэр\w{0,3}|губернатор\w{0,3}|канцлер\w{0,3}|секретар[ьяюе]м?|капитан\w{0,3}|генерал\w{0,3}|лидер\w{0,3}|писател[ьяюе]м?|автор\w{0,3}|журналист\w{0,3}|адвокат\w{0,3}|глав[аыуе]|г-н\w?|г-жа",
}  # fmt: skip
_LATIN = r"(?![A-ZÀ-Þ]{2})[A-ZÀ-Þ][^\W\d_]+(?:['’-][A-ZÀ-Þ][^\W\d_]+)*"
_CYRILLIC = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)*"
# What any two names have, so that most texts need none of the long patterns.
_TWO_NAMES = re.compile(r"[A-ZÀ-ÞА-ЯЁ][^\W\d_]+(?:['’-][A-ZÀ-ÞА-ЯЁ][^\W\d_]+)*[ \u00a0][A-ZÀ-ÞА-ЯЁ][^\W\d_]")

# "de EE. UU., ", "della LSU ": what the person is of ends in a comma or in capitals alone.
_OF = (
    r"(?:[ \u00a0](?:d[aeiou]s?|del|del[l]?[aeo]?|degli|der|des|von|en)[ \u00a0]|[ \u00a0]d(?:ell)?['’])"
    r"(?:[^\W\d_][\w.'’]*[ \u00a0]){0,4}?(?:[^\W\d_][\w.'’]*,|[A-ZÀ-Þ]{2,}|[a-zà-ÿ]{4,})[ \u00a0]"
)
_OF_IS_READ = frozenset({"es", "fr", "it", "pt", "de"})


_NEAR = 60
_REACH = 90  # characters before a name in which its title stands


def titled_names(text: str, language: str) -> list[tuple[Span, Span]]:
    """(first name, family name) right behind a title or before one in apposition; none in a language without a list.

    `el presidente francés Emmanuel Macron`; `Emmanuel Macron, el presidente`.
    """
    if language not in _TITLES or not _TWO_NAMES.search(text):
        return []
    names, before, behind = _patterns(language)
    return [
        (Span(*match.span("first")), Span(*match.span("family")))
        for match in names.finditer(text)
        if before.search(text, max(0, match.start() - _REACH), match.start()) or behind.match(text, match.end("family"))
    ]


def has_title_near(text: str, language: str, end: int) -> bool:
    """True where a title stands in the words before `end`: `presidente del Banco Central Europeo Mario Draghi`."""
    if language not in _TITLES:
        return False
    return bool(_near(language).search(text, max(0, end - _NEAR), end))


@cache
def _near(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?i:{_TITLES[language]})(?![\w-])[^.!?;:,]*(?:,[ \u00a0])?$")


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Two names, which may overlap with the next two; what stands before them; what stands behind."""
    title, name = _TITLES[language], _CYRILLIC if language == "ru" else _LATIN
    of = rf"|{_OF}" if language in _OF_IS_READ else ""
    return (
        re.compile(rf"(?<![\w-])(?=(?P<first>{name})[ \u00a0](?P<family>{name})(?![\w-]))"),
        re.compile(
            rf"(?<![\w-])(?i:{title})(?:(?:[ \u00a0](?!dell|degl|dall|nell)[a-zà-ÿ]{{4,}}|[ \u00a0][A-Z]{{2,}})?,?[ \u00a0]{of})$"
        ),
        re.compile(rf",[ \u00a0](?:\w{{1,3}}(?:[ \u00a0]|['’]))?(?:{title})(?![\w-])"),
    )
