"""Which words deny each other: negators, negative prefixes, and everyday antonyms.

Polarity is the error that matters most and shows least ("justified" for "unjustified"), so telling it from other
differences has a file of its own. Prefix relations are only claimed between two words that are both present, or for
endings where the prefix is productive: "united" is never "not ited".
"""

# ruff: noqa: E501 - word lists read better in full lines
from __future__ import annotations

from functools import lru_cache

from checker.findings.lexicon import DENYING_VERBS
from checker.findings.words import Kind, Word, stem

# How far a negator reaches to the right, in words: "is not (at all clearly) justified".
NEGATION_REACH = 3

_PREFIXES = ("un", "non-", "non", "dis", "mis", "in", "im", "il", "ir", "anti-", "anti", "de-")
_ADJECTIVE_ENDINGS = ("able", "ible", "ent", "ant", "al", "ate", "ive", "ous", "ct", "ic", "ure", "ar", "ite", "ul", "ess",
                      "ably", "ibly", "ently", "antly", "ally", "ately", "ively", "ously", "ility", "ity", "ence", "ance",
                      "ency", "ancy", "acy", "ice", "er", "ane", "ect", "ete", "ise", "ely")  # fmt: skip
# Beginnings of words that look negative and are not; frequent in news copy.
_FALSE_NEGATIVES = (
    "ancient", "anticip", "disast", "dischar", "discipl", "disclo", "discount", "discours", "discov", "discuss", "diseas", "disgui",
    "disgust", "dismant", "dismiss", "dispatch", "dispers", "displa", "dispos", "disput", "disrupt", "dissent", "dissid",
    "dissol", "distan", "distin", "distract", "distrib", "disturb", "illustr", "image", "immed", "immen", "immigr", "immin",
    "impact", "impeach", "impend", "imperat", "imperial", "implem", "import", "impose", "imposi", "impress", "imprison", "improv",
    "inaugur", "incent", "incid", "inclin", "includ", "inclus", "income", "incoming", "incorpor", "increas", "incredib", "increment",
    "incumb", "indeed", "independ", "index", "india", "indicat", "indict", "indifferent", "indigen", "individ", "industr",
    "inevit", "infant", "infect", "inflam", "influ", "informant", "informat", "informed", "infring", "ingred", "inher",
    "initi", "innocent", "innovat", "insist", "inspect", "inspir", "install", "instan", "institut", "instruct", "instrum",
    "insurg", "insured", "intact", "integr", "intellect", "intellig", "intend", "intens", "intent", "inter", "intest",
    "intim", "intru", "invaluab", "invas", "invest", "invit", "involv", "iris", "ironic", "irritat", "miser", "missi",
    "mistak", "mister", "unanim", "uncover", "under", "unearth", "unfold", "unif", "unil", "unio", "uniq",
    "unit", "univ", "unleash", "unless", "until", "unveil",
)  # fmt: skip
# Endings of modifiers before which a negative prefix is a safe guess even when the plain word is not in the texts.
_MODIFIER_ENDINGS = ("ed", "able", "ible", "ful", "ing", "ant", "ent", "al", "ive", "ous", "ate", "ain", "air", "ise", "en",
                     "ete", "rect", "ular", "ature", "ecure")  # fmt: skip

_ANTONYMS = (
    "accept reject|accept refuse|agree disagree|allow forbid|allow ban|allow prohibit|allow block|permit prohibit|"
    "approve reject|approve veto|advance retreat|affirm deny|confirm deny|admit deny|always never|ally enemy|arrive leave|"
    "arrive depart|ascend descend|attack defend|begin end|begin finish|start end|start stop|start finish|open close|"
    "better worse|best worst|big small|large small|birth death|born die|bless condemn|praise condemn|praise criticize|"
    "brave cowardly|bright dark|build destroy|buy sell|calm violent|cheap expensive|civilian military|clean dirty|"
    "clear unclear|combine separate|condemn support|condemn welcome|condemn endorse|convict acquit|create destroy|"
    "dead alive|decline grow|decrease increase|deep shallow|defeat victory|deficit surplus|demand supply|deny grant|"
    "early late|easy difficult|easy hard|east west|empty full|enemy friend|enter leave|enter exit|exclude include|expand shrink|"
    "export import|fail succeed|failure success|fall rise|fast slow|first last|forget remember|former current|"
    "forward backward|free captive|free imprison|free detain|release detain|release arrest|gain lose|gain loss|give take|"
    "good bad|good evil|guilty innocent|happy sad|harm help|hate love|healthy sick|heavy light|hide show|high low|higher lower|"
    "hostile friendly|hot cold|humane cruel|humane brutal|improve worsen|improve deteriorate|inner outer|inside outside|"
    "internal external|join leave|junior senior|laugh cry|lawful illegal|legal illicit|lead trail|left right|lengthen shorten|"
    "lift impose|lend borrow|live die|long short|lose win|loss profit|loss win|victory loss|major minor|male female|"
    "man woman|husband wife|father mother|son daughter|brother sister|king queen|boy girl|maximum minimum|more less|most least|"
    "narrow wide|near far|new old|night day|north south|northern southern|eastern western|occupy liberate|offer withdraw|"
    "often rarely|optimistic pessimistic|orderly chaotic|over under|parent child|partner rival|peace war|peaceful violent|"
    "permanent temporary|plaintiff defendant|poor rich|positive negative|poverty wealth|praise blame|present absent|"
    "private public|promote demote|protect endanger|provoke deter|proud ashamed|pull push|quick slow|quiet loud|raise lower|"
    "raise cut|recall forget|remember forget|reduce increase|reduce raise|relax tighten|ease tighten|ease worsen|"
    "remain leave|remain depart|remove add|repair damage|restore abolish|retain lose|reveal conceal|reveal hide|reward punish|"
    "right wrong|rural urban|safe dangerous|same different|save spend|save waste|similar different|simple complex|"
    "soft hard|solid weak|stop continue|strengthen weaken|strong weak|sunny rainy|superior inferior|support oppose|"
    "support reject|surrender resist|survive die|tall short|tense relaxed|thick thin|together apart|tough lenient|"
    "true false|truth lie|trust suspect|up down|upward downward|upper lower|useful useless|vanish appear|appear disappear|"
    "visible hidden|voluntary compulsory|voluntary mandatory|vulnerable safe|warm cold|welcome reject|welcome criticize|"
    "with without|for against|before after|above below|pro anti|winner loser|young old|victim perpetrator|majority minority|"
    "all none|every no|everyone nobody|everything nothing|some none|both neither|many few|possible impossible|ahead behind|"
    "dependent independent|dependence independence|employ dismiss|hire fire|hire dismiss|appoint dismiss|ancient modern|abundant scarce|active passive|artificial natural|"
    "attract repel|beautiful ugly|blame credit|cause prevent|encourage discourage|foreign domestic|fragile robust|"
    "friend foe|generous greedy|guilt innocence|joy sorrow|knowledge ignorance|obey defy|obey violate|respect violate|"
    "past future|polite rude|quantity quality|rare common|reluctant willing|rigid flexible|rough smooth|sharp dull|"
    "shrink grow|sink float|sit stand|stable volatile|sweet bitter|tight loose|vague precise|wet dry|wise foolish"
)
_ANTONYM_STEMS = frozenset(
    frozenset(stem(word) for word in pair.split()) for pair in _ANTONYMS.replace("\n", "").split("|")
)


