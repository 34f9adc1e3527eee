"""Attributed clauses: which words a sentence hangs on a source, and who the source is.

A left-to-right walk over the tokens by the frames of attribution: a report verb with its
subject before, behind or inside the clause; nouns that take a that-clause; passives;
"according to". Where clauses end is :mod:`framing.clauses`' to say, who speaks
:mod:`framing.speakers`'.
"""

from __future__ import annotations

from typing import NamedTuple

from framing.clauses import (
    Line,
    Mode,
    clause_end,
    clause_start,
    complement,
    frame_in,
    gerund,
    has_verb,
    subject_clause_end,
)
from framing.grammar import (
    OPENER,
    LOOK,
    INSERTER,
    CUT,
    ACCUSE,
    ACT,
    ADVERB,
    ADVERBIAL,
    AND,
    ASK,
    AUTHOR,
    AUXILIARY,
    BE,
    BITS,
    BLAME,
    CALL,
    COMMA,
    DAY,
    DENY,
    DESCRIBE,
    DETERMINER,
    ED,
    ENDS,
    ES,
    FINITE,
    GREETING,
    HAVE,
    INFERENCE,
    INSTRUMENT,
    INTENT,
    LY,
    MODAL,
    NOMINAL,
    NOUN,
    OBLIQUE,
    PASSED,
    PASSIVE,
    PREPOSITION,
    PRESENT,
    PROMISE,
    PRONOUN,
    PUT,
    QUESTION,
    QUOTE,
    RELATIVE,
    REPORT,
    ROLE,
    SAY,
    SAYING,
    SPEECH,
    SUBORDINATE,
    SURE,
    TAKE_BACK,
    TELL,
    TEXT,
    THAT,
    TRIGGER,
    URGE,
    VAGUE,
    VERB,
    VIEW,
    noun_too,
)
from framing.speakers import (
    Span,
    apposition,
    is_author,
    is_source,
    main_subject,
    phrase_end,
    source_of,
    subject_start,
)

__all__ = ["Attribution", "Frame", "attributions"]


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


class Frame(NamedTuple):
    """A place at which somebody is said to say or think something.

    Attributes
    ----------
    at : int
        Token number of the word that says so.
    speaker : tuple of (int, int) or None
        Half-open token numbers of the source.
    source : str or None
        As in :class:`Attribution`.
    """

    at: int
    speaker: tuple[int, int] | None
    source: str | None


_FRONTED = frozenset({"in", "for", "to", "as", "from"})
_OWN = frozenset("my our your no this any".split())
_NOT_A_VIEW = frozenset("my our your this fact".split())
_TIMES = frozenset("years months days now example instance".split())
_FOLLOW_SURE = frozenset("of about to for with by at in on".split())
_NOT_CALLED = frozenset("for by off up back out itself".split())
_JOINING = frozenset("and but or then".split())
#: With these the source's clause goes on after the frame, though it has its verb already.
_MARKED = TRIGGER | LOOK | COMMA | CUT
_ALONE = FINITE | SAYING | SURE
_RESUMING = frozenset("with within like unlike including especially particularly mostly".split())


