"""Number words of the languages that are read: data, and the few rules by which their compounds are built.

Own tables and no library: text2num knows no Russian, reads no figure with a scale word ("1,3 Mrd."), and gives no places
in the text. Words are without accents and in lower case, as `fold` makes them.
"""

# ruff: noqa: E501 - word lists read better in full lines
from __future__ import annotations

from dataclasses import dataclass

LANGUAGES = ("en", "es", "fr", "de", "pt", "it", "ru")


@dataclass(frozen=True, slots=True)
class NumberWords:
    """How one language writes numbers.

    `values` are words below 1,000; `scales` multiply what stands before them; `ordinals` are read like `values` and
    stand alone; `weak` words may mean something else, so they explain a figure and never accuse one; `joiners` stand
    between tens and units; `halves`, not folded, after a number add half of its last scale; `hundred` multiplies.
    """

    values: dict[str, float]
    ordinals: dict[str, tuple[float, ...]]
    scales: dict[str, float]
    weak: dict[str, float]
    joiners: frozenset[str]
    hundred: frozenset[str]
    halves: tuple[str, ...]


def words_for(language: str) -> NumberWords:
    """The number words of an ISO 639-1 language; those of English where it is not read."""
    return _ALL.get(language[:2], ENGLISH)


def _counted(text: str, start: int = 0, step: int = 1) -> dict[str, float]:
    """Words that count up from `start`; variants of one number are joined by a slash."""
    return {word: float(start + step * place) for place, words in enumerate(text.split()) for word in words.split("/")}


def _valued(text: str) -> dict[str, float]:
    """`word=value` pairs; words of one value are joined by a slash."""
    pairs = (entry.split("=") for entry in text.split())
    return {word: float(value) for words, value in pairs for word in words.split("/")}


def _ordinals(text: str, start: int = 1) -> dict[str, tuple[float, ...]]:
    """Ordinals from `start` up; from the third on they are fractions too: "third" is 3 or 1/3."""
    found = _counted(text, start)
    return {word: (value, 1 / value) if value >= 3 else (value,) for word, value in found.items()}


def _with_units(tens: dict[str, float], units: dict[str, float], joint: str) -> dict[str, float]:
    """`twenty` and `one` -> `twenty-one`."""
    return {
        f"{ten}{joint}{unit}": value + small
        for ten, value in tens.items()
        for unit, small in units.items()
        if 0 < small < 10
    }


def _english() -> NumberWords:
    units = _counted("zero one two three four five six seven eight nine")
    teens = _counted("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen", 10)
    tens = _counted("twenty thirty forty/fourty fifty sixty seventy eighty ninety", 20, 10)
    first = "first second third fourth fifth sixth seventh eighth ninth"
    later = (
        "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
    )
    ordinals = _ordinals(f"{first} {later}")
    plurals = {f"{word}s": values for word, values in ordinals.items() if values[0] >= 3}
    joined = {word: (value,) for word, value in _with_units(tens, _counted(first, 1), "-").items()}
    return NumberWords(
        values=units | teens | tens | _with_units(tens, units, "-"),
        ordinals=ordinals | plurals | joined,
        scales=_valued(
            "thousand/thousands=1e3 million/millions/mn/mln=1e6 billion/billions/bn/bln=1e9 trillion/trillions/tn/trn=1e12 "
            "quadrillion=1e15 dozen=12 lakh/lakhs=1e5 crore/crores=1e7 score=20"
        ),
        weak=_valued(
            "half=0.5 quarter/quarters=0.25 both/couple/pair/twice/double/doubled/doubling/twins/twin/dual=2 triple/tripled/thrice/trio/triplets=3 "
            "once/a/an/single/sole/only/another=1 quadruple/quartet=4 dozens=12 scores=20 hundreds=100 decade/decades=10 century/centuries=100 fortnight=14 no/none/nil=0 "
            "thirties=30 forties=40 fifties=50 sixties=60 seventies=70 eighties=80 nineties=90 twenties=20 teenager/teenagers=15"
        ),
        joiners=frozenset({"and"}),
        hundred=frozenset({"hundred"}),
        halves=("and a half", "-and-a-half"),
    )  # fmt: skip


