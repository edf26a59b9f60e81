"""Adjectives and demonyms of countries in the source's language: `pakistanais`, `indische`, `китайской`.

CLDR has no demonyms, so most are built from CLDR's name and the endings that the language has; the table below has those
of often named countries that are built in another way. What a name's stem shares with another country is left out.
"""

# ruff: noqa: E501 - word lists read better in full lines
from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from checker.rules.quantities import fold

# Folded; what stands before is the name without its last vowels.
_ENDS = {
    "es": r"(?:i?an[oa]s?|es[ae]?s?|[ei]n[oa]s?|iens[ei]s?|ens[ei]s?|i|ies|itas?|i?ac[oa]s?)",
    "pt": r"(?:i?an[oa]s?|es[ae]?s?|[ei]n[oa]s?|ens[ei]s?|enh[oa]s?|itas?)",
    "it": r"(?:i?an[oaie]|es[ei]|[ei]n[oaie]|it[aie])",
    "fr": r"(?:i?en(?:ne)?s?|[ao]ise?s?|i?aine?s?|ine?s?)",
    "de": r"(?:i?sch|i?anisch|n?esisch|ensisch)(?:e[nrsm]?)?",
    "ru": r"(?:ии|а|ь|и|ян|ан)?ск(?:ии|ая|ое|ие|ого|ому|им|ом|ую|ои|их|ими)",
}
_GERMAN = "(?:e[nrsm]?)?"
_OTHERS = {
    "es": "chin[oa]s?=CN turc[oa]s?=TR grieg[oa]s?=GR aleman(?:a|es|as)?=DE frances(?:a|es|as)?=FR japones(?:a|es|as)?=JP rus[oa]s?=RU iraqui(?:es)?=IQ irani(?:es)?=IR suec[oa]s?=SE norueg[oa]s?=NO polac[oa]s?=PL hungar[oa]s?=HU peruan[oa]s?=PE cuban[oa]s?=CU suiz[oa]s?=CH italian[oa]s?=IT portugues(?:a|es|as)?=PT belgas?=BE danes(?:a|es|as)?=DK britanic[oa]s?=GB ingles(?:a|es|as)?=GB holandes(?:a|es|as)?=NL neerlandes(?:a|es|as)?=NL estadounidenses?=US norteamerican[oa]s?=US espanol(?:a|es|as)?=ES argentin[oa]s?=AR filipin[oa]s?=PH egipci[oa]s?=EG siri[oa]s?=SY libi[oa]s?=LY afgan[oa]s?=AF ruman[oa]s?=RO serbi[oa]s?=RS croatas?=HR bulgar[oa]s?=BG chec[oa]s?=CZ eslovac[oa]s?=SK sudafrican[oa]s?=ZA surcorean[oa]s?=KR norcorean[oa]s?=KP indonesi[oa]s?=ID marroqui(?:es)?=MA argelin[oa]s?=DZ germanic[oa]s?=DE",
    "pt": "chines(?:a|es|as)?=CN turc[oa]s?=TR greg[oa]s?=GR alem(?:ao|a|aes|as)=DE frances(?:a|es|as)?=FR japones(?:a|es|as)?=JP russ[oa]s?=RU iraquian[oa]s?=IQ iranian[oa]s?=IR indian[oa]s?=IN suec[oa]s?=SE polones(?:a|es|as)?=PL hungar[oa]s?=HU peruan[oa]s?=PE cuban[oa]s?=CU suic[oa]s?=CH italian[oa]s?=IT portugues(?:a|es|as)?=PT belgas?=BE dinamarques(?:a|es|as)?=DK britanic[oa]s?=GB ingles(?:a|es|as)?=GB holandes(?:a|es|as)?=NL neerlandes(?:a|es|as)?=NL estadunidenses?=US estado-unidenses?=US norte-american[oa]s?=US espanhol(?:a|as)?=ES espanhois=ES argentin[oa]s?=AR filipin[oa]s?=PH egipci[oa]s?=EG siri[oa]s?=SY libi[oa]s?=LY romen[oa]s?=RO servi[oa]s?=RS croatas?=HR bulgar[oa]s?=BG chec[oa]s?=CZ sul-african[oa]s?=ZA sul-corean[oa]s?=KR norte-corean[oa]s?=KP russ[oa]s?=RU marroquin[oa]s?=MA argelin[oa]s?=DZ noruegues(?:a|es|as)?=NO germanic[oa]s?=DE",
    "it": "cines[ei]=CN turc(?:o|a|hi|he)=TR grec(?:o|a|i|he)=GR tedesc(?:o|a|hi|he)=DE frances[ei]=FR giappones[ei]=JP russ[oaie]=RU irachen[oaie]=IQ iranian[oaie]=IR indian[oaie]=IN svedes[ei]=SE norveges[ei]=NO polacc(?:o|a|hi|he)=PL ungheres[ei]=HU cuban[oaie]=CU spagnol[oaie]=ES portoghes[ei]=PT belg(?:a|i|he)=BE danes[ei]=DK britannic(?:o|a|i|he)=GB ingles[ei]=GB olandes[ei]=NL statunitens[ei]=US nordamerican(?:o|a|i|he)=US argentin[oaie]=AR filippin[oaie]=PH egizian[oaie]=EG sirian[oaie]=SY libic(?:o|a|i|he)=LY afghan[oaie]=AF rumen[oaie]=RO serb[oaie]=RS croat[oaie]=HR bulgar[oaie]=BG cec(?:o|a|hi|he)=CZ sudafrican[oaie]=ZA sudcorean[oaie]=KR nordcorean[oaie]=KP svizzer[oaie]=CH messican[oaie]=MX ucrain[oaie]=UA austriac(?:o|a|i|he)=AT brasilian[oaie]=BR marocchin[oaie]=MA germanic(?:o|a|i|he)=DE",
    "fr": "chinoise?s?=CN turcs?=TR turques?=TR grecs?=GR grecques?=GR allemande?s?=DE francaise?s?=FR japonaise?s?=JP russes?=RU irakien(?:ne)?s?=IQ iranien(?:ne)?s?=IR indien(?:ne)?s?=IN suedoise?s?=SE norvegien(?:ne)?s?=NO polonaise?s?=PL hongroise?s?=HU cubaine?s?=CU italien(?:ne)?s?=IT espagnole?s?=ES portugaise?s?=PT belges?=BE danoise?s?=DK britanniques?=GB anglaise?s?=GB hollandaise?s?=NL neerlandaise?s?=NL etats-unien(?:ne)?s?=US suisses?=CH argentine?s?=AR philippine?s?=PH egyptien(?:ne)?s?=EG syrien(?:ne)?s?=SY libyen(?:ne)?s?=LY afghane?s?=AF roumaine?s?=RO serbes?=RS croates?=HR bulgares?=BG tcheques?=CZ slovaques?=SK sud-africaine?s?=ZA sud-coreen(?:ne)?s?=KR nord-coreen(?:ne)?s?=KP mexicaine?s?=MX bresilien(?:ne)?s?=BR colombien(?:ne)?s?=CO marocaine?s?=MA germaniques?=DE",
    "de": " ".join(f"{stem}{_GERMAN}={code}" for stem, code in zip("turkisch griechisch franzosisch japanisch russisch irakisch iranisch indisch schwedisch polnisch ungarisch spanisch brasilianisch kolumbianisch argentinisch australisch indonesisch syrisch deutsch niederlandisch hollandisch britisch englisch portugiesisch belgisch danisch norwegisch finnisch schweizerisch osterreichisch italienisch amerikanisch us-amerikanisch mexikanisch chinesisch agyptisch libysch israelisch afghanisch rumanisch serbisch kroatisch bulgarisch tschechisch slowakisch sudafrikanisch sudkoreanisch nordkoreanisch ukrainisch kanadisch marokkanisch algerisch pakistanisch kubanisch irisch".split(), "TR GR FR JP RU IQ IR IN SE PL HU ES BR CO AR AU ID SY DE NL NL GB GB PT BE DK NO FI CH AT IT US US MX CN EG LY IL AF RO RS HR BG CZ SK ZA KR KP UA CA MA DZ PK CU IE".split(), strict=True)),
    "ru": "китаиск\\w+=CN турецк\\w+=TR греческ\\w+=GR немецк\\w+=DE французск\\w+=FR японск\\w+=JP россииск\\w+=RU индииск\\w+=IN шведск\\w+=SE польск\\w+=PL венгерск\\w+=HU украинск\\w+=UA британск\\w+=GB англииск\\w+=GB голландск\\w+=NL нидерландск\\w+=NL американск\\w+=US испанск\\w+=ES португальск\\w+=PT бельгииск\\w+=BE датск\\w+=DK швеицарск\\w+=CH австрииск\\w+=AT австралииск\\w+=AU мексиканск\\w+=MX бразильск\\w+=BR египетск\\w+=EG сириис\\w+=SY израильск\\w+=IL норвежск\\w+=NO чешск\\w+=CZ кореиск\\w+=KR итальянск\\w+=IT ливииск\\w+=LY афганск\\w+=AF",
}  # fmt: skip
# Everyday words that look like one.
_EVERYDAY = frozenset("mali male malin malis chain chaine roman romano romain oman omani cubita perua chilis".split())
_SHORTEST_STEM = 4