def is_negator(word: Word) -> bool:
    """True for words that deny what follows, "failed" and "isn't" included."""
    return word.kind is Kind.NEGATOR or word.norm in DENYING_VERBS


def negator_before(words: tuple[Word, ...], index: int) -> int | None:
    """Index of the negator that governs the word at `index` (at most NEGATION_REACH words before it), or None.

    "not only" denies nothing; a further content verb or comma in between is not looked into.
    """
    for place in range(index - 1, max(-1, index - 1 - NEGATION_REACH), -1):
        if not is_negator(words[place]):
            continue
        follower = words[place + 1].norm if place + 1 < len(words) else ""
        return None if follower == "only" else place
    return None


@lru_cache(maxsize=16384)
def bare(norm: str) -> str | None:
    """The word without its negative prefix, None where there is none: `unjustified` → `justified`."""
    if norm.startswith(_FALSE_NEGATIVES):
        return None
    for prefix in _PREFIXES:
        rest = norm.removeprefix(prefix)
        if rest == norm or len(rest) < (3 if prefix == "un" else 4):
            continue
        if prefix in ("in", "im") and not (len(rest) >= 5 and rest.endswith(_ADJECTIVE_ENDINGS)):
            continue
        if (prefix == "im" and rest[0] not in "bmp") or (prefix in ("il", "ir") and rest[0] != prefix[1]):
            continue
        return rest
    return None


def looks_negative(norm: str) -> bool:
    """True for modifiers that carry a negative prefix by their form: `unprovoked`, `irregular`; not `united`."""
    rest = bare(norm)
    if norm.endswith("less") and len(norm) > 6 and norm not in ("regardless", "nevertheless", "nonetheless", "unless"):
        return True
    return rest is not None and len(rest) >= 4 and norm.removesuffix("ly").endswith(_MODIFIER_ENDINGS)


def prefix_opposites(one: str, other: str) -> bool:
    """True where one word is the other with a negative prefix, or `-less` for `-ful`; inflection aside."""
    for negative, positive in ((one, other), (other, one)):
        rest = bare(negative)
        if rest is not None and stem(rest) == stem(positive):
            return True
        if negative.endswith("less") and positive == negative.removesuffix("less") + "ful":
            return True
        if negative.startswith("anti-") and positive == "pro-" + negative.removeprefix("anti-"):
            return True
    return False


def antonyms(one: str, other: str) -> bool:
    """True for everyday antonyms, inflection aside: `rejected`, `accepts`."""
    return frozenset((stem(one), stem(other))) in _ANTONYM_STEMS


def opposites(one: str, other: str) -> bool:
    """True where the two normal forms deny each other by form or by meaning."""
    return prefix_opposites(one, other) or antonyms(one, other)


def negative_form(norm: str) -> str | None:
    """The word with a negative prefix where English forms one by rule, else None: `justified` → `unjustified`.

    Only participles and -able/-ful words take "un-" by rule; "im-", "il-", "ir-" follow the first letter of words in
    -ible, -al, -ar, -ate, -ant, -ent, -ure. Anything else stays "not …", because a wrong form is worse than two words.
    """
    if bare(norm) is not None or looks_negative(norm) or norm.startswith(_FALSE_NEGATIVES) or len(norm) < 5:
        return None
    if norm.endswith(("ed", "able", "ful", "ing")):
        return "un" + norm
    if norm.endswith(("ible", "ate", "ant", "ure", "ular", "oral", "egal", "ational", "istent", "ient")):
        return {"l": "il", "r": "ir", "m": "im", "p": "im", "b": "im"}.get(norm[0], "in") + norm
    return None