def _spanish() -> NumberWords:
    low = _counted(
        "cero uno/un/una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete "
        "dieciocho diecinueve veinte veintiuno/veintiun/veintiuna veintidos veintitres veinticuatro veinticinco veintiseis "
        "veintisiete veintiocho veintinueve"
    )
    tens = _counted("treinta cuarenta cincuenta sesenta setenta ochenta noventa", 30, 10)
    hundreds = _counted(
        "cien/ciento doscientos/doscientas trescientos/trescientas cuatrocientos/cuatrocientas quinientos/quinientas "
        "seiscientos/seiscientas setecientos/setecientas ochocientos/ochocientas novecientos/novecientas", 100, 100,
    )  # fmt: skip
    ordinals = _ordinals(
        "primero/primera/primer/primeros/primeras segundo/segunda tercero/tercera/tercer/terceros/terceras cuarto/cuarta/cuartos/cuartas "
        "quinto/quinta/quintos/quintas sexto/sexta septimo/septima octavo/octava noveno/novena decimo/decima undecimo/undecima/decimoprimero duodecimo/duodecima/decimosegundo "
        "decimotercero/decimotercera/decimotercer decimocuarto/decimocuarta decimoquinto/decimoquinta"
    )
    return NumberWords(
        values=low | tens | hundreds,
        ordinals=ordinals
        | {"tercio": (1 / 3, 3.0), "tercios": (1 / 3, 3.0)}
        | {
            word + end: (value,)
            for word, value in (("vigesim", 20.0), ("trigesim", 30.0), ("cuadragesim", 40.0))
            for end in "oa"
        },
        scales=_valued(
            "mil/miles/millar/millares=1e3 millon/millones/mill/mdd=1e6 millardo/millardos=1e9 billon/billones=1e12 trillon/trillones=1e18 docena/docenas=12"
        ),
        weak=_valued(
            "medio/media/mitad=0.5 ambos/ambas/doble/par/pareja/bi/duplicar/duplico/duplicado/segundos/segundas=2 triple/triplicar/triplico/trio=3 "
            "solo/unico/unica/otro/otra=1 decena/decenas=10 veintena=20 treintena=30 cuarentena=40 cincuentena=50 quincena=15 centenar/centenares/centena/centenas/cientos=100 decada/decadas=10 siglo/siglos=100 trimestre=3 semestre=6 ningun/ninguno/ninguna/sin=0 "
            "primaria/primarias=1 cuarteto=4 lustro=5 bienio=2"
        ),
        joiners=frozenset({"y"}),
        hundred=frozenset(),
        halves=("y medio", "y media"),
    )


def _french() -> NumberWords:
    units = _counted("zero un/une deux trois quatre cinq six sept huit neuf")
    teens = _counted("dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf", 10)
    tens = _counted("vingt trente quarante cinquante soixante", 20, 10) | {
        "septante": 70.0,
        "huitante": 80.0,
        "nonante": 90.0,
    }
    eighties = {f"quatre-vingt-{word}": 80 + value for word, value in (units | teens).items() if value}
    seventies = {f"soixante-{word}": 60 + value for word, value in teens.items()} | {"soixante-et-onze": 71.0}
    and_one = {f"{ten}-et-un{end}": value + 1 for ten, value in tens.items() for end in ("", "e")}
    ordinals = _ordinals(
        "premier/premiere/premiers/premieres deuxieme/second/seconde troisieme quatrieme cinquieme sixieme septieme huitieme neuvieme "
        "dixieme onzieme douzieme treizieme quatorzieme quinzieme seizieme dix-septieme dix-huitieme dix-neuvieme vingtieme"
    )
    return NumberWords(
        values=units | teens | tens | _with_units(tens, units, "-") | seventies | eighties | and_one
        | {"quatre-vingt": 80.0, "quatre-vingts": 80.0},
        ordinals=ordinals | {"tiers": (1 / 3, 3.0)},
        scales=_valued("mille/millier/milliers=1e3 million/millions/mio/mln=1e6 milliard/milliards/mrd/mds/mrds=1e9 billion/billions=1e12 douzaine/douzaines=12"),
        weak=_valued(
            "demi/demie/moitie=0.5 quart/quarts=0.25 double/paire/couple/doubler/secondes/secondes=2 triple/trio=3 neuf=9 seul/seule/autre=1 dizaine/dizaines/decennie/decennies=10 "
            "quinzaine=15 vingtaine=20 trentaine=30 quarantaine=40 cinquantaine=50 soixantaine=60 centaine/centaines/siecle/siecles=100 trimestre=3 semestre=6 aucun/aucune=0"
        ),
        joiners=frozenset({"et"}),
        hundred=frozenset({"cent", "cents"}),
        halves=("et demi", "et demie"),
    )  # fmt: skip


