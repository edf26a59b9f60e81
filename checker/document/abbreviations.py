"""Words that end in a full stop without ending a sentence, and words that plainly open one, per language.

Data only: `boundaries` asks it. Written by hand for news copy; entries are without their
last stop. A small entry matches whatever the case; a capitalised one only a capital ("Ill.", but not "he fell ill.").
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """What one language does with a full stop.

    `titles` never end a sentence before a capital (Mr.); `numbering` only binds to a number (No. 5); `closing`
    may end
    one (U.S., Inc., a.m.) and does so before a sentence opener; `openers` are capitalised words that hardly ever
    stand
    in the middle of a sentence; `speech` are verbs by which a quotation is attributed (asked, dijo).
    """

    titles: frozenset[str]
    numbering: frozenset[str]
    closing: frozenset[str]
    openers: frozenset[str]
    speech: frozenset[str]
    ordinal_stop: bool = False


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _language(
    titles: str, numbering: str, closing: str, openers: str, speech: str, *, ordinal_stop: bool = False
) -> Abbreviations:
    return Abbreviations(
        _words(titles), _words(numbering), _words(closing), _words(openers), _words(speech), ordinal_stop
    )


# Abbreviations that any wire text may carry, whatever its language.
_COMMON_TITLES = "mr mrs ms dr prof vs cf e.g i.e"
_COMMON_NUMBERING = "no nr pp vol fig"
_COMMON_CLOSING = "st max min u.s u.k u.n e.u d.c u.s.a inc corp ltd co jr a.m p.m s.a etc al ph.d m.d b.a"

ENGLISH = _language(
    titles=_COMMON_TITLES
    + """ messrs mmes rev fr hon pres gov lt.gov govs sen sens rep reps amb gen lt col maj capt cmdr cpl sgt adm brig
    supt insp det pvt spc pfc atty sec asst assoc dep dir mt ft pt ste rt msgr sr.lt viz approx est pvt
    rt.hon lt.col lt.gen maj.gen brig.gen""",
    numbering=_COMMON_NUMBERING
    + " nos p para art sect ch ed vols figs arts ca c jan feb mar apr jun jul aug sep sept oct nov dec",
    closing=_COMMON_CLOSING
    + """ sr bros cos univ dept govt assn intl natl esq hwy ave blvd rd sq jan feb apr jun jul aug sept sep oct
    nov dec
    Mon tue tues Wed thu thur thurs fri Sat Sun ala ariz ark calif colo conn Del fla ga Ill Ind kan ky La md Mass mich
    minn Miss Mo mont neb nev okla Ore Pa tenn tex va vt Wash wis wyo n.y n.j n.c n.d n.h n.m s.c s.d r.i w.va l.a ont
    que b.c a.d b.c.e c.e d.a o.k llc plc lb lbs oz hr hrs yrs""",
    openers="""The A An This That These Those There Then Thus He She It We They You I His Her Its Our Their My In
    On At
    By For From With Without After Before During Since Until While When Where What Why How Who If Although Though But
    And Or So Yet However Meanwhile Moreover Nevertheless Instead Still Also As Because Despite Under Over According
    Both Each Every Some Many Most Several Few Other Others Another One Two Three More Not Now Today Yesterday Mr
    Mrs Ms
    Finally Originally Recently Eventually Previously Initially Currently Additionally Separately Similarly
    Tomorrow Later Earlier Last Here Once Even Only Just Among Between Through Against Four Five Six Seven Eight Nine
    Ten Eleven Twelve Nobody Nothing Everyone None Neither Either Any Such Much""",
    speech="""said says asked asks told tells added adds wrote writes replied replies wondered shouted cried explained
    demanded continued tweeted declared noted exclaimed joked recalled insisted warned""",
)

SPANISH = _language(
    titles=_COMMON_TITLES
    + """ sr sra srta sres sras d dª dn dña da dra dres ing lic arq gral cnel tte cap cmdte sgto pbro mons excmo excma
    ilmo fr sto sta hno hna rev pdte vdo av avda c pza p.ej ej profa esq ca aprox prov dept""",
    numbering="no nº núm núms nro pág págs p pp art arts cap vol fig tel ap ed párr inc",
    closing=_COMMON_CLOSING
    + """ ee.uu ee uu rr.hh ff.aa jj.oo cc.oo dd.hh s.a s.l s.a.b s.a.s s.r.l c.v d.f n.y cía ltda hnos ene feb
    mar abr jun jul ago sep sept set oct nov dic ud uds vd vds
    a.c d.c a.n.e m.n k.o""",
    openers="""El La Los Las Lo Un Una Unos Unas Este Esta Estos Estas Ese Esa Eso Esos Esas Aquel Él Ella Ellos Ellas
    Su Sus En Por Para Con Sin Según Tras Desde Hasta Durante Entre Sobre Ante Al Del De A Y O Pero Sin Además Así
    También Aunque Cuando Como Donde Mientras Porque Si No Se Ya Hoy Ayer Luego Después Antes Ahora Entonces Nosotros
    Yo Me Nos Le Les Hay Es Fue Eran Era Otro Otra Otros Muchos Cada Todo Todos Esto Ha Han""",
    speech="""dijo dice afirmó afirma preguntó pregunta añadió agregó señaló respondió explicó aseguró declaró
    manifestó exclamó indicó expresó comentó""",
)

FRENCH = _language(
    titles=_COMMON_TITLES + " m mm mme mmes mlle mlles me mes pr mgr gén col cdt lt ste sts stes bd av env p.ex ex",
    numbering="no n° nos p pp art vol fig chap al tél éd janv févr avr juil sept oct nov déc",
    closing=_COMMON_CLOSING + " e.-u é.-u s.a.r.l s.a.s cie etc j.-c n.d.l.r ndlr s.n.c.f o.n.u u.e p.s",
    openers="""Le La Les L' Un Une Des Du De Ce Cet Cette Ces C' D' J' N' S' Qu' Aujourd' Il Elle Ils Elles On
    Nous Vous Je Son Sa Ses Leur Leurs
    Notre En Dans Sur Sous Par Pour Avec Sans Selon Après Avant Depuis Pendant Entre Mais Et Ou Or Donc Car Si Quand
    Comme Alors Ainsi Aussi Cependant Toutefois Pourtant Au Aux À A Plus Tout Tous Toute Toutes Chaque Plusieurs
    Qui Que Quoi Ne Se Hier Demain""",
    speech="dit déclare affirme demande ajoute explique lance répond",
)

GERMAN = _language(
    titles=_COMMON_TITLES
    + """ hr hrn fr dipl.-ing dipl ing mag dres z.b d.h z.t u.u i.d.r v.a bzw ca vgl sog u.a geb gest inkl exkl evtl
    ggf bsp gem lt str hl ev kath phil med jur rer nat h.c einschl zzgl abzgl insb bes st a.d i.d a.m v.d ob o.g
    dr.-ing gen abs ziff allg amtl engl franz dt lat griech""",
    numbering="nr nrn s bd abs art kap abb tab tel jg hg ziff jan feb apr jun jul aug sep sept okt nov dez",
    closing=_COMMON_CLOSING
    + " usw etc u.a u.ä o.ä mio mrd tsd n.chr v.chr chr e.v co kg jh jhd jhdt std min sek mind max",
    openers="""Der Die Das Den Dem Des Ein Eine Einen Einem Einer Dieser Diese Dieses Diesen Diesem Er Sie Es Wir Ihr
    Ich Man Sein Seine Ihre Unser Unsere In Im Am An Auf Aus Bei Beim Bis Durch Für Gegen Mit Nach Ohne Seit Unter Um
    Von Vom Vor Während Wegen Zu Zum Zur Zwischen Und Oder Aber Doch Denn Sondern Auch Als Wenn Weil Da Dann Dort
    Dabei
    Damit Daher Dazu Deshalb Zudem Außerdem Allerdings Jedoch Noch Nur Nun Schon So Wie Was Wer Wo Warum Hier Heute
    Gestern Morgen Jetzt Alle Viele Einige Mehrere Kein Keine Nicht Laut Trotz Über Insgesamt Beide Ob""",
    speech="sagte sagt fragte fragt erklärte antwortete rief meinte schrieb betonte",
    ordinal_stop=True,
)

PORTUGUESE = _language(
    titles=_COMMON_TITLES
    + """ sr sra srs sras srta rev d da dra drs eng arq gal gen cel maj cap ten sgt exmo exma ilmo sto sta pe av
    prof profa
    p.ex ex prov aprox dep min v.exa""",
    numbering="no nº n núm pág págs p pp art arts cap vol fig tel ed inc",
    closing=_COMMON_CLOSING + " e.u.a eua s.a ltda cia s/a d.c a.c ss obs",
    openers="""O A Os As Um Uma Uns Umas Este Esta Estes Estas Esse Essa Esses Essas Isso Isto Aquele Ele Ela Eles
    Elas
    Seu Sua Seus Suas Em No Na Nos Nas Por Para Com Sem Segundo Após Desde Até Durante Entre Sobre Ao Aos À Às Do
    Da De
    E Ou Mas Além Assim Também Embora Quando Como Onde Enquanto Porque Se Não Já Hoje Ontem Depois Antes Agora Então
    Nós Eu Há É Foi Eram Era Outro Outra Outros Muitos Cada Todo Todos Pelo Pela""",
    speech="disse diz afirmou afirma perguntou acrescentou explicou declarou respondeu",
)

ITALIAN = _language(
    titles=_COMMON_TITLES
    + """ sig sigg sig.ra sigra sig.na dott dott.ssa dottssa prof.ssa avv ing arch geom rag on sen gen col cap ten
    mons
    ss s.e min pres p.es es ecc.za c.so p.za p.zza v.le art d""",
    numbering="n nn no pag pagg p pp art artt cap vol fig tel ed sez",
    closing=_COMMON_CLOSING + " ecc s.p.a s.r.l s.n.c s.a.s d.c a.c c.v m.s f.lli",
    openers="""Il Lo La I Gli Le L' Un Uno Una Questo Questa Questi Queste Quello Quella Egli Lui Lei Loro Esso
    Noi Voi
    Io Il Suo Sua In Nel Nella Nei Nelle Per Con Senza Secondo Dopo Prima Da Dal Dalla Fino Durante Tra Fra Su Sul
    Sulla A Al Alla Ai Alle Di Del Della E Ed O Ma Però Inoltre Così Anche Se Quando Come Dove Mentre Perché Non Si È
    Sono Era Oggi Ieri Poi Ora Allora Ogni Tutti Molti Altri C' L' Un' Dell' Nell' All' Sull' Dall'""",
    speech="detto dice disse chiese chiede aggiunge spiega risponde",
)

RUSSIAN = _language(
    titles="""г-н г-жа гос дж т.е т.н т.к напр см ср ул пр просп пер пл наб д кв акад проф доц канд ген полк кап
    лейт св о-в обл р-н стр тов мл ст исп прим пос дер бул ш тел изд""",
    numbering="№ стр с п пп ч гл рис табл ст т тт млн млрд тыс руб янв февр апр авг сент окт нояб дек",
    closing="г гг в вв им др пр т.п т.д т.ч н.э руб коп долл млн млрд тыс ч мин сек км м кг см стр р",
    openers="""Он Она Оно Они Мы Вы Я Ты Это Этот Эта Эти Тот Та Те Его Её Ее Их В Во На По Из За От До Для При С Со К
    О Об У Без Над Под Перед После Между Через Согласно Однако Но А И Или Если Когда Как Что Где Кто Почему Хотя Также
    Кроме Поэтому Потом Затем Тогда Теперь Сегодня Вчера Завтра Уже Ещё Еще Не Ни Все Всё Каждый Многие Некоторые
    Другие Один При Среди Ранее Позже Напомним""",
    speech="сказал сказала спросил спросила заявил заявила отметил добавил ответил ответила пояснил подчеркнул",
)

_LANGUAGES = {
    "en": ENGLISH,
    "es": SPANISH,
    "fr": FRENCH,
    "de": GERMAN,
    "pt": PORTUGUESE,
    "it": ITALIAN,
    "ru": RUSSIAN,
    "uk": RUSSIAN,
}


@lru_cache(maxsize=16)
def abbreviations_for(language: str) -> Abbreviations:
    """The lists of an ISO 639-1 language (or a tag such as `pt-BR`); those of English where there are none."""
    return _LANGUAGES.get(language.casefold()[:2], ENGLISH)
