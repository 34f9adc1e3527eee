"""Grammar for hearing: what a word can be, as bits, so that a walk asks with one ``&``.

Verbs, nouns and days come from ``lexicons/en/voices.tsv``; function words stand here.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from itertools import count

from framing.lexicon import LAST, shipped
from framing.text import NORMAL

__all__ = ["BITS", "WRITTEN"]

_number = count()


def _bit() -> int:
    return 1 << next(_number)


# -- classes of the lexicon, and what a walk asks for most: Python's arithmetic is fastest where
# -- both numbers lie within the first thirty bits -------------------------------------------

SAY = _bit()  #: takes a clause with or without "that": say, believe
REPORT = _bit()  #: takes a clause with "that", or a quotation: announce
ASK = _bit()  #: takes a question: wonder
URGE = _bit()  #: somebody to do something: tell, urge
PROMISE = _bit()  #: takes an infinitive: vow
ACCUSE = _bit()  #: somebody of or for something
DESCRIBE = _bit()  #: something as something
CALL = _bit()  #: something something
BLAME = _bit()  #: something on something
QUOTE = _bit()  #: brings a quotation only: speak of
PASSIVE = _bit()  #: is said to
NOUN = _bit()  #: the claim that
SAYING = _bit()  #: the -ing form of any of these
SURE = _bit()  #: is convinced that
HOLD = _bit()  #: says so only beside "that": made clear that, holds that, took the line that
BE, HAVE, MODAL, DO, ADVERB, LY = (_bit() for _ in range(6))
COMMA, STOP, ED, ES, DETERMINER, NOMINAL = (_bit() for _ in range(6))
CAPITAL, LOWER = (_bit() for _ in range(2))  #: as written: first letter a capital; all small
ROLE = _bit()  #: a person by office or trade, or a body that speaks
VAGUE = _bit()  #: critics, observers
VIEW = _bit()  #: in A's view
ACT = _bit()  #: takes a gerund: admitted stealing
DENY = _bit()  #: what is denied is another's claim
TELL = _bit()  #: names who is told before the clause
INFERENCE = _bit()  #: what figures do as well as people: suggest, show
PAST = _bit()  #: irregular past forms
PRESENT = _bit()  #: frequent present forms
DAY = _bit()
INTENT = _bit()  #: wanted, began: "wanted to say"
MENTION = _bit()  #: a word, title or name stands in the marks that follow
GREETING = _bit()  #: said goodbye: no clause
TEXT = _bit()  #: what is done with a report that somebody published
PUT = _bit()  #: as A put it
INSTRUMENT = _bit()  #: the clock said six
TITLE = _bit()  #: Mr, Gen: the point after it ends nothing
ATTITUDE = _bit()  #: a verb by which somebody judges, feels or wants: oppose, mourn
MOOD = _bit()  #: an adjective for somebody's feeling: furious, reluctant
STAND = _bit()  #: a noun for what somebody feels or demands: outrage over

_CLASSES = {
    "say": SAY,
    "report": REPORT,
    "ask": ASK,
    "urge": URGE,
    "promise": PROMISE,
    "accuse": ACCUSE,
    "describe": DESCRIBE,
    "call": CALL,
    "blame": BLAME,
    "quote": QUOTE,
    "passive": PASSIVE,
    "noun": NOUN,
    "saying": SAYING,
    "sure": SURE,
    "role": ROLE,
    "vague": VAGUE,
    "view": VIEW,
    "act": ACT,
    "deny": DENY,
    "tell": TELL,
    "inference": INFERENCE,
    "past": PAST,
    "present": PRESENT,
    "day": DAY,
    "intent": INTENT,
    "mention": MENTION,
    "greeting": GREETING,
    "text": TEXT,
    "put": PUT,
    "instrument": INSTRUMENT,
    "title": TITLE,
    "attitude": ATTITUDE,
    "mood": MOOD,
    "stand": STAND,
    "hold": HOLD,
}

# -- function words and marks --------------------------------------------------------------

PRONOUN, OBLIQUE, AUTHOR, SELF, AND, THAT = (_bit() for _ in range(6))
SUBORDINATE, QUESTION, TAKE_BACK, RELATIVE = (_bit() for _ in range(4))
ADVERBIAL, PREPOSITION, ING = (_bit() for _ in range(3))
CUT, DASH, POINT, LOOK, OPENER, INSERTER = (_bit() for _ in range(6))

_FUNCTION_WORDS = {
    BE: "is are was were be been being 's 're am isn't aren't wasn't weren't",
    HAVE: "has have had 've hasn't haven't hadn't",
    MODAL: "will would can could may might must should shall ought 'll 'd won't wouldn't can't"
    " cannot couldn't shouldn't mustn't",
    DO: "do does did don't doesn't didn't",
    ADVERB: "also then later earlier once again still now just even not never often always since"
    " already both all long first recently repeatedly themselves himself herself itself too ever"
    " only neither nor",
    PRONOUN: "he she they it",
    OBLIQUE: "him her them",
    DETERMINER: "the a an his her their its our my your this these those no any every each such"
    " of in on at by with from about under over per other another more most into between",
    NOMINAL: "the a an his her their its our my your this these any such another 's '",
    AUTHOR: "i we you one anyone nobody everyone everybody anybody let",
    SELF: "my our i we",
    SUBORDINATE: "while although though if when since as because after before whereas",
    QUESTION: "whether if why how what who where when which whose whom",
    TAKE_BACK: "but though although while whereas yet even despite however so or then",
    AND: "and",
    THAT: "that",
    RELATIVE: "who which that whose",
    ADVERBIAL: "yesterday today later earlier on in at during after before last this to reporters"
    " as when while again through via from",
    PREPOSITION: "to about of with in on at for as until under over from by into against among",
    COMMA: ",",
    STOP: ". ! ? … ... ;",
    CUT: "; (",
    DASH: "— – -- -",
    POINT: ".",
    LOOK: "according :",
    OPENER: "in for to as from",
    INSERTER: "in to as",
}

_NO_ADVERB_IN_LY = frozenset(
    [
        "family",
        "ally",
        "july",
        "italy",
        "assembly",
        "supply",
        "reply",
        "rally",
        "bully",
        "monopoly",
        "anomaly",
        "sicily",
        "kelly",
    ]
)
_NO_VERB_IN_ED = frozenset(["indeed", "hundred", "sacred", "wicked", "naked", "hatred", "kindred"])
_NO_VERB_IN_ING = frozenset(
    [
        "nothing",
        "something",
        "anything",
        "everything",
        "morning",
        "evening",
        "during",
        "according",
        "including",
        "following",
        "spring",
        "string",
        "building",
    ]
)

AUXILIARY = BE | HAVE | MODAL | DO
PASSED = AUXILIARY | ADVERB | LY
SPEECH = SAY | REPORT | ASK
FINITE = SPEECH | URGE | PROMISE | ACCUSE | DESCRIBE | CALL | BLAME | QUOTE
TRIGGER = FINITE | PASSIVE | NOUN | SAYING | SURE | HOLD
ENDS = COMMA | STOP
VERB = PAST | PRESENT | ED
#: What stands before a passive, be it an adverb, and behind a noun that takes a clause.
STRESSED = BE | ADVERB | LY
HANGS = THAT | BE | HAVE | PREPOSITION

#: What leads from an attitude to what it is about: outrage over.
ABOUT = frozenset(["of", "at", "over", "about", "for", "from", "against", "to", "with", "by"])
ABOUT |= {"toward", "towards"}


@cache
def _voices() -> tuple[str, ...]:
    return (*shipped("voices").rows, LAST)


@cache
def _function_words() -> dict[str, int]:
    """Return word → bits of the classes that list it here."""
    found: dict[str, int] = {}
    for bit, words in _FUNCTION_WORDS.items():
        for word in words.split():
            found[word] = found.get(word, 0) | bit
    return found


def _listed(word: str) -> int:
    """Return the bits of the classes that list a word."""
    bits, rows, line = _function_words().get(word, 0), _voices(), f"{word}\t"
    at = bisect_left(rows, line)
    while rows[at].startswith(line):
        bits |= _bits_of(rows[at].split("\t")[1])
        at += 1
    return bits


@cache
def _bits_of(feature: str) -> int:
    """Return the bits of the classes that a feature of the lexicon names."""
    bits = 0
    for name in feature.split(".")[1:]:
        bits |= _CLASSES[name]
    return bits | ADVERBIAL if bits & DAY else bits


def _shape(word: str) -> int:
    """Return the bits that a word's ending gives it."""
    bits = LY if word.endswith("ly") and word not in _NO_ADVERB_IN_LY else 0
    if len(word) > 4 and word.endswith("ed") and word not in _NO_VERB_IN_ED:
        bits |= ED
    if len(word) > 5 and word.endswith("ing") and word not in _NO_VERB_IN_ING:
        bits |= ING
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "'s")):
        bits |= ES
    return bits


class _Bits(dict[str, int]):
    """Word → what it can be, worked out when first asked for."""

    def __missing__(self, word: str) -> int:
        if len(self) > 200_000:
            self.clear()
        bits = self[word] = _listed(word) | _shape(word)
        return bits


#: Normalised token → its bits.
BITS = _Bits()


class _Written(dict[str, int]):
    """Token as written → its bits, with those of its letters."""

    def __init__(self) -> None:
        super().__init__()
        # Few sets of bits are shared by many tokens: each is one object, which stays in the cache.
        self._same: dict[int, int] = {}

    def __missing__(self, raw: str) -> int:
        if len(self) > 200_000:
            self.clear()
        bits = BITS[NORMAL[raw]]
        if raw[0].isupper():
            bits |= CAPITAL
        elif raw.islower():
            bits |= LOWER
        bits = self[raw] = self._same.setdefault(bits, bits)
        return bits


WRITTEN = _Written()


@cache
def noun_too(word: str) -> bool:
    """Whether a verb has a plural in -s that is a noun: report, claim, fear.

    Examples
    --------
    >>> noun_too("claim"), noun_too("said")
    (True, False)
    """
    return bool(BITS[word] & (NOUN | ROLE)) and _listed(word + "s") > 0
