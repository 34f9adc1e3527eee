"""Attributed clauses: which words a sentence hangs on a source, and who the source is.

A left-to-right walk over the tokens by the frames of attribution: a report verb with its subject
before, behind or inside the clause; nouns that take a that-clause; passives; "according to". Where
clauses end is :mod:`framing.clauses`' to say, who speaks :mod:`framing.speakers`'.
"""

from __future__ import annotations

from framing.clauses import Mode, clause_end, clause_start, has_verb, subject_clause_end
from framing.grammar import (
    ACCUSE,
    ADVERB,
    AND,
    ATTITUDE,
    AUTHOR,
    AUXILIARY,
    BE,
    COMMA,
    CUT,
    DETERMINER,
    ENDS,
    FINITE,
    HANGS,
    HAVE,
    HOLD,
    INFERENCE,
    INTENT,
    LOOK,
    LY,
    MODAL,
    NOMINAL,
    NOUN,
    PASSED,
    PASSIVE,
    PRESENT,
    PRONOUN,
    RELATIVE,
    SAYING,
    SPEECH,
    STRESSED,
    SUBORDINATE,
    SURE,
    TAKE_BACK,
    TEXT,
    THAT,
    TRIGGER,
    VERB,
)
from framing.kinds import INSTRUMENTS
from framing.line import MAY_END, Line
from framing.reported import content, only_quoted
from framing.signs import (
    DEGREES,
    DOUBTED,
    ODD,
    antecedent,
    as_put,
    expressed,
    first_token,
    for_whom,
    goes_on,
    holder,
    in_view,
    infers,
    inverted_end,
    is_verb,
    is_whole,
    joined_start,
    nominal_start,
    owner_before,
    passive_content,
    plural_before,
    published,
    tells,
    trails,
    who_goes_on,
    who_wanted,
)
from framing.speakers import (
    AUTHORS,
    Frame,
    Heard,
    Notes,
    Span,
    apposition,
    is_author,
    is_source,
    main_subject,
    outermost,
    phrase_end,
    subject_start,
)
from framing.stops import places

__all__ = ["Frame", "attributed", "attributions"]

_FRONTED = frozenset({"in", "for", "to", "as", "from"})
_OWN = frozenset(["my", "our", "your", "no", "this", "any"])
_FOLLOW_SURE = frozenset(["of", "about", "to", "for", "with", "by", "at", "in", "on"])
_RELATIVES = frozenset(["who", "that", "which"])
#: What stands between a report verb and its subject, or in place of one.
_LINKING = _RELATIVES | {"and", "but", "or", "then", "to", ","}
_INSERTED, _NOUN_OR_HOLD, _NO_SUBJECT = COMMA | CUT, NOUN | HOLD, AUTHOR | DETERMINER
_SURE_OR_SAYING = SURE | SAYING


def attributions(
    words: list[str], raw: list[str], quoted: list[bool]
) -> tuple[list[Heard], list[Frame]]:
    """Find what the sentence attributes.

    Parameters
    ----------
    words, raw : list of str
        Tokens of the sentence, normalised and as written.
    quoted : list of bool
        Which tokens lie inside quotation marks; they are passed over as one block.

    Returns
    -------
    found : list of Heard
        By start; none lies inside another.
    frames : list of Frame
        Where anybody is said to say or think something, be it all in quotation marks.

    Examples
    --------
    >>> from framing.text import tokenise
    >>> tokens = tokenise("The mayor said that the plan would fail, but she was wrong.")
    >>> found, _ = attributions(tokens.words, tokens.raw, [False] * len(tokens))
    >>> [tokens.words[one.start : one.end] for one in found]
    [['the', 'plan', 'would', 'fail']]
    """
    return attributed(Line(words, raw, quoted), places(words, raw, quoted)[0])


def attributed(line: Line, stops: list[int]) -> tuple[list[Heard], list[Frame]]:
    """Find the same, knowing where to stop and look."""
    walk = _Walk(line)
    walk.run(stops)
    if len(walk.frames) > 1:
        walk.frames.sort(key=lambda frame: frame.at)
    return outermost(walk.found) if len(walk.found) > 1 else walk.found, walk.frames