def _german() -> NumberWords:
    units = _counted("null eins/ein/eine/einen/einem/einer/eines zwei/zwo drei vier funf sechs sieben acht neun")
    teens = _counted("zehn elf zwolf dreizehn vierzehn funfzehn sechzehn siebzehn achtzehn neunzehn", 10)
    tens = _counted("zwanzig dreissig vierzig funfzig sechzig siebzig achtzig neunzig", 20, 10)
    bare = {word: value for word, value in units.items() if word == "ein" or value > 1}
    joined = {f"{unit}und{ten}": value + small for ten, value in tens.items() for unit, small in bare.items()}
    stems = (
        "erst=1 zweit=2 dritt=3 viert=4 funft=5 sechst=6 siebt/siebent=7 acht=8 neunt=9 zehnt=10 elft=11 zwolft=12 dreizehnt=13 vierzehnt=14 "
        "funfzehnt=15 sechzehnt=16 siebzehnt=17 achtzehnt=18 neunzehnt=19 zwanzigst=20"
    )
    ordinals: dict[str, tuple[float, ...]] = {
        stem + ending: (value, 1 / value) if value > 2 else (value,)
        for stem, value in _valued(stems).items()
        for ending in ("e", "en", "er", "es", "em", "el", "eln")
        if value > 2 or not ending.startswith("el")
    }
    halves = {f"{unit}einhalb": value + 0.5 for unit, value in bare.items()} | {"anderthalb": 1.5, "eineinhalb": 1.5}
    return NumberWords(
        values=units | teens | tens | joined | halves,
        ordinals=ordinals,
        scales=_valued(
            "tausend/tausende=1e3 million/millionen/mio/mill=1e6 milliarde/milliarden/mrd/md=1e9 billion/billionen/bio=1e12 billiarde/billiarden=1e15 dutzend=12"
        ),
        weak=_valued(
            "halb/halbe/halben/halber/halbes/halfte=0.5 viertel=0.25 dreiviertel=0.75 beide/beiden/beider/doppelt/doppelte/doppelten/paar/verdoppelt/zweimal/zweite/zweiten=2 dreifach/dreimal/dritter=3 "
            "einmal/einzige/einzigen/anderen/allein=1 jahrzehnt/jahrzehnte/jahrzehnten=10 jahrhundert/jahrhunderts=100 hunderte/hunderten=100 dutzende/dutzenden=12 quartal/vierteljahr=3 halbjahr=6 kein/keine/keinen=0"
        ),
        joiners=frozenset(),
        hundred=frozenset({"hundert"}),
        halves=(),
    )


