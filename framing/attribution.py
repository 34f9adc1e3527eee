"""Attributed clauses: which words a sentence hangs on a source, and who the source is.

A left-to-right walk over the tokens with closed classes of words (``lexicons/en/voices.tsv``):
report verbs, nouns that take a that-clause, passives, "according to". No parser: a clause ends
at the punctuation and the conjunctions by which an author takes the word back.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from framing.lexicon import shipped

__all__ = ["Attribution", "attributions"]


class Attribution(NamedTuple):
    """A stretch of tokens that belongs to a source.

    Attributes
    ----------
    start, end : int
        Half-open token numbers of what the source says or thinks.
    speaker : tuple of (int, int) or None
        Half-open token numbers of the source.
    source : str or None
        ``"named"``, ``"unnamed"``, ``"vague"`` or None.
    """

    start: int
    end: int
    speaker: tuple[int, int] | None
    source: str | None


# What a word can be: bits of its classes.
SAY, REPORT, ASK, URGE, PROMISE, OF, AS, CALL, PASSIVE, NOUN, ROLE, VAGUE, SAYING, VIEW, SURE = (
    1 << bit for bit in range(15)
)
_BITS = {
    "say": SAY, "report": REPORT, "ask": ASK, "urge": URGE, "promise": PROMISE, "accuse": OF,
    "describe": AS, "call": CALL, "passive": PASSIVE, "noun": NOUN, "role": ROLE, "vague": VAGUE,
    "saying": SAYING, "view": VIEW, "sure": SURE,
}  # fmt: skip
_SPEECH = SAY | REPORT | ASK
_FINITE = _SPEECH | URGE | PROMISE | OF | AS | CALL
_TRIGGER = _FINITE | PASSIVE | NOUN | SAYING | SURE


@cache
def classes() -> dict[str, int]:
    """Return word → bits of the closed classes it belongs to."""
    found: dict[str, int] = {"according": 0}
    for row in shipped("voices").rows:
        word, feature = row.split("\t", 2)[:2]
        for part in feature.split(".")[1:]:
            found[word] = found.get(word, 0) | _BITS[part]
    return found


class _BitsOf(dict[str, int]):
    """Word → bits; words without a class are remembered as 0."""

    def __missing__(self, word: str) -> int:
        if len(self) > 200_000:
            self.clear()
        bits = self[word] = classes().get(word, 0)
        return bits


_BITS_OF = _BitsOf()


@cache
def _triggers() -> frozenset[str]:
    """Words and marks at which a walk stops to look."""
    return frozenset(
        {"according", ";"} | {word for word, bits in classes().items() if bits & _TRIGGER}
    )


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Closed classes of grammar: function words that steer the walk.
_AUTHOR = _set("i we you one anyone nobody everyone everybody anybody let")
_PRONOUN = _set("he she they it")
_OBLIQUE = _set("him her them")
_BE = _set("is are was were be been being 's 're am isn't aren't wasn't weren't")
_HAVE = _set("has have had 've hasn't haven't hadn't")
_MODAL = _set(
    "will would can could may might must should shall ought 'll 'd won't wouldn't can't cannot"
    " couldn't shouldn't mustn't"
)
_DO = _set("do does did don't doesn't didn't")
_AUXILIARY = _BE | _HAVE | _MODAL | _DO
_ADVERB = _set(
    "also then later earlier once again still now just even not never often always since already"
    " both all long first recently repeatedly themselves himself herself itself himself too ever"
)
_PASSED = _AUXILIARY | _ADVERB
_DETERMINER = _set(
    "the a an his her their its our my your this these those no any every each such of in on"
    " at by with from about under over per other another more most into between"
)
_POSSESSIVE = _set("his her their its")
_NOMINAL = _set("the a an his her their its our my your this these any such another 's '")
_FRONTED = frozenset({"in", "for", "to", "as", "from"})
_INSERTED = frozenset({"in", "to", "as"})
_STOP = frozenset({".", "!", "?", "…", "...", ";"})
_ENDS = frozenset({*_STOP, ",", ""})
_DASH = frozenset({"—", "–", "--", "-"})
_TAKE_BACK = _set("but though although while whereas yet even despite however so or then")
_SUBORDINATE = _set("while although though if when since as because after before whereas")
_QUESTION = _set("whether if why how what who where when which whose whom")
_INTENT = _set(
    "on refused declined continued continues used wants wanted failed able tried came moved begun"
    " began quick keen likely expected going had went goes"
)
_ADVERBIAL = _set(
    "monday tuesday wednesday thursday friday saturday sunday yesterday today later earlier on in"
    " at during after before last this to reporters as when while again through via from"
)
_DAYS = _set("monday tuesday wednesday thursday friday saturday sunday yesterday today")
_VAGUE_FIRST = _set("some many others most several few those")
_NO_NAME = _set("unnamed anonymous unidentified")
_ABBREVIATED = _set(
    "mr mrs ms dr gen sen rep gov prof st jr sr lt col sgt capt hon rev maj adm cmdr no inc corp co"
)
_IRREGULAR = _set(
    "took went came made got gave found left began became brought held met led won lost sent set"
    " kept ran rose fell grew spoke saw knew thought felt stood sat paid bought sold built fought"
    " struck hit broke drove flew chose drew spent needs wants seems looks makes takes gives knows"
    " comes goes means gets shows works fails remains becomes want need make take know go come get"
)
_INFERENCE = _set("suggest suggests suggested indicate indicates indicated imply implies implied"
                  " show shows showed shown mean means meant demonstrate demonstrates")


def attributions(
    words: list[str], raw: list[str], quoted: list[bool]
) -> tuple[list[Attribution], bool]:
    """Find what the sentence attributes.

    Parameters
    ----------
    words, raw : list of str
        Tokens of the sentence, normalised and as written.
    quoted : list of bool
        Which tokens lie inside quotation marks; they are passed over as one block.

    Returns
    -------
    found : list of Attribution
        By start; none lies inside another.
    framed : bool
        Whether anybody is said to say or think something, be it all in quotation marks.

    Examples
    --------
    >>> from framing.text import tokenise
    >>> tokens = tokenise("The mayor said that the plan would fail, but she was wrong.")
    >>> found, framed = attributions(tokens.words, tokens.raw, [False] * len(tokens))
    >>> [tokens.words[one.start : one.end] for one in found]
    [['the', 'plan', 'would', 'fail']]
    """
    triggers = _triggers()
    if triggers.isdisjoint(words):
        places = []
    else:
        places = [index for index, word in enumerate(words) if word in triggers]
    comma = 0
    for _ in range(words.count(",")):
        comma = words.index(",", comma) + 1
        if comma < len(words) and words[comma] in _INSERTED:
            places.append(comma - 1)
            places.sort()
    if not places and not (words and words[0] in _FRONTED):
        return [], False
    walk = _Walk(words, raw, quoted)
    walk.run(places)
    if not walk.found:
        return [], walk.framed
    found: list[Attribution] = []
    for one in sorted(set(walk.found), key=lambda one: (one.start, -one.end)):
        if not found or one.end > found[-1].end:
            found.append(one)
    return found, walk.framed


class _Walk:
    """One pass over one sentence."""

    def __init__(self, words: list[str], raw: list[str], quoted: list[bool]) -> None:
        self.words, self.raw, self.quoted = words, raw, quoted
        if "." in words[:-1]:  # the point of an abbreviation ends nothing
            self.words = [
                "" if word == "." and index and words[index - 1] in _ABBREVIATED else word
                for index, word in enumerate(words)
            ]
        self.size = len(words)
        self.bits = list(map(_BITS_OF.__getitem__, words))
        self.found: list[Attribution] = []
        self.framed = False

    def run(self, places: list[int]) -> None:
        if self.words and self.words[0] in _FRONTED:
            self._fronted(0)
        for index in places:
            if self.quoted[index]:
                continue
            bits = self.bits[index]
            if bits & _TRIGGER:
                self._trigger(index, bits)
            elif self.words[index] == "according":
                self._according(index)
            elif self._word(index + 1) in _FRONTED:
                self._fronted(index + 1)

    # -- frames before or around a clause -------------------------------------------------

    def _according(self, at: int) -> None:
        """``according to Y``: before what Y says, after it, or inside it."""
        end = self._phrase_end(at + 2)
        speaker = (at + 2, end)
        if self._word(at + 1) != "to" or self._word(at + 2) in _QUESTION:
            return
        if not self._is_source(*speaker):
            return
        if self._word(end) in ("who", "which", "that", "whose"):
            end = self._next(end, {","}) or end
        self.framed = True
        before = at - 1 - (at > 0 and self.words[at - 1] == ",")
        if before < 0 or (before <= 1 and self.words[before] in ("and", "but", "yet", "while")):
            self._add(end + (self._word(end) == ","), self._clause_end(end + 1), speaker)
            return
        start = self._clause_start(before)
        self._add(start, before + 1, speaker)
        self._resume(end, start, before + 1, speaker)

    def _fronted(self, at: int) -> None:
        """``In A's view, …``, ``For A, …``, ``As A put it, …``, ``To his critics, …``."""
        first = self._word(at)
        if first not in _FRONTED:
            return
        comma = next(
            (
                index
                for index in range(at + 2, min(at + 16, self.size))
                if self.words[index] == "," and not self.quoted[index]
            ),
            0,
        )
        if not comma and first != "to":
            return
        inside = range(at + 1, comma)
        if first == "as":
            if not any(self.bits[i] & (SAY | REPORT) or self.words[i] in ("put", "puts", "sees", "concerned") for i in inside):
                return
            if any(self.words[i] in _AUTHOR for i in inside) or self.words[comma - 1] in ("expected",):
                return
            last = next((i for i in inside if self.bits[i] & (SAY | REPORT) or self.words[i] in ("put", "puts", "sees")), comma)
            speaker = (at + 1, last)
            if not self._is_source(*speaker) and self.words[comma - 1] != "concerned":
                return
        elif first in ("in", "from", "to"):
            held = [i for i in range(at + 1, comma or self.size) if self.bits[i] & VIEW]
            critics = [i for i in inside if self.bits[i] & VAGUE]
            if held and (self._word(held[0] + 1) == "of" or held[0] + 1 in (comma, comma)):
                of = self._word(held[0] + 1) == "of"
                speaker = (held[0] + 2, comma) if of else (at + 1, held[0])
            elif first == "to" and critics and comma == critics[-1] + 1:
                speaker = (at + 1, comma)
            else:
                return
            if any(self.words[i] in ("my", "our", "your", "this", "fact") for i in inside):
                return
        else:
            if at and self.words[at - 1] != ";":
                return
            named = self.raw[at + 1][0].isupper() or self.bits[comma - 1] & ROLE
            if not named or any(self.words[i] in ("years", "months", "days", "now", "example", "instance") for i in inside):
                return
            if self._word(comma + 1) in ("who", "whose"):
                comma = self._next(comma + 1, {","}) or comma
            follows = self.words[comma + 1 : comma + 12]
            if "is" not in follows and "was" not in follows:
                return
            speaker = (at + 1, comma)
        self.framed = True
        if at == 0 or self.words[at - 1] == ";":
            end = self._clause_end(comma + 1)
            self._add(comma + 1, end, speaker)
        else:
            start = self._clause_start(at - 2)
            self._add(start, at - 1, speaker)
            self._resume(comma, start, at - 1, speaker)

    # -- clauses hung on a word -----------------------------------------------------------

    def _trigger(self, at: int, bits: int) -> None:
        if bits & PASSIVE and self._passive(at):
            return
        if bits & NOUN and self._noun(at):
            return
        if bits & SURE:
            self._sure(at)
        elif bits & SAYING:
            self._participle(at, bits)
        elif bits & _FINITE:
            self._finite(at, bits)

    def _passive(self, at: int) -> bool:
        """``is said to``, ``was accused of``, ``it is believed that``."""
        begin = self._left_of_adverbs(at, _ADVERB)
        if begin < 0 or self.words[begin] not in _BE:
            return False
        subject = self._left_of_adverbs(begin, _PASSED)
        if subject >= 0 and self.words[subject] in ("i", "we", "you"):
            return True
        group = self.words[subject + 1 : begin]
        if any(word in _MODAL for word in group) or self._word(begin - 1) == "to":
            return True  # it must be said that: the author
        follows = self._word(at + 1)
        speaker = None
        mark = at + 1
        if follows == "by":
            end = self._phrase_end(at + 2, stop=("as", "of", "to", "that"))
            speaker, mark = (at + 2, end), end
            follows = self._word(mark)
        if follows in ("to", "that", "of", "as", "for", "against"):
            start = mark + (follows != "to")
            if follows in ("of", "for", "against") and not self.bits[at] & (OF | URGE | NOUN):
                return False
            if self.bits[start] & SAYING if start < self.size else False:
                return False  # quoted as saying: the participle carries on
        else:
            start = self._complement(at, reach=5) or 0
            if not start or self._word(begin - 1) != "it":
                return False
        self.framed = True
        self._add(start, self._clause_end(start), speaker)
        return True

    def _noun(self, at: int) -> bool:
        """``her claim that …``, ``the report's warning that …``, ``her point is that …``."""
        that = at + 1
        if self._word(that) == "by":
            that = next((i for i in range(at + 2, min(at + 9, self.size)) if self.words[i] == "that"), 0)
        elif self._word(that) in ("is", "was"):
            that += 1
        if not that or self._word(that) != "that" or at == 0:
            return False
        begin = at
        while begin > 0 and at - begin < 5 and self.words[begin - 1] not in _NOMINAL:
            if self.words[begin - 1] in _ENDS or self.words[begin - 1] in ("and", "no"):
                break
            begin -= 1
        owner = self.words[begin - 1] if begin else ""
        if owner in ("my", "our", "your", "no", "this", "any"):
            return True
        if owner not in _NOMINAL and self.bits[at] & (_FINITE | SAYING):
            return False
        if self._word(that + 1) in _AUXILIARY or self._word(that + 1) in _IRREGULAR:
            return True  # a relative clause: the report that was
        speaker = None
        if owner in _POSSESSIVE:
            speaker = (begin - 1, begin)
        elif owner in ("'s", "'") and begin >= 2:
            speaker = (self._subject_start(begin - 2), begin - 1)
        if speaker and self.words[speaker[0]] in _AUTHOR:
            return True
        end = self._clause_end(that + 1)
        if not self._has_verb(0, at) and that == at + 1:
            end = self._subject_clause_end(that + 1, end)
        self.framed = True
        self._add(that + 1, end, speaker)
        return True

    def _sure(self, at: int) -> None:
        """``is convinced (that) …``."""
        begin = self._left_of_adverbs(at, _ADVERB)
        if begin < 1 or self.words[begin] not in _BE:
            return
        subject = (self._subject_start(begin - 1), begin)
        if not self._is_source(*subject):
            return
        follows = self._word(at + 1)
        if follows == "," and self._word(subject[0] - 1) == ",":
            self._around(subject, at)
        elif follows not in _ENDS and follows not in ("of", "about", "to", "for", "with", "by", "at", "in"):
            start = at + 1 + (follows == "that")
            if self._has_verb(start, self._clause_end(start)):
                self.framed = True
                self._add(start, self._clause_end(start), subject)

    def _participle(self, at: int, bits: int) -> None:
        """``, adding that …``: the source of the main clause goes on."""
        previous = self._word(at - 1)
        if previous in _NOMINAL:
            return
        begin = self._left_of_adverbs(at, _ADVERB)
        if begin >= 1 and self.words[begin] in _BE:  # is asking, are warning: finite
            subject = (self._subject_start(begin - 1), begin)
            if self._is_source(*subject):
                self._leading(at, bits, subject)
            return
        if previous in ("for", "of") and at >= 2 and self.words[0] in _AUTHOR:
            return
        self._leading(at, bits, None, fronted=at == 0)

    def _finite(self, at: int, bits: int) -> None:
        """A report verb with its subject: leading, trailing, inverted or interrupting."""
        left = self._left_of_adverbs(at, _PASSED)
        previous = self.words[left] if left >= 0 else ""
        if self.words[at] == "called" and previous == "so":
            return  # so-called
        if any(word in _BE for word in self.words[left + 1 : at]):
            return  # was never found
        if self.bits[at] & (NOUN | ROLE) and self.words[at] + "s" in classes():
            # report, claim, fear: a verb only after a plural or a pronoun
            if left == at - 1 and not (previous.endswith("s") or previous in _PRONOUN | {"who", "to", ",", "people", "and"} or self.bits[left] & VAGUE):
                return
        if left == at - 1 and self._inverted(at, left, bits):
            return
        if left < 0 or previous in _AUTHOR or (previous in _DETERMINER and not self.quoted[left]):
            return
        speaker: tuple[int, int] | None = None
        if previous == "to":
            if left == 0 or self.words[left - 1] not in _INTENT:
                return
        elif previous == ",":
            comma = self._apposition(left)
            if not comma:
                return
            speaker = (self._subject_start(comma - 1), comma)
            if self._has_verb(0, speaker[0]) and self._trailing(at, speaker, bits):
                return
        elif previous in ("who", "that", "which"):
            speaker = (self._subject_start(left - 1), left) if left else None
        elif previous in ("and", "but", "or", "then") or self.quoted[left]:
            speaker = None
        else:
            speaker = (self._subject_start(left), left + 1)
            if self._is_author(speaker):
                return
            if self._trailing(at, speaker, bits):
                return
            if self.words[at] in _INFERENCE and not self._is_source(*speaker):
                return
            if any(word in ("clock", "sign", "sundial", "thermometer") for word in self.words[slice(*speaker)]):
                return
        if speaker and self._is_author(speaker):
            return
        self._leading(at, bits, speaker)

    def _leading(
        self, at: int, bits: int, speaker: tuple[int, int] | None, fronted: bool = False
    ) -> None:
        """What follows the verb belongs to the source."""
        follows = self._word(at + 1)
        if follows == ":":
            self.framed = True
            self._add(at + 2, self.size, speaker)
            return
        start = self._content_start(at, bits, fronted)
        if start is None:
            if bits & (_SPEECH | CALL | AS) and self._quotation_follows(at):
                self.framed = True
            return
        self.framed = True
        first = self._word(self._subject_start(at - 1) - 1) if at else ""
        fronted = fronted or (self.words[0] in _SUBORDINATE or first in _SUBORDINATE)
        end = self._clause_end(start, fronted)
        if self.quoted[start] and bits & _SPEECH:
            return  # the quotation is what was said
        self._add(start, end, speaker)

    def _content_start(self, at: int, bits: int, fronted: bool = False) -> int | None:
        """First token of what a verb reports; None if it reports nothing here."""
        follows = self._word(at + 1)
        if bits & PROMISE and follows == "to":
            return at + 1
        if bits & URGE and follows == "against":
            return at + 2
        if bits & _SPEECH:
            start = self._complement(at)
            if start is not None:
                return start
        if bits & ASK:
            for index in range(at + 1, min(at + 7, self.size)):
                if self.words[index] in _QUESTION and not self.quoted[index]:
                    return index
                if self.words[index] in _ENDS or self.quoted[index] or self.words[index] in ("for", "about", "of"):
                    break
        if bits & URGE and follows != "not":
            for index in range(at + 1, min(at + 9, self.size)):
                if self.words[index] == "to" and (index > at + 1 or self.words[at].startswith("appeal")):
                    following = self._word(index + 1)
                    if following not in _DETERMINER and following not in _PRONOUN and not self.raw[index + 1 : index + 2] == []:
                        if not self.raw[index + 1][0].isupper():
                            return index
                if self.words[index] in _ENDS or self.quoted[index]:
                    break
        if bits & (OF | AS):
            wanted = ("of", "for") if bits & OF else ("as",)
            for index in range(at + 1, min(at + 12, self.size)):
                if self.words[index] in wanted and not self.quoted[index] and index > at + 1:
                    return None if self._word(index + 1) == "" or self._all_quoted(index + 1) else index + 1
                if self.words[index] in _ENDS:
                    break
        if bits & CALL:
            if follows in _ENDS or follows in _ADVERBIAL or follows in ("for", "by", "off", "up", "back", "out", "itself") or self._quotation_follows(at):
                return None
            return at + 1
        if bits & SAY:
            return self._bare(at, fronted)
        return None

    def _bare(self, at: int, fronted: bool = False) -> int | None:
        """A clause without "that": after the addressee and the day, if it has a verb."""
        start = at + 1
        if self._word(start) in _DAYS:
            start += 1
        elif self._word(start) == "on" and self._word(start + 1) in _DAYS:
            start += 2
        if self.words[at] in ("told", "tell", "tells", "telling", "warned", "assured", "reminded"):
            if self._word(start) in ("the", "a", "his", "her", "their", "its"):
                start += 1
            start += 1
        if start < self.size and self.quoted[start]:
            return start
        if self._word(start) in _ENDS or self._word(start) in ("to", "about", "of", "with", "in", "on", "at", "for", "as", "until", "under"):
            return None
        return start if self._has_verb(start, self._clause_end(start, fronted)) else None

    def _trailing(self, at: int, speaker: tuple[int, int], bits: int) -> bool:
        """``…, Dole said`` — the clause before the comma is Dole's."""
        if not bits & _SPEECH:
            return False
        before = speaker[0] - 1
        if before < 1 or not (self.words[before] in (",", "?", "!") or self.quoted[before]):
            return False
        follows = self._word(at + 1)
        if follows == "," and at + 2 < self.size and self.quoted[at + 2] and not self.quoted[before - 1] and not self.quoted[before]:
            return False
        told = self.words[at] in ("told", "tells") and self._complement(at) is None and not self._quotation_follows(at)
        if not (follows in _ENDS or follows in _ADVERBIAL or told):
            return False
        if self._complement(at) is not None:
            return False
        start = self._clause_start(before - 1)
        if follows not in _ENDS and self._speaks(start, before):
            return False  # somebody else is speaking there already
        self.framed = True
        self._around(speaker, at, told)
        return True

    def _around(self, speaker: tuple[int, int], at: int, told: bool = False) -> None:
        """Give the clause before a frame to the speaker, and what goes on after it."""
        before = speaker[0] - 1
        stop = before if self.words[before] == "," else before + 1
        start = self._clause_start(stop - 1)
        if not self._all_quoted(start, stop):
            self._add(start, stop, speaker)
        after = at + 1
        if self._word(after) not in _ENDS:
            after = self._next(after, {",", ".", ";"}) or self.size
        self._resume(after, start, stop, speaker)

    def _inverted(self, at: int, left: int, bits: int) -> bool:
        """``…, said Dole, a lawyer``."""
        if not bits & (SAY | REPORT) or left < 1 or at + 1 >= self.size:
            return False
        if self.words[at] in ("told", "tells", "tell") or self._complement(at) is not None:
            return False
        if not (self.words[left] in (",", "?", "!") or self.quoted[left]) or self.quoted[at + 1]:
            return False
        end = self._phrase_end(at + 1)
        if not self._is_source(at + 1, end):
            return False
        if any(
            word in _AUXILIARY and word != "'s"
            or word.endswith("ed") and self._word(index + 1) not in ("by", "on", "in", "with", "to")
            for index, word in enumerate(self.words[at + 2 : end], at + 2)
        ):
            return False
        if self.words[at + 1] in _PRONOUN and end > at + 2:
            return False
        stop = left if self.words[left] == "," else left + 1
        start = self._clause_start(stop - 1)
        self.framed = True
        if not self._all_quoted(start, stop):
            if not self._has_verb(start, stop) and stop - start < 5:
                return False
            self._add(start, stop, (at + 1, end))
        after = end
        while self._word(after) == "," and not self._verb_or_and(after + 1):
            following = self._next(after + 1, {","})
            if not following:
                return True
            after = following
        self._resume(after, start, stop, (at + 1, end))
        return True

    def _resume(self, comma: int, start: int, stop: int, speaker: tuple[int, int]) -> None:
        """After an interrupting frame the source's clause may go on."""
        if self._word(comma) != "," or comma + 1 >= self.size:
            return
        following = self._word(comma + 1)
        if self.quoted[comma + 1] or following in _TAKE_BACK or self.bits[comma + 1] & SAYING:
            return
        if following == "and":
            if not self._all_quoted(start, stop) and not self._frame_in(comma + 2):
                self._add(comma + 1, self._clause_end(comma + 1), speaker)
        elif not self._has_verb(start, stop) and (
            following in _AUXILIARY or self._has_verb(comma + 1, self.size)
        ) and following not in ("who", "which", "whose", "when", "the", "a", "an"):
            self._add(comma + 1, self._clause_end(comma + 1), speaker)

    # -- pieces ---------------------------------------------------------------------------

    def _word(self, at: int) -> str:
        return self.words[at] if 0 <= at < self.size else ""

    def _next(self, at: int, wanted: set[str]) -> int:
        """First unquoted token of these from ``at`` on; 0 if there is none."""
        for index in range(at, self.size):
            if self.words[index] in wanted and not self.quoted[index]:
                return index
        return 0

    def _left_of_adverbs(self, at: int, passed: frozenset[str]) -> int:
        """The token before ``at``, adverbs and the like passed over."""
        index = at - 1
        while index >= 0 and not self.quoted[index] and (
            self.words[index] in passed or (self.words[index].endswith("ly") and index > 0)
        ):
            index -= 1
        return index

    def _has_verb(self, start: int, end: int) -> bool:
        """Whether a finite verb is likely among these tokens."""
        for index in range(max(start, 0), min(end, self.size)):
            word = self.words[index]
            if self.quoted[index]:
                continue
            if word in _AUXILIARY and word != "'s" or word in _IRREGULAR:
                return True
            if len(word) > 4 and word.endswith("ed") and index > start:
                return True
            if self.bits[index] & _FINITE and index > start and self._word(index - 1) not in _DETERMINER:
                return True
            if word in _PRONOUN and word != "it" and index + 1 < end:
                return True
            if index > start + 1 and word.endswith("s") and not word.endswith(("ss", "us", "'s")) and len(word) > 3 and self.words[index - 1] not in _DETERMINER and self.raw[index].islower() and (self.words[index - 1] in _PRONOUN or self.raw[index - 1][0].isupper()):
                return True
        return False

    def _all_quoted(self, start: int, end: int | None = None) -> bool:
        """Whether these tokens are one quotation and nothing else."""
        stop = self.size if end is None else end
        if start >= stop or not self.quoted[start]:
            return False
        if end is None:
            return True
        return all(self.quoted[start:stop])

    def _quotation_follows(self, at: int) -> bool:
        """Whether a quotation stands in the clause after ``at``."""
        for index in range(at + 1, min(at + 14, self.size)):
            if self.quoted[index]:
                return True
            if self.words[index] in _ENDS and self.words[index] != ",":
                return False
        return False

    def _complement(self, at: int, reach: int = 9) -> int | None:
        """Where the that-clause of a verb begins, if one follows closely."""
        for index in range(at + 1, min(at + reach, self.size)):
            word = self.words[index]
            if self.quoted[index]:
                return None
            if word == "that":
                plain = self.words[index - 1]
                # "denied a report that …": the noun carries the clause
                return index + 1 if index == at + 1 or not self.bits[index - 1] & NOUN or plain in _DAYS else None
            if word in ("whether", "how", "why") and (index == at + 1 or self.bits[at] & ASK):
                return index
            if word in _STOP or word in (",", ":") or word in _AUXILIARY:
                return None
            if index > at + 1 and self.bits[index] & SAY and self.words[index - 1] not in _DETERMINER:
                return None
        return None

    def _clause_end(self, at: int, fronted: bool = False) -> int:
        """First token after the clause: the sentence's end, or where the author takes over."""
        for index in range(at, self.size):
            if self.quoted[index]:
                continue
            word = self.words[index]
            if word == ";" or word == "(" or (word in _DASH and index > at):
                return index
            if word == "," and (fronted and index > at + 1 or self._turns(index + 1)):
                return index
        end = self.size
        while end > at and self.words[end - 1] == "." and not self.quoted[end - 1]:
            end -= 1
        return end

    def _turns(self, at: int) -> bool:
        """Whether the author speaks again from here, after a comma."""
        word = self._word(at)
        if word in _TAKE_BACK:
            return self._word(at + 1) not in ("that", "also", "not", "instead", "if", "when")
        if word in ("and", "which"):
            if word == "which":
                return self._word(at + 1) in ("is", "was") and not self._has_verb(at + 2, at + 6)
            following = self._word(at + 1)
            return (
                self._frame_in(at + 1)
                or following in _HAVE
                or following in ("for", "on", "this", "yet", "then")
            )
        if word == "according" or (self.bits[at] & SAYING if at < self.size else False):
            return True
        return self._frame_in(at)

    def _speaks(self, start: int, end: int) -> bool:
        """Whether a report verb stands among these tokens."""
        return any(
            self.bits[index] & SAY and not self.quoted[index] for index in range(start + 1, end)
        )

    def _frame_in(self, at: int) -> bool:
        """Whether another source is introduced before the next comma."""
        for index in range(at, min(at + 9, self.size)):
            if self.words[index] in _ENDS:
                return False
            if self.bits[index] & _SPEECH and not self.bits[index] & SAYING:
                if self._word(index - 1) not in _DETERMINER and self._word(index - 1) != "to":
                    return True
        return False

    def _verb_or_and(self, at: int) -> bool:
        return self._word(at) in _AUXILIARY or self._word(at) == "and"

    def _subject_clause_end(self, start: int, end: int) -> int:
        """End of a that-clause inside the subject: before the sentence's own verb."""
        seen = False
        inside = False
        for index in range(start, end):
            word = self.words[index]
            if self.quoted[index]:
                continue
            if word == ",":
                return index
            if word in ("who", "that", "which", "because", "and", "but", "when", "while", "how"):
                inside = True
            starts_group = (word in _AUXILIARY or word in _IRREGULAR) and self._word(index - 1) not in _AUXILIARY and word not in ("'s", "be", "been")
            if starts_group:
                if seen and not inside:
                    return index
                inside, seen = False, True
        return end

    def _clause_start(self, at: int) -> int:
        """Where the clause that ends at token ``at`` begins."""
        for index in range(at, -1, -1):
            if self.quoted[index]:
                continue
            word = self.words[index]
            if word == ";" or word == ":":
                return index + 1
            if word in ("but", "while", "although", "though") and (
                index == 0 or self.words[index - 1] == ","
            ):
                return index + 1
            if word == "," and self._earlier_frame(index):
                return index + 1 + (self._word(index + 1) == "and")
        return 0

    def _earlier_frame(self, comma: int) -> bool:
        """Whether a source spoke before this comma in a sentence of several sources."""
        return any(self.bits[i] & SAY and not self.quoted[i] and self.words[i - 1] not in _DETERMINER and self.words[i - 1] != "to" for i in range(1, comma)) and self._frame_in(comma + 1)

    def _apposition(self, left: int) -> int:
        """The comma that opens the apposition ending at ``left``; 0 if there is none."""
        for index in range(left - 1, max(left - 18, 0), -1):
            if self.words[index] == "," and not self.quoted[index]:
                return index
        return 0

    def _subject_start(self, left: int) -> int:
        """Leftmost token of the noun phrase that ends at ``left``."""
        index = left
        while index >= 0 and left - index < 14:
            word = self.words[index]
            if self.quoted[index] or word in (",", ";", ":", "that", "but", "because"):
                break
            if word == "and" or word in _SUBORDINATE:
                following = self.raw[index + 1][0] if index + 1 < self.size else ""
                if word != "and" or not following.isupper():
                    break
            if index < left and word in _AUXILIARY and word != "'s":
                break
            if index < left and self.bits[index] & SAY and not self.bits[index] & (ROLE | NOUN | VAGUE) and self.raw[index].islower():
                break
            index -= 1
        return index + 1

    def _phrase_end(self, at: int, stop: tuple[str, ...] = ()) -> int:
        """First token after the noun phrase that begins at ``at``."""
        for index in range(at, self.size):
            word = self.words[index]
            if self.quoted[index] or word in _STOP or word in _DASH or word in stop:
                return index
            if word in (",", "who", "which", "but", "that", "whose", "as", "when", "(", ":", "and"):
                following = self.raw[index + 1][0] if index + 1 < self.size else ""
                if word != "and" or not following.isupper():
                    return index
        return self.size

    def _is_author(self, speaker: tuple[int, int]) -> bool:
        if speaker[0] >= speaker[1]:
            return False
        span = self.words[speaker[0] : speaker[1]]
        return span[0] in ("i", "we", "you", "let") or (span[-1] in _AUTHOR and len(span) < 3)

    def _is_source(self, start: int, end: int) -> bool:
        """Whether a noun phrase can be somebody or a document that speaks."""
        if start >= end:
            return False
        for index in range(start, min(end, self.size)):
            word = self.words[index]
            if word in ("my", "our", "i", "we"):
                return False
            if self.bits[index] & (ROLE | VAGUE) or word in _OBLIQUE or (
                word in _PRONOUN and word != "it"
            ):
                return True
            if index and self.raw[index][0].isupper():
                return True
        return start == 0 and end > 1 and self.raw[0][0].isupper() and not self.bits[0] and (
            self.words[0] not in _DETERMINER and self.words[0] not in _SUBORDINATE
            and self.words[0] not in ("evidence", "prices", "everything", "this", "that", "all")
        )

    def _add(self, start: int, end: int, speaker: tuple[int, int] | None) -> None:
        while end > start and self.words[end - 1] in (",", ".", ";", "") and not self.quoted[end - 1]:
            end -= 1
        if end <= start:
            return
        if speaker and not (0 <= speaker[0] < speaker[1]):
            speaker = None
        self.found.append(
            Attribution(start, end, speaker, self._source(speaker) if speaker else None)
        )

    def _source(self, speaker: tuple[int, int]) -> str:
        """Whether a source is named, has only a role, or is nobody in particular."""
        first, last = speaker
        span = self.words[first:last]
        if span[0] in _PRONOUN or (len(span) == 1 and span[0] in _POSSESSIVE):
            return "named"
        if span[0] in _VAGUE_FIRST:
            return "vague"
        if any(word in _NO_NAME for word in span):
            return "unnamed"
        for index in range(first, last):
            initial = index == 0 and (self.bits[0] or self.words[0] in _DETERMINER)
            if self.raw[index][0].isupper() and not initial and self.words[index] not in (
                "the", "a", "an", "one", "two", "three", "four", "five", "another", "police"
            ):
                return "named"
        counted = span[0] in ("the", "two", "three", "four", "police", "a", "an", "his", "her")
        head = self.bits[last - 1] if last - 1 < self.size else 0
        return "vague" if head & VAGUE and not counted else "unnamed"