def country_of_adjective(word: str, language: str, stems: Mapping[str, str]) -> str | None:
    """CLDR's code of the country, None where the word is no such adjective. `stems` are those of `stems_of_names`.

    >>> country_of_adjective("pakistanais", "fr", {"pakistan": "PK"})
    'PK'
    """
    folded = fold(word)
    if folded in _EVERYDAY or language not in _ENDS:
        return None
    pattern, codes = _others(language)
    match = pattern.fullmatch(folded)
    if match and match.lastgroup:
        return codes[match.lastgroup]
    ends = _ending(language)
    cuts = range(max(_SHORTEST_STEM, len(folded) - 10), len(folded))
    cuts_with_an_ending = [cut for cut in cuts if ends.fullmatch(folded, cut)]
    return next((stems[folded[:cut]] for cut in cuts_with_an_ending if folded[:cut] in stems), None)


@cache
def _others(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern of all, and the country of each of its groups."""
    entries = {f"c{number}": entry.rpartition("=") for number, entry in enumerate(_OTHERS[language].split())}
    pattern = "|".join(f"(?P<{group}>{words})" for group, (words, _, _) in entries.items())
    return re.compile(pattern), {group: code for group, (_, _, code) in entries.items()}


@cache
def _ending(language: str) -> re.Pattern[str]:
    return re.compile(_ENDS[language])


def stems_of_names(language: str, names: Mapping[str, str]) -> dict[str, str]:
    """Names of one word without their last vowels -> code, where no other country's name begins so.

    `names` are folded names with CLDR's codes.
    """
    codes: dict[str, set[str]] = {}
    for name, code in names.items():
        if name.isalpha() and code.isalpha():
            stem = name.removesuffix("en") if language == "de" else name
            codes.setdefault(stem.rstrip("aeiouаеиоуыюяь"), set()).add(code)
    own = {stem: found.pop() for stem, found in codes.items() if len(found) == 1 and len(stem) >= _SHORTEST_STEM}
    return {stem: code for stem, code in own.items() if not any(one != stem and one.startswith(stem) for one in own)}