def _portuguese() -> NumberWords:
    low = _counted(
        "zero um/uma dois/duas tres quatro cinco seis sete oito nove dez onze doze treze quatorze/catorze quinze "
        "dezesseis/dezasseis dezessete/dezassete dezoito dezenove/dezanove"
    )
    tens = _counted("vinte trinta quarenta cinquenta sessenta setenta oitenta noventa", 20, 10)
    hundreds = _counted(
        "cem/cento duzentos/duzentas trezentos/trezentas quatrocentos/quatrocentas quinhentos/quinhentas seiscentos/seiscentas "
        "setecentos/setecentas oitocentos/oitocentas novecentos/novecentas", 100, 100,
    )  # fmt: skip
    ordinals = _ordinals(
        "primeiro/primeira/primeiros/primeiras segundo/segunda terceiro/terceira/terceiros/terceiras quarto/quarta/quartos quinto/quinta "
        "sexto/sexta setimo/setima oitavo/oitava nono/nona decimo/decima"
    )
    # The weekdays segunda … sexta are numbers by their look only.
    return NumberWords(
        values=low | tens | hundreds,
        ordinals=ordinals
        | {"terco": (1 / 3, 3.0), "tercos": (1 / 3, 3.0)}
        | {word + end: (value,) for word, value in (("vigesim", 20.0), ("trigesim", 30.0)) for end in "oa"},
        scales=_valued(
            "mil/milhar/milhares=1e3 milhao/milhoes/mi=1e6 bilhao/bilhoes/biliao/bi=1e9 mil-milhoes=1e9 trilhao/trilhoes/tri=1e12 duzia=12"
        ),
        weak=_valued(
            "meio/meia/metade=0.5 ambos/ambas/dobro/duplo/dupla/par/casal/dobrar/dobrou=2 triplo/trio=3 unico/unica/outro/outra/so=1 dezena/dezenas/decada/decadas=10 "
            "quinzena=15 centena/centenas/seculo/seculos=100 duzias=12 trimestre=3 semestre=6 nenhum/nenhuma=0 quarta/quartas=4 quinta/quintas=5 sexta/sextas=6 segunda/segundas/segundos=2 terca/tercas=3 bilioes=1e12"
        ),
        joiners=frozenset({"e"}),
        hundred=frozenset(),
        halves=("e meio", "e meia"),
    )


def _italian() -> NumberWords:
    units = _counted("zero uno/un/una/un' due tre quattro cinque sei sette otto nove")
    teens = _counted("dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove", 10)
    tens = _counted("venti trenta quaranta cinquanta sessanta settanta ottanta novanta", 20, 10)
    joined = {
        (ten[:-1] if unit[0] in "uo" else ten) + unit: value + small
        for ten, value in tens.items()
        for unit, small in units.items()
        if 0 < small < 10 and unit != "una" and "'" not in unit
    }
    ordinals = _ordinals(
        "primo/prima/primi/prime secondo/seconda terzo/terza/terzi/terze quarto/quarta/quarti quinto/quinta/quinti sesto/sesta settimo/settima ottavo/ottava "
        "nono/nona decimo/decima undicesimo/undicesima dodicesimo/dodicesima"
    )
    return NumberWords(
        values=units | teens | tens | joined,
        ordinals=ordinals,
        scales=_valued(
            "mille/mila/migliaio/migliaia=1e3 milione/milioni/mln=1e6 miliardo/miliardi/mld=1e9 bilione/bilioni=1e12 dozzina=12"
        ),
        weak=_valued(
            "mezzo/mezza/meta=0.5 entrambi/entrambe/doppio/coppia/paio/raddoppiato/secondi/secondo/seconda=2 triplo/trio=3 solo/sola/unico/unica/altro/altra=1 sei=6 otto=8 decina/decine/decennio/decenni=10 "
            "quindicina=15 ventina=20 trentina=30 quarantina=40 cinquantina=50 centinaio/centinaia/secolo/secoli=100 trimestre=3 semestre=6 nessun/nessuno/nessuna=0 dozzine=12 "
            "duecento/duecentesco=200 trecento=300 quattrocento=400 cinquecento=500 seicento=600 settecento=700 ottocento=800 novecento=900"
        ),
        joiners=frozenset({"e"}),
        hundred=frozenset({"cento"}),
        halves=("e mezzo", "e mezza"),
    )