def attributions(
    words: list[str], raw: list[str], quoted: list[bool]
) -> tuple[list[Attribution], list[Frame]]:
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
    frames : list of Frame
        Where anybody is said to say or think something, be it all in quotation marks.

    Examples
    --------
    >>> from framing.text import tokenise
    >>> tokens = tokenise("The mayor said that the plan would fail, but she was wrong.")
    >>> found, frames = attributions(tokens.words, tokens.raw, [False] * len(tokens))
    >>> [tokens.words[one.start : one.end] for one in found]
    [['the', 'plan', 'would', 'fail']]
    >>> frames
    [Frame(at=2, speaker=(0, 2), source='unnamed')]
    """
    bits = list(map(BITS.__getitem__, words))
    places = _places(bits)
    if not places and not (words and words[0] in _FRONTED):
        return [], []
    walk = _Walk(Line(words, raw, quoted, bits))
    walk.run(places)
    if len(walk.found) < 2:
        return walk.found, walk.frames
    found: list[Attribution] = []
    for one in sorted(set(walk.found), key=lambda one: (one.start, -one.end)):
        if not found or one.end > found[-1].end:
            found.append(one)
    return found, walk.frames


def _places(bits: list[int]) -> list[int]:
    """Where a walk has to stop and look."""
    return [
        index
        for index, kind in enumerate(bits)
        if kind & _MARKED and (kind & LOOK or _worth_a_look(bits, index, kind))
    ]


def _worth_a_look(bits: list[int], at: int, kind: int) -> int:
    """Whether a frame can stand here, by the word on either side."""
    follows = bits[at + 1] if at + 1 < len(bits) else 0
    if kind & COMMA:
        return follows & INSERTER
    if kind & CUT:
        return follows & OPENER
    before = bits[at - 1] if at else 0
    if kind & NOUN and follows & (THAT | BE | HAVE | PREPOSITION):
        return 1
    if kind & _ALONE:
        return kind & (SAYING | SURE) or not before & DETERMINER or before & PASSED
    return before & (BE | ADVERB | LY)


class _Walk:
    """One pass over one sentence."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.found: list[Attribution] = []
        self.frames: list[Frame] = []

    def run(self, places: list[int]) -> None:
        line = self.line
        if line.words[0] in _FRONTED:
            self._fronted(0)
        for index in places:
            if line.quoted[index]:
                continue
            bits = line.bits[index]
            if bits & TRIGGER:
                self._trigger(index, bits)
            elif not bits & LOOK:
                self._fronted(index + 1)
            elif line.words[index] == ":":
                self._headed(index)
            else:
                self._according(index)

    def _headed(self, colon: int) -> None:
        """``Minister: “…”``."""
        line = self.line
        if self.frames or colon + 1 >= line.size or not line.quoted[colon + 1]:
            return
        if has_verb(line, 0, colon):
            self._frame(colon, main_subject(line, 0, known=False))
        elif 0 < colon < 8:
            self._frame(colon, (0, colon))

    def _add(self, start: int, end: int, speaker: Span | None) -> None:
        """Give tokens to a source."""
        line = self.line
        while end > start and line.bits[end - 1] & ENDS and not line.quoted[end - 1]:
            end -= 1
        if end > start:
            speaker, source = self._known(speaker)
            self.found.append(Attribution(start, end, speaker, source))

    def _frame(self, at: int, speaker: Span | None) -> None:
        """Note that somebody speaks here."""
        self.frames.append(Frame(at, *self._known(speaker)))

    def _known(self, speaker: Span | None) -> tuple[Span | None, str | None]:
        if not speaker or not 0 <= speaker[0] < speaker[1]:
            return None, None
        return speaker, source_of(self.line, speaker)

    def _last_speaker(self) -> Span | None:
        """The source of the frame before, for what is joined to it."""
        return self.frames[-1].speaker if self.frames else None

    # -- frames before or around a clause -------------------------------------------------

    def _according(self, at: int) -> None:
        """``according to Y``: before what Y says, after it, or inside it."""
        line = self.line
        end = phrase_end(line, at + 2)
        speaker = (at + 2, end)
        if line.word(at + 1) != "to" or line.is_(at + 2, QUESTION) or not is_source(line, *speaker):
            return
        if line.is_(end, RELATIVE | THAT):
            end = line.find(end, COMMA) or end
        self._frame(at, speaker)
        before = at - 1 - line.is_(at - 1, COMMA)
        if before < 0 or (before <= 1 and line.is_(before, AND | TAKE_BACK)):
            self._add(end + (line.word(end) == ","), clause_end(line, end + 1), speaker)
            return
        start = clause_start(line, before)
        self._add(start, before + 1, speaker)
        self._resume(end, start, before + 1, speaker)

    def _fronted(self, at: int) -> None:
        """``In A's view, …``, ``For A, …``, ``As A put it, …``, ``To his critics, …``."""
        line = self.line
        first = line.word(at)
        comma = line.find(at + 2, COMMA, 14)
        if not comma and first == "as":
            comma = line.find(at + 2, ENDS, 14)
        if not comma and first != "to":
            return
        if first == "as":
            speaker = self._as_put(at, comma)
        elif first == "for":
            speaker, comma = self._for_whom(at, comma)
        else:
            speaker = self._in_view(at, comma)
        if not speaker:
            return
        self._frame(at, speaker)
        before = at - 2
        opens = at == 0 or line.word(at - 1) == ";"
        if not opens and (before < 0 or line.is_(before, SUBORDINATE | TAKE_BACK | AND)):
            # "If, as the minister claims, the roads are safe, why …"
            self._add(comma + 1, clause_end(line, comma + 1, Mode.FRONTED), speaker)
        elif opens:
            self._add(comma + 1, clause_end(line, comma + 1), speaker)
        else:
            start = clause_start(line, before)
            if not line.all_quoted(start, at - 1):
                self._add(start, at - 1, speaker)
            self._resume(comma, start, at - 1, speaker)

    def _as_put(self, at: int, comma: int) -> Span | None:
        """``as A put it``."""
        line = self.line
        inside = range(at + 1, comma)
        if any(line.bits[i] & AUTHOR for i in inside) or line.word(comma - 1) == "expected":
            return None
        verb = next((i for i in inside if line.bits[i] & (SAY | REPORT | PUT)), 0)
        if not verb:
            return None
        speaker = (at + 1, verb)
        concerned = line.word(comma - 1) == "concerned"
        return speaker if concerned or is_source(line, *speaker) else None

    def _in_view(self, at: int, comma: int) -> Span | None:
        """``in A's view``, ``in the view of A``, ``to A's mind``, ``to his critics``."""
        line = self.line
        end = comma or min(at + 16, line.size)
        if not _NOT_A_VIEW.isdisjoint(line.words[at + 1 : end]):
            return None
        held = next((i for i in range(at + 2, end) if line.bits[i] & VIEW), 0)
        if held and comma and line.word(held + 1) == "of":
            return held + 2, comma
        if held and held + 1 == comma:
            return at + 1, held
        if line.words[at] == "to" and comma and line.is_(comma - 1, VAGUE):
            return at + 1, comma
        return None

    def _for_whom(self, at: int, comma: int) -> tuple[Span | None, int]:
        """``For A, it was …``."""
        line = self.line
        if at and line.words[at - 1] != ";":
            return None, 0
        named = line.capital(at + 1) or line.is_(comma - 1, ROLE)
        if not named or not _TIMES.isdisjoint(line.words[at + 1 : comma]):
            return None, 0
        speaker = (at + 1, comma)
        if line.word(comma + 1) in ("who", "whose"):
            comma = line.find(comma + 1, COMMA) or comma
        follows = line.words[comma + 1 : comma + 12]
        return (speaker if "is" in follows or "was" in follows else None), comma

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
        elif bits & FINITE:
            self._finite(at, bits)

    def _passive(self, at: int) -> bool:
        """``is said to``, ``was accused of``, ``it is believed that``."""
        line = self.line
        begin = line.left_of(at, ADVERB | LY)
        if begin < 0 or not line.bits[begin] & BE:
            return False
        subject = line.left_of(begin, PASSED)
        if subject >= 0 and line.words[subject] in ("i", "we", "you"):
            return True
        group = line.bits[subject + 1 : begin]
        if any(kind & MODAL for kind in group) or line.word(begin - 1) == "to":
            return True  # it must be said that: the author
        speaker, mark = None, at + 1
        if line.word(mark) == "by":
            mark = phrase_end(line, at + 2, stop=("as", "of", "to", "that"))
            speaker = (at + 2, mark)
        start = self._passive_content(at, mark, begin)
        if not start:
            if speaker and not line.is_(at, TEXT):
                self._frame(at, speaker)
            return False
        self._frame(at, speaker)
        self._add(start, clause_end(line, start), speaker)
        return True

    def _passive_content(self, at: int, mark: int, begin: int) -> int:
        """Where what is said begins after a passive; 0 if nothing is said."""
        line = self.line
        follows = line.word(mark)
        if follows not in ("to", "that", "of", "as", "for", "against"):
            start = complement(line, at, reach=5)
            return start if line.word(begin - 1) == "it" else 0
        if follows in ("of", "for", "against") and not line.is_(at, ACCUSE | BLAME | URGE | NOUN):
            return 0
        start = mark + (follows != "to")
        if start < line.size and line.bits[start] & SAYING:
            return 0  # quoted as saying: the participle carries on
        return start

    def _noun(self, at: int) -> bool:
        """``her claim that …``, ``the report's warning that …``, ``her point is that …``."""
        line = self.line
        speaker: Span | None = None
        that = at + 1
        if line.is_(that, HAVE) and line.word(that + 1) == "it" and line.is_(that + 2, THAT):
            self._frame(at, (subject_start(line, at), at + 1))  # rumour has it that
            self._add(at + 4, clause_end(line, at + 4), (subject_start(line, at), at + 1))
            return True
        if line.word(that) == "by":
            that = line.find(at + 2, THAT, 7)
            speaker = (at + 2, that)
        elif line.word(that) in ("is", "was"):
            that += 1
        if not that or not line.is_(that, THAT) or that >= line.size or at == 0:
            return False
        begin = self._nominal_start(at)
        owner = line.words[begin - 1] if begin else ""
        if owner in _OWN:
            return True
        if line.bits[at] & (FINITE | SAYING) and (
            not line.is_(begin - 1, NOMINAL) or begin == 0 or self._plural_before(at)
        ):
            return False
        if line.is_(that + 1, AUXILIARY | VERB | PRESENT) or self._published(that):
            return True  # a relative clause: the report that was
        speaker = speaker or self._owner(begin, owner)
        if speaker and line.is_(speaker[0], AUTHOR):
            return True
        end = clause_end(line, that + 1)
        if that != at + 2 and not has_verb(line, 0, at):
            end = subject_clause_end(line, that + 1, end)
        self._frame(at, speaker)
        self._add(that + 1, end, speaker)
        return True

    def _nominal_start(self, at: int) -> int:
        """The token after the article or owner of a noun."""
        line = self.line
        begin = at
        while begin > 0 and at - begin < 5 and not line.bits[begin - 1] & NOMINAL:
            if line.bits[begin - 1] & (ENDS | AND) or line.words[begin - 1] == "no":
                break
            begin -= 1
        return begin

    def _owner(self, begin: int, owner: str) -> Span | None:
        line = self.line
        if owner in ("his", "her", "their", "its"):
            return begin - 1, begin
        if owner in ("'s", "'") and begin >= 2:
            return subject_start(line, begin - 2), begin - 1
        return None

    def _plural_before(self, at: int) -> bool:
        """Whether a plural subject makes this word a verb: shopkeepers in the town fear."""
        line = self.line
        start = subject_start(line, at - 1)
        if has_verb(line, start, at) or not start < at - 2:
            return False
        return line.is_(start, ES | VAGUE) and line.is_(start + 1, PREPOSITION)

    def _published(self, that: int) -> bool:
        """Whether the clause lacks its object: the report that the commission published in May."""
        line = self.line
        for index in range(that + 2, min(that + 9, line.size)):
            if line.is_(index, TEXT | DENY | CALL):
                after = index + 1
                return line.is_(after, ENDS | PREPOSITION | AND) or line.quoted[after]
            if line.is_(index, ENDS):
                return False
        return False

    def _sure(self, at: int) -> None:
        """``is convinced (that) …``."""
        line = self.line
        begin = line.left_of(at, ADVERB | LY)
        if begin < 1 or not line.bits[begin] & BE:
            return
        subject = (subject_start(line, begin - 1), begin)
        if not is_source(line, *subject):
            return
        follows = line.word(at + 1)
        if follows == "," and line.word(subject[0] - 1) == ",":
            self._frame(at, subject)
            self._around(subject, at)
        elif not line.is_(at + 1, ENDS) and follows not in _FOLLOW_SURE:
            start = at + 1 + (follows == "that")
            fronted = line.is_(0, SUBORDINATE) or line.words[0] == "if"
            end = clause_end(line, start, Mode.FRONTED if fronted else Mode.CLAUSE)
            if has_verb(line, start, end):
                self._frame(at, subject)
                self._add(start, end, subject)

    def _participle(self, at: int, bits: int) -> None:
        """``, adding that …``: the source of the main clause goes on."""
        line = self.line
        if at and line.bits[at - 1] & NOMINAL:
            return
        begin = line.left_of(at, ADVERB | LY)
        if begin >= 1 and line.bits[begin] & BE:  # is asking, are warning: finite
            subject = (subject_start(line, begin - 1), begin)
            if is_source(line, *subject):
                self._leading(at, bits, subject)
            return
        if line.word(at - 1) in ("for", "of") and at >= 2 and line.bits[0] & AUTHOR:
            return
        mode = Mode.PARTICIPLE
        speaker = self._last_speaker()
        if at == 0:
            mode = Mode.FRONTED
            comma = line.find(1, COMMA)
            speaker = main_subject(line, comma + 1, known=False) if comma else None
        elif not speaker:
            speaker = main_subject(line, clause_start(line, at - 2), known=False)
            if line.is_(at - 1, COMMA) and not has_verb(line, 0, at - 1):
                mode = Mode.FRONTED  # "Dr Abreu, believing …, did not call"
        self._leading(at, bits, speaker, mode)

    def _finite(self, at: int, bits: int) -> None:
        """A report verb with its subject: leading, trailing, inverted or interrupting."""
        line = self.line
        left = line.left_of(at, PASSED)
        if not self._is_verb(at, left):
            return
        if left == at - 1 and self._inverted(at, left, bits):
            return
        if left < 0 or line.bits[left] & AUTHOR:
            return
        if line.bits[left] & DETERMINER and not line.quoted[left]:
            return
        previous = line.words[left]
        speaker: Span | None = None
        if previous == "to":
            if left == 0 or not line.bits[left - 1] & INTENT:
                return
            speaker = self._infinitive_subject(left - 1)
        elif previous == "," and not line.quoted[left]:
            comma = apposition(line, left)
            if not comma:
                return
            speaker = (subject_start(line, comma - 1), comma)
            said = speaker[0] > 0 and (line.quoted[speaker[0] - 1] or has_verb(line, 0, speaker[0]))
            if said and self._trailing(at, speaker, bits):
                return
        elif previous in ("who", "that", "which"):
            speaker = self._antecedent(left)
        elif previous in _JOINING or line.quoted[left]:
            speaker = self._last_speaker() or main_subject(line, clause_start(line, left - 1))
        else:
            speaker = (subject_start(line, left), left + 1)
            if is_author(line, speaker) or self._trailing(at, speaker, bits):
                return
            if bits & INFERENCE and not is_source(line, *speaker):
                return
            if any(kind & INSTRUMENT for kind in line.bits[slice(*speaker)]):
                return
        if not speaker or not is_author(line, speaker):
            self._leading(at, bits, speaker)

    def _is_verb(self, at: int, left: int) -> bool:
        """Whether a word that may be a report verb is an active one here."""
        line = self.line
        if line.words[at] == "called" and line.word(left) == "so":
            return False  # so-called
        if any(kind & BE for kind in line.bits[left + 1 : at]):
            return False  # was never found
        if at and self._is_name_or_noun(at):
            return False
        if left == at - 1 and noun_too(line.words[at]):
            # report, claim, fear: a verb only after a plural or a pronoun
            if left < 0:
                return True
            word = line.words[left]
            return (
                word.endswith("s")
                or line.is_(left, PRONOUN | VAGUE | COMMA | AND)
                or word in ("who", "to", "people")
                or (line.is_(at + 1, THAT) and self._plural_before(at))
            )
        return True

    def _is_name_or_noun(self, at: int) -> bool:
        """United States; 31 points; in public remarks."""
        line = self.line
        if line.capital(at) and line.capital(at - 1) and not line.capital(at + 1):
            return True
        if not line.bits[at] & ES:
            return False
        before = line.words[at - 1]
        described = line.is_(at - 2, PREPOSITION) and line.bits[at] & NOUN and at > 1
        return before.isdigit() or bool(described and line.raw[at - 1].islower())

    def _infinitive_subject(self, verb: int) -> Span | None:
        """Who wanted to say."""
        left = self.line.left_of(verb, PASSED)
        if left < 0 or self.line.bits[left] & (COMMA | AND):
            return self._last_speaker()
        return subject_start(self.line, left), left + 1

    def _antecedent(self, pronoun: int) -> Span | None:
        """The noun phrase to which "who" refers."""
        end = pronoun - (pronoun > 1 and self.line.is_(pronoun - 1, COMMA))
        return (subject_start(self.line, end - 1), end) if end else None

    def _leading(
        self, at: int, bits: int, speaker: Span | None, mode: Mode = Mode.CLAUSE
    ) -> None:
        """What follows the verb belongs to the source."""
        line = self.line
        if line.word(at + 1) == ":":
            self._frame(at, speaker)
            self._add(at + 2, min(line.size, clause_end(line, at + 2)), speaker)
            return
        start, bare = self._content(at, bits, mode)
        if not start:
            if bits & (SPEECH | CALL | DESCRIBE | QUOTE) and self._quotation_follows(at):
                self._frame(at, speaker)
            elif bits & ACCUSE and self._accused_in_quotation(at):
                self._frame(at, speaker)
            return
        self._frame(at, speaker)
        first = line.word(subject_start(line, at - 1) - 1) if at else ""
        if line.bits[0] & SUBORDINATE or (first and BITS[first] & SUBORDINATE):
            mode = Mode.FRONTED
        if line.quoted[start] and bits & SPEECH:
            return  # the quotation is what was said
        self._add(start, clause_end(line, start, mode | bare), speaker)

    # -- what a verb reports --------------------------------------------------------------

    def _content(self, at: int, bits: int, mode: Mode) -> tuple[int, Mode]:
        """First token of what a verb reports, and whether it has a subject; 0 if nothing."""
        line = self.line
        if bits & PROMISE:
            start = self._to(at, bits)
            if start:
                return start, Mode.BARE
        if bits & URGE and line.word(at + 1) == "against":
            return at + 2, Mode.BARE
        if bits & SPEECH:
            start = complement(line, at)
            if start:
                return start, Mode.CLAUSE
        if bits & ASK:
            start = self._question(at)
            if start:
                return start, Mode.CLAUSE
        if bits & ACT:
            start = gerund(line, at) or (self._object(at) if bits & DENY else 0)
            if start:
                return start, Mode.BARE
        if bits & URGE:
            start = self._urged(at)
            if start:
                return start, Mode.BARE
        if bits & (ACCUSE | DESCRIBE):
            return self._of_or_as(at, bits), Mode.BARE
        if bits & (CALL | BLAME):
            return self._called(at), Mode.BARE
        if bits & SAY:
            return self._unmarked(at, mode), Mode.CLAUSE
        return 0, Mode.CLAUSE

    def _to(self, at: int, bits: int) -> int:
        """``vowed to …``, ``expects prices to …``."""
        line = self.line
        if line.word(at + 1) == "to":
            # "wanted to know how": the question is what was asked
            return 0 if line.is_(at + 2, ASK) and line.is_(at + 3, QUESTION) else at + 1
        if bits & URGE:
            for index in range(at + 1, min(at + 9, line.size)):
                stops = line.bits[index] & (ENDS | THAT | AUXILIARY)
                if line.quoted[index] or (stops and line.words[index] != "'s"):
                    return 0
                if line.words[index] == "to" and not line.is_(index + 1, DETERMINER | ENDS):
                    return at + 1
        return 0

    def _question(self, at: int) -> int:
        """``asked him who …``."""
        line = self.line
        for index in range(at + 1, min(at + 7, line.size)):
            if line.quoted[index] or line.bits[index] & ENDS:
                return 0
            if line.bits[index] & QUESTION:
                return index
            if line.words[index] in ("for", "about", "of"):
                return 0
        return 0

    def _object(self, at: int) -> int:
        """``denies any wrongdoing``: not "denied them access"."""
        line = self.line
        stopped = line.is_(at + 1, ENDS | ADVERBIAL | OBLIQUE | THAT)
        return 0 if stopped or line.quoted[at + 1] else at + 1

    def _urged(self, at: int) -> int:
        """``urged them to act``: the infinitive, not the one who is urged."""
        line = self.line
        if line.word(at + 1) == "not":
            return 0
        for index in range(at + 1, min(at + 9, line.size)):
            if line.bits[index] & ENDS or line.quoted[index]:
                return 0
            if line.words[index] == "to" and self._begins_infinitive(at, index):
                return index
        return 0

    def _begins_infinitive(self, at: int, to: int) -> bool:
        line = self.line
        if to == at + 1 and (
            not line.words[at].startswith("appeal") or "to" in line.words[to + 2 : to + 6]
        ):
            return False  # "appealed to donors to act"
        stops = line.is_(to + 1, DETERMINER | PRONOUN | ENDS)
        return to + 1 < line.size and not stops and not line.capital(to + 1)

    def _of_or_as(self, at: int, bits: int) -> int:
        """``accused them of …``, ``described it as …``, ``described scenes of …``."""
        line = self.line
        wanted = ("of", "for") if bits & ACCUSE else ("as",)
        for index in range(at + 1, min(at + 12, line.size)):
            if line.bits[index] & ENDS:
                break
            if line.words[index] in wanted and not line.quoted[index] and index > at + 1:
                return self._unless_quoted(index + 1)
        return 0

    def _accused_in_quotation(self, at: int) -> bool:
        """``accused them of “…”``."""
        line = self.line
        for index in range(at + 1, min(at + 12, line.size)):
            if line.quoted[index]:
                return line.words[index - 1] in ("of", "for")
        return False

    def _unless_quoted(self, at: int) -> int:
        """The place itself, unless nothing but a quotation stands there."""
        line = self.line
        if at >= line.size:
            return 0
        if not line.quoted[at]:
            return at
        end = at
        while end < line.size and line.quoted[end]:
            end += 1
        joined = line.is_(end, AND) and line.word(end + 1).endswith("ing")
        return at if joined else 0

    def _called(self, at: int) -> int:
        """``called it a disgrace``, ``blamed it on …``."""
        line = self.line
        if line.is_(at + 1, ENDS | ADVERBIAL) or line.word(at + 1) in _NOT_CALLED:
            return 0
        if line.bits[at] & BLAME:
            return self._unless_quoted(at + 1)
        one = line.is_(at + 1, OBLIQUE)
        if line.word(at + 2) in _NOT_CALLED or (line.is_(at + 3, ENDS) and not one):
            return 0  # "called him up", "did not call the surgeon"
        return 0 if self._quotation_follows(at) else at + 1

    def _unmarked(self, at: int, mode: Mode) -> int:
        """A clause without "that": after the addressee and the day, if it has a verb."""
        line = self.line
        start = at + 1
        if line.is_(start, ADVERB | LY) and start + 1 < line.size and line.quoted[start + 1]:
            start += 1  # replied only "no comment"
        start = self._past_day(start)
        if line.bits[at] & TELL:
            start = self._past_addressee(start)
        if start >= line.size or line.quoted[start]:
            return start if start < line.size else 0
        if line.is_(start, ENDS | AND) or line.word(start) in ("nor", "or", "as"):
            return 0
        if line.is_(start, GREETING) and line.is_(start + 1, ENDS | AND | PREPOSITION | SUBORDINATE):
            return 0  # said goodbye to
        if line.is_(start, PREPOSITION) and line.word(start + 1) not in ("least", "most"):
            return 0
        end = clause_end(line, start, mode)
        if not line.bits[start] & SUBORDINATE:
            end = line.find(start + 1, SUBORDINATE, end - start - 1) or end
        if has_verb(line, start, end) or self._nominal_clause(start, end):
            return start
        return 0

    def _past_day(self, start: int) -> int:
        line = self.line
        day = start + (line.word(start) == "on")
        if line.is_(day, DAY) and line.word(day + 1) not in ("'s", "'"):
            return day + 1
        return start

    def _past_addressee(self, start: int) -> int:
        """``told the court …``, but not ``warned the plan would fail``."""
        line = self.line
        after = start + line.is_(start, NOMINAL) + 1
        return start if line.is_(after, AUXILIARY | VERB) else after

    def _nominal_clause(self, start: int, end: int) -> bool:
        """Whether a clause that begins with its article has a verb in -s, or a quotation."""
        line = self.line
        if not line.is_(start, NOMINAL | PRONOUN):
            return False
        for index in range(start + 1, min(end, start + 10)):
            if line.quoted[index]:
                return True
            if line.bits[index] & PREPOSITION:
                return False
            before, after = line.bits[index - 1], index + 1
            if (
                index > start + 1
                and line.bits[index] & ES
                and not before & (ES | DETERMINER | NOMINAL | AND)
                and after < end
                and not line.is_(after, ENDS | AND | PREPOSITION | BE | HAVE)
                and line.raw[index].islower()
            ):
                return True
        return False

    def _quotation_follows(self, at: int) -> bool:
        """Whether a quotation stands in the clause after ``at``."""
        line = self.line
        for index in range(at + 1, min(at + 14, line.size)):
            if line.quoted[index]:
                return True
            if line.bits[index] & ENDS and not line.bits[index] & COMMA:
                return False
        return False

    # -- frames after or inside what is said ----------------------------------------------

    def _ends_a_clause(self, at: int) -> bool:
        """Whether what stands here may be the end of what somebody says."""
        line = self.line
        return at >= 0 and (line.quoted[at] or line.words[at] in (",", "?", "!"))

    def _trailing(self, at: int, speaker: Span, bits: int) -> bool:
        """``…, Dole said`` — the clause before the comma is Dole's."""
        line = self.line
        before = speaker[0] - 1
        if not bits & SPEECH or before < 1 or not self._ends_a_clause(before):
            return False
        if line.word(at + 1) == "," and self._only_after(at, before):
            return False
        asked = line.bits[at] & ASK and line.quoted[before]
        told = (line.bits[at] & TELL or asked) and not self._quotation_follows(at)
        ended = line.is_(at + 1, ENDS)
        placed = line.is_(at + 1, ADVERBIAL) and not self._continues(at)
        if not (ended or placed or told) or complement(line, at):
            return False
        if not ended and self._speaks(clause_start(line, before - 1), before):
            return False  # somebody else is speaking there already
        self._frame(at, speaker)
        self._around(speaker, at)
        return True

    def _continues(self, at: int) -> bool:
        """``continues to be``: an infinitive, not the one who is told."""
        line = self.line
        person = line.is_(at + 2, NOMINAL | OBLIQUE) or line.word(at + 2) == "reporters"
        return line.word(at + 1) == "to" and not person and not line.capital(at + 2)

    def _only_after(self, at: int, before: int) -> bool:
        """``On Monday, Dole said, "…"``: only what follows is said."""
        line = self.line
        follows = at + 2 < line.size and line.quoted[at + 2]
        return follows and not line.quoted[before - 1] and not line.quoted[before]

    def _speaks(self, start: int, end: int) -> bool:
        """Whether a report verb stands among these tokens."""
        line = self.line
        return any(
            line.bits[index] & SAY and not line.quoted[index] and line.verbal(index)
            for index in range(start + 1, end)
        )

    def _around(self, speaker: Span, at: int) -> None:
        """Give the clause before a frame to the speaker, and what goes on after it."""
        line = self.line
        before = speaker[0] - 1
        stop = before + (line.words[before] != ",")
        start = clause_start(line, stop - 1)
        if stop and line.is_(stop - 1, RELATIVE | THAT):
            start = stop  # "who, they believe, sold out"
        elif not line.all_quoted(start, stop):
            self._add(start, stop, speaker)
        after = at + 1
        if not line.is_(after, ENDS):
            after = line.find(after, ENDS) or line.size
        self._resume(after, start, stop, speaker, closed=True)

    def _inverted(self, at: int, left: int, bits: int) -> bool:
        """``…, said Dole, a lawyer``."""
        line = self.line
        if not bits & SPEECH or left < 1 or at + 1 >= line.size or line.quoted[at + 1]:
            return False
        if bits & TELL or not self._ends_a_clause(left) or complement(line, at):
            return False
        if line.is_(at + 1, PREPOSITION | ADVERBIAL):
            return False
        end = phrase_end(line, at + 1)
        if not is_source(line, at + 1, end) or not self._no_verb_behind(at + 1, end):
            return False
        stop = left + (line.words[left] != ",")
        start = clause_start(line, stop - 1)
        speaker = (at + 1, end)
        if not line.all_quoted(start, stop):
            if stop - start < 5 and not has_verb(line, start, stop):
                return False
            self._add(start, stop, speaker)
        self._frame(at, speaker)
        after = end
        while line.word(after) == "," and not line.is_(after + 1, AUXILIARY | AND):
            after = line.find(after + 1, COMMA)
            if not after:
                return True
        self._resume(after, start, stop, speaker)
        return True

    def _no_verb_behind(self, start: int, end: int) -> bool:
        """Whether this noun phrase is no subject: no verb of its own follows in it."""
        line = self.line
        if line.bits[start] & PRONOUN and end > start + 1:
            return False
        for index in range(start + 1, end):
            kind = line.bits[index]
            if kind & AUXILIARY and line.words[index] != "'s":
                return False
            if kind & ED and line.raw[index].islower():
                if line.word(index + 1) not in ("by", "on", "in", "with", "to"):
                    return False
        return True

    def _resume(
        self, comma: int, start: int, stop: int, speaker: Span, closed: bool = False
    ) -> None:
        """After an interrupting frame the source's clause may go on.

        ``closed`` says that the frame has its verb: no apposition can follow it.
        """
        line = self.line
        after = comma + 1
        if line.word(comma) != "," or after >= line.size or line.quoted[after]:
            return
        if line.all_quoted(start, stop) or line.bits[after] & SAYING:
            return
        if line.is_(after, TAKE_BACK) and line.word(after + 1) != "only":
            return
        if self._goes_on(after, start, stop, closed):
            self._add(after + line.is_(after, THAT), clause_end(line, after), speaker)

    def _goes_on(self, after: int, start: int, stop: int, closed: bool) -> bool:
        """Whether the clause that a frame interrupted goes on at ``after``."""
        line = self.line
        word = line.words[after]
        if word == "and":
            return not frame_in(line, after + 1)
        if word in ("that", "but") or word in _RESUMING:
            return True
        if has_verb(line, start, stop) or line.is_(after, RELATIVE) or word == "when":
            return False
        if word in ("the", "a", "an") and not closed:
            return False
        return line.is_(after, AUXILIARY) or has_verb(line, after, line.size)