class _Walk(Notes):
    """One pass over one sentence."""

    __slots__ = ()

    def run(self, places: list[int]) -> None:
        line = self.line
        all_bits, words = line.bits, line.words
        if words[0] in _FRONTED:
            self._fronted(0)
        for at in places:
            bits = all_bits[at]
            if not bits & TRIGGER:
                if bits & _INSERTED:
                    self._fronted(at + 1)
                elif words[at] == ":":
                    self._headed(at)
                elif bits & LOOK:
                    self._according(at)
                continue
            doubtful = bits & _NOUN_OR_HOLD or (bits & PASSIVE and all_bits[at - 1] & STRESSED)
            if doubtful and self._otherwise(at, bits):
                continue
            if not bits & _SURE_OR_SAYING:
                if bits & FINITE:
                    self._finite(at, bits)
            elif bits & SURE:
                self._sure(at)
            else:
                self._participle(at, bits)

    def _headed(self, colon: int) -> None:
        """``Minister: “…”``, ``The report goes on: …``."""
        line = self.line
        if speaker := who_goes_on(line, colon):
            self.note(colon, speaker)
            self.add(colon + 1, clause_end(line, colon + 1), speaker)
        elif line.quoted[colon + 1] and not self.frames:
            if has_verb(line, 0, colon):
                self.note(colon, main_subject(line, 0, known=False))
            elif 0 < colon < 8:
                self.note(colon, (0, colon))

    def _according(self, at: int) -> None:
        """``according to Y``: before what Y says, after it, or inside it."""
        line = self.line
        end = phrase_end(line, at + 2)
        speaker = (at + 2, end)
        if line.words[at + 1] != "to" or not tells(line, *speaker):
            return
        if line.bits[end] & (RELATIVE | THAT):
            end = line.find(end, COMMA) or end
        self.note(at, speaker)
        before = at - 1 - line.is_(at - 1, COMMA)
        if before < 0 or line.bits[before] & (AND | TAKE_BACK) or line.words[before] in (":", ";"):
            self.add(end + (line.words[end] == ","), clause_end(line, end + 1), speaker)
            return
        start = clause_start(line, before)
        self.add(start, before + 1, speaker)
        self._resume(end, start, before + 1, speaker)

    def _fronted(self, at: int) -> None:
        """``In A's view, …``, ``For A, …``, ``As A put it, …``, ``To his critics, …``."""
        line = self.line
        first = line.words[at]
        comma = line.find(at + 2, COMMA, 14)
        if not comma and first == "as":
            comma = line.find(at + 2, ENDS, 14)
        if not comma and first != "to":
            return
        if first == "as":
            speaker = as_put(self.line, at, comma)
        elif first == "for":
            speaker, comma = for_whom(self.line, at, comma)
        else:
            speaker = in_view(self.line, at, comma)
        if not speaker:
            return
        self.note(at, speaker)
        opens = at == 0 or line.words[at - 1] == ";"
        if not opens and (at < 2 or line.bits[at - 2] & (SUBORDINATE | TAKE_BACK | AND)):
            # "If, as the minister claims, the roads are safe, why …"
            self.add(comma + 1, clause_end(line, comma + 1, Mode.FRONTED), speaker)
        elif opens:
            self.add(comma + 1, clause_end(line, comma + 1), speaker)
        else:
            start = clause_start(line, at - 2)
            if not line.all_quoted(start, at - 1):
                self.add(start, at - 1, speaker)
            self._resume(comma, start, at - 1, speaker)

    def _otherwise(self, at: int, bits: int) -> bool:
        """Read what may be a verb as a passive, a noun or a part of a phrase, if it is one."""
        line = self.line
        if bits & PASSIVE and line.bits[at - 1] & STRESSED and self._passive(at):
            return True
        if bits & NOUN and line.bits[at + 1] & HANGS and self._noun(at):
            return True
        if bits & HOLD and (speaker := holder(line, at)):
            self.note(at, speaker)
            self.add(at + 2, clause_end(line, at + 2), speaker)
        return False

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
        if any(kind & MODAL for kind in group) or line.words[begin - 1] == "to":
            return True  # it must be said that: the author
        mark = at + 1
        speaker: Span | None = None
        if line.words[mark] == "by":
            ends = ("as", "of", "to", "that") if line.bits[at] & ACCUSE else ("as", "to", "that")
            mark = phrase_end(line, at + 2, stop=ends)
            speaker = (at + 2, mark)
        start = passive_content(self.line, at, mark, begin)
        if not start:
            if speaker and not line.bits[at] & TEXT:
                self.note(at, speaker)
            return False
        self.note(at, speaker)
        self.add(start, clause_end(line, start), speaker)
        return True

    def _noun(self, at: int) -> bool:
        """``her claim that …``, ``the report's warning that …``, ``her point is that …``."""
        line = self.line
        speaker: Span | None = None
        that = at + 1
        if line.bits[that] & HAVE and line.words[that + 1] == "it" and line.bits[that + 2] & THAT:
            speaker = (subject_start(line, at), that)  # rumour has it that
            self.note(at, speaker)
            self.add(at + 4, clause_end(line, at + 4), speaker)
            return True
        if line.words[that] in ("by", "among"):
            that = line.find(at + 2, THAT, 9)
            speaker = (at + 2, that)
        elif line.words[that] in ("is", "was"):
            that += 1
        if not that or not line.bits[that] & THAT or that >= line.size or at == 0:
            return False
        begin = nominal_start(self.line, at)
        owner = line.words[begin - 1] if begin else ""
        if owner in _OWN:
            return True
        if line.bits[at - 1] & ATTITUDE and not line.bits[at - 2] & DETERMINER:
            speaker, owner = expressed(line, at - 1), ""
        elif line.bits[at] & (FINITE | SAYING) and (
            not line.bits[begin - 1] & NOMINAL or begin == 0 or plural_before(self.line, at)
        ):
            return False
        if line.bits[that + 1] & (AUXILIARY | VERB | PRESENT) or published(self.line, that):
            return True  # a relative clause: the report that was
        speaker = speaker or owner_before(self.line, begin, owner)
        if speaker and line.is_(speaker[0], AUTHOR):
            return True
        end = clause_end(line, that + 1)
        if that != at + 2 and not has_verb(line, 0, at):
            end = subject_clause_end(line, that + 1, end)
        self.note(at, speaker)
        self.add(that + 1, end, speaker)
        return True

    def _sure(self, at: int) -> None:
        """``is convinced (that) …``."""
        line = self.line
        begin = line.left_of(at, ADVERB | LY)
        if begin < 1 or not line.bits[begin] & BE:
            return
        subject = (subject_start(line, begin - 1), begin)
        if not is_source(line, *subject):
            return
        follows = line.words[at + 1]
        if follows == "," and line.words[subject[0] - 1] == ",":
            self.note(at, subject)
            self._around(subject, at)
        elif not line.bits[at + 1] & ENDS and follows not in _FOLLOW_SURE:
            start = at + 1 + (follows == "that")
            end = clause_end(line, start, Mode.FRONTED * line.is_(0, SUBORDINATE))
            if follows == "that" or has_verb(line, start, end):
                self.note(at, subject)
                self.add(start, end, subject)

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
        if line.words[at - 1] in ("for", "of") and at >= 2 and line.bits[0] & AUTHOR:
            return
        mode, speaker = Mode.PARTICIPLE, self.last_speaker()
        if at == 0:
            mode, comma = Mode.FRONTED, line.find(1, COMMA)
            speaker = main_subject(line, comma + 1, known=False) if comma else None
        elif not speaker:
            speaker = main_subject(line, clause_start(line, at - 2), known=False)
            if line.bits[at - 1] & COMMA and not has_verb(line, 0, at - 1):
                mode = Mode.FRONTED  # "Dr Abreu, believing …, did not call"
        if not speaker or not line.bits[speaker[0]] & AUTHOR:
            self._leading(at, bits, speaker, mode)

    def _finite(self, at: int, bits: int) -> None:
        """Read a report verb with its subject: leading, trailing, inverted or interrupting."""
        line = self.line
        words, left = line.words, at - 1
        before = line.bits[left]
        near = not before & PASSED
        if not near:
            left = line.left_of(at, PASSED)
            before, near = line.bits[left], left == at - 1
        previous, quoted = words[left], line.quoted[left]
        doubted = bits & DOUBTED or not near or words[at] in ODD or previous in DEGREES
        if doubted and not is_verb(line, at, left):
            return
        closed = near and bits & SPEECH and (quoted or previous in MAY_END) and left
        if closed and self._inverted(at, left, bits):
            return
        if left < 0 or (before & _NO_SUBJECT and (before & AUTHOR or not quoted)):
            return
        if line.bits[at + 1] & AUXILIARY and (not left or not subject_start(line, left)):
            return  # "Written comments may be sent"
        speaker: Span | None = None
        if not quoted and previous not in _LINKING:
            begin = subject_start(line, left)
            if words[begin] in AUTHORS:
                return
            speaker = (begin, left + 1)
            if begin > 1 and line.closes(begin - 1) and self._trailing(at, speaker, bits):
                return
            if bits & INFERENCE and not infers(line, begin, left + 1):
                return
            if 1 not in line.kinds[begin : left + 1].translate(INSTRUMENTS):
                self._leading(at, bits, speaker, 0, begin if near else -1)
            return
        if previous == "to":
            if left == 0 or not line.bits[left - 1] & INTENT:
                return
            speaker = who_wanted(line, left - 1) or self.last_speaker()
        elif previous == "," and not quoted:
            comma = apposition(line, left)
            if not comma:
                return
            speaker = (subject_start(line, comma - 1), comma)
            said = speaker[0] > 0 and (line.quoted[speaker[0] - 1] or has_verb(line, 0, speaker[0]))
            if said and self._trailing(at, speaker, bits):
                return
        elif previous in _RELATIVES:
            speaker = antecedent(line, left)
        else:
            speaker = self.last_speaker() or main_subject(line, clause_start(line, left - 1))
        if not speaker or not is_author(line, speaker):
            self._leading(at, bits, speaker)

    def _leading(
        self, at: int, bits: int, speaker: Span | None, mode: int = 0, begin: int = -1
    ) -> None:
        """Give what follows the verb to the source; ``begin`` is where the subject begins."""
        line = self.line
        if line.words[at + 1] in (":", "out"):
            colon = at + 1 + (line.words[at + 1] == "out")
            if line.words[colon] == ":":
                self.note(at, speaker)
                self.add(colon + 1, min(line.size, clause_end(line, colon + 1)), speaker)
                return
        start, bare = content(line, at, bits, mode)
        if not start:
            if line.marked and only_quoted(line, at, bits):
                self.note(at, speaker)
            return
        self.note(at, speaker)
        if begin < 0 and at:
            begin = subject_start(line, at - 1)
        if line.bits[0] & SUBORDINATE or (begin > 0 and line.bits[begin - 1] & SUBORDINATE):
            mode = Mode.FRONTED
        if not (line.quoted[start] and bits & SPEECH and is_whole(line, start)):
            self.add(start, clause_end(line, start, mode | bare), speaker)

    def _trailing(self, at: int, speaker: Span, bits: int) -> bool:
        """``…, Dole said`` — the clause before the comma is Dole's."""
        line = self.line
        if not trails(line, at, speaker[0] - 1, bits) or "not" in line.words[speaker[1] : at]:
            return False
        if line.bits[speaker[1] - 1] & PRONOUN and line.is_(speaker[0], DETERMINER):
            return False  # "…, the shame he still feels, …"
        self.note(at, speaker)
        self._around(speaker, at)
        return True

    def _around(self, speaker: Span, at: int) -> None:
        """Give the clause before a frame to the speaker, and what goes on after it."""
        line = self.line
        before = speaker[0] - 1
        stop = before + (line.words[before] != ",")
        last = at + 2 >= line.size
        start = first_token(self, stop) if last else joined_start(line, stop)
        if stop and line.bits[stop - 1] & (RELATIVE | THAT) and not last:
            start = stop  # "who, they believe, sold out"
        elif not line.all_quoted(start, stop):
            self.add(start, stop, speaker)
        after = at + 1
        if not line.bits[after] & ENDS:
            after = line.find(after, ENDS) or line.size
        self._resume(after, start, stop, speaker, closed=True)

    def _inverted(self, at: int, left: int, bits: int) -> bool:
        """``…, said Dole, a lawyer``."""
        line = self.line
        end = inverted_end(line, at, left, bits)
        if not end:
            return False
        stop = left + (line.words[left] != ",")
        start = first_token(self, stop) if end + 1 >= line.size else clause_start(line, stop - 1)
        speaker = (at + 1, end)
        if not line.all_quoted(start, stop):
            if stop - start < 5 and not has_verb(line, start, stop):
                return False
            self.add(start, stop, speaker)
        self.note(at, speaker)
        after = end
        while line.words[after] == "," and not line.bits[after + 1] & (AUXILIARY | AND):
            after = line.find(after + 1, COMMA)
            if not after:
                return True
        self._resume(after, start, stop, speaker)
        return True

    def _resume(
        self, comma: int, start: int, stop: int, speaker: Span, closed: bool = False
    ) -> None:
        """After an interrupting frame the source's clause may go on.

        ``closed`` says that the frame has its verb: no apposition can follow it.
        """
        line = self.line
        after = comma + 1
        if line.words[comma] != "," or after >= line.size or line.quoted[after]:
            return
        taken_back = line.bits[after] & TAKE_BACK and line.words[after + 1] != "only"
        if taken_back or line.bits[after] & SAYING or line.all_quoted(start, stop):
            return
        if goes_on(self.line, after, start, stop, closed):
            self.add(after + line.is_(after, THAT), clause_end(line, after), speaker)