def _russian() -> NumberWords:
    low = _counted(
        "ноль/нуль/нуля один/одна/одно/одного/одной/одну/одному/одним два/две/двух/двум/двумя три/трех/трем/тремя четыре/четырех/четырем/четырьмя пять/пяти/пятью "
        "шесть/шести/шестью семь/семи/семью восемь/восьми/восемью девять/девяти/девятью десять/десяти/десятью "
        "одиннадцать/одиннадцати двенадцать/двенадцати тринадцать/тринадцати четырнадцать/четырнадцати пятнадцать/пятнадцати "
        "шестнадцать/шестнадцати семнадцать/семнадцати восемнадцать/восемнадцати девятнадцать/девятнадцати"
    )
    tens = _counted(
        "двадцать/двадцати тридцать/тридцати сорок/сорока пятьдесят/пятидесяти шестьдесят/шестидесяти семьдесят/семидесяти "
        "восемьдесят/восьмидесяти девяносто/девяноста", 20, 10,
    )  # fmt: skip
    hundreds = _counted(
        "сто/ста двести/двухсот/двумстам триста/трехсот четыреста/четырехсот пятьсот/пятисот шестьсот/шестисот семьсот/семисот восемьсот/восьмисот девятьсот/девятисот",
        100, 100,
    )  # fmt: skip
    # After folding "й" is "и": "первый" -> "первыи".
    stems = _valued("перв=1 втор=2 четверт=4 пят=5 шест=6 седьм=7 восьм=8 девят=9 десят=10 двадцат=20")
    endings = ("ыи", "ои", "ая", "ое", "ого", "ому", "ым", "ом", "ую", "ые", "ых", "ыми")
    ordinals: dict[str, tuple[float, ...]] = {
        stem + ending: (value, 1 / value) if value > 2 else (value,)
        for stem, value in stems.items()
        for ending in endings
    }
    third: dict[str, tuple[float, ...]] = {
        f"трет{ending}": (3.0, 1 / 3)
        for ending in ("ии", "ья", "ье", "ьего", "ьеи", "ьему", "ьим", "ьем", "ью", "ьи", "ьих", "еи", "и")
    }
    scales = {
        stem + ending: value
        for stem, value in _valued("миллион=1e6 миллиард=1e9 триллион=1e12").items()
        for ending in ("", "а", "ов", "у", "ом", "ам", "ами", "ах", "ы", "е")
    } | {f"тысяч{ending}": 1e3 for ending in ("", "а", "и", "у", "е", "еи", "ам", "ами", "ах", "ью")}
    # "25-тысячную", "двух дюжин".
    scales |= {
        stem + ending: value
        for stem, value in _valued("тысячн=1e3 миллионн=1e6 миллиардн=1e9").items()
        for ending in endings
    }
    scales |= {f"дюжин{ending}": 12.0 for ending in ("", "а", "ы", "у", "е", "ам", "ах", "ои")}
    return NumberWords(
        values=low | tens | hundreds | {"полтора": 1.5, "полторы": 1.5, "полутора": 1.5},
        ordinals=ordinals | third,
        scales=scales | _valued("тыс=1e3 млн=1e6 млрд=1e9 трлн=1e12 полмиллиона=5e5"),
        weak=_valued(
            "половина/половины/половину/половинои/пол/полгода=0.5 четверть/четверти=0.25 оба/обе/обоих/двое/дважды/вдвое/двоих/вдвоем/двоиные/двоинои/пара/пару=2 трое/трижды/втрое/троих/троих=3 четверо/четверых=4 пятеро/пятерых=5 "
            "шестеро/шестерых=6 семеро=7 десяток/десятка/десятки/десятков/десятилетие/десятилетия/десятилетии=10 сотня/сотни/сотен/век/века/веке/веков=100 квартал/квартале=3 полугодие=6 единственныи/единственная/другои/однажды=1"
        ),
        joiners=frozenset(),
        hundred=frozenset(),
        halves=("с половиной",),
    )  # fmt: skip


ENGLISH = _english()
_ALL = {
    "en": ENGLISH,
    "es": _spanish(),
    "fr": _french(),
    "de": _german(),
    "pt": _portuguese(),
    "it": _italian(),
    "ru": _russian(),
}
