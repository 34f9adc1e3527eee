"""Signs of a frame: is this word a verb here, is that phrase a view, does the clause go on."""

from __future__ import annotations

from framing.clauses import clause_end, clause_start, complement, frame_in, has_verb, quoted_at
from framing.grammar import (
    ACCUSE,
    ADVERB,
    ADVERBIAL,
    AND,
    ASK,
    AUTHOR,
    AUXILIARY,
    BE,
    BLAME,
    CALL,
    CAPITAL,
    COMMA,
    DENY,
    DETERMINER,
    ED,
    ENDS,
    ES,
    LOWER,
    LY,
    NOMINAL,
    NOUN,
    OBLIQUE,
    PASSED,
    PREPOSITION,
    PRONOUN,
    PUT,
    QUESTION,
    RELATIVE,
    REPORT,
    ROLE,
    SAY,
    SAYING,
    SPEECH,
    SUBORDINATE,
    TAKE_BACK,
    TELL,
    TEXT,
    THAT,
    URGE,
    VAGUE,
    VIEW,
    noun_too,
)
from framing.kinds import SPEECHES
from framing.line import REACH, Line
from framing.reported import past_addressee, past_day, quotation_follows
from framing.speakers import Notes, Span, head_end, is_source, phrase_end, subject_start

__all__ = [
    "DEGREES",
    "DOUBTED",
    "ODD",
    "antecedent",
    "as_put",
    "continues",
    "ends_a_clause",
    "expressed",
    "first_token",
    "for_whom",
    "goes_on",
    "holder",
    "in_view",
    "infers",
    "inverted_end",
    "is_verb",
    "is_whole",
    "joined_start",
    "no_verb_behind",
    "nominal_start",
    "only_after",
    "owner_before",
    "passive_content",
    "plural_before",
    "published",
    "speaks",
    "tells",
    "trails",
    "who_goes_on",
    "who_wanted",
]

_NOT_A_VIEW = frozenset(["my", "our", "your", "this", "fact"])
_OWNERS = frozenset(["'s", "'", "his", "her", "their", "its", "own"])
_LABELS = frozenset(["label", "labels"])
_LABELLED = NOMINAL | OBLIQUE
#: Behind these a participle is none: well-argued.
DEGREES = frozenset(["well", "ill", "much", "oft"])
#: What is a report verb only in some company.
ODD = _LABELS | {"called", "state", "states"}
_NOUN_OR_ROLE = NOUN | ROLE
_AND_OR_PREPOSITION = AND | PREPOSITION
_ES_OR_CAPITAL = ES | CAPITAL
#: What is asked further, besides these; see :func:`is_verb`.
DOUBTED = ES | CAPITAL | NOUN | ROLE
_SEVERAL = PRONOUN | VAGUE | COMMA | AND
_TIMES = frozenset(["years", "months", "days", "now", "example", "instance"])
_RESUMING = frozenset(
    ["with", "within", "like", "unlike", "including", "especially", "particularly", "mostly"]
)


def as_put(line: Line, at: int, comma: int) -> Span | None:
    """``as A put it``."""
    inside = range(at + 1, comma)
    if any(line.bits[i] & AUTHOR for i in inside) or line.words[comma - 1] == "expected":
        return None
    verb = next((i for i in inside if line.bits[i] & (SAY | REPORT | PUT)), 0)
    if not verb:
        return None
    speaker = (at + 1, verb)
    concerned = line.words[comma - 1] == "concerned"
    return speaker if concerned or is_source(line, *speaker) else None


def in_view(line: Line, at: int, comma: int) -> Span | None:
    """``in A's view``, ``in the view of A``, ``to A's mind``, ``to his critics``."""
    end = comma or min(at + 16, line.size)
    if not _NOT_A_VIEW.isdisjoint(line.words[at + 1 : end]):
        return None
    held = next((i for i in range(at + 2, end) if line.bits[i] & VIEW), 0)
    if held and comma and line.word(held + 1) == "of":
        return held + 2, comma
    if (
        held
        and held + 1 == comma
        and (line.word(held - 1) in _OWNERS or is_source(line, at + 1, held))
    ):
        return at + 1, held  # not "in other words"
    if line.words[at] == "to" and comma and line.bits[comma - 1] & VAGUE:
        return at + 1, comma
    return None


def for_whom(line: Line, at: int, comma: int) -> tuple[Span | None, int]:
    """``For A, it was …``."""
    if at and line.words[at - 1] != ";":
        return None, 0
    named = line.capital(at + 1) or line.bits[comma - 1] & ROLE
    if not named or not _TIMES.isdisjoint(line.words[at + 1 : comma]):
        return None, 0
    speaker = (at + 1, comma)
    if line.words[comma + 1] in ("who", "whose"):
        comma = line.find(comma + 1, COMMA) or comma
    follows = line.words[comma + 1 : comma + 12]
    return (speaker if "is" in follows or "was" in follows else None), comma


def nominal_start(line: Line, at: int) -> int:
    """Return the token after the article or owner of a noun."""
    begin = at
    while begin > 0 and at - begin < 5 and not line.bits[begin - 1] & NOMINAL:
        if line.bits[begin - 1] & (ENDS | AND) or line.words[begin - 1] == "no":
            break
        begin -= 1
    return begin


def owner_before(line: Line, begin: int, owner: str) -> Span | None:
    """Return the owner that stands before a noun: her, the report's."""
    if owner in ("his", "her", "their", "its"):
        return begin - 1, begin
    if owner in ("'s", "'") and begin >= 2:
        return subject_start(line, begin - 2), begin - 1
    return None


def plural_before(line: Line, at: int) -> bool:
    """Whether a plural subject makes this word a verb: shopkeepers in the town fear."""
    start = subject_start(line, at - 1)
    if has_verb(line, start, at) or not start < at - 2:
        return False
    return line.is_(start, ES | VAGUE) and line.is_(start + 1, PREPOSITION)


def published(line: Line, that: int) -> bool:
    """Whether the clause lacks its object: the report that the commission published in May."""
    for index in range(that + 2, min(that + 9, line.size)):
        if line.bits[index] & (TEXT | DENY | CALL) and not line.bits[index - 1] & BE:
            after = index + 1
            return line.is_(after, ENDS | PREPOSITION | AND) or line.quoted[after]
        if line.bits[index] & ENDS:
            return False
    return False


_DEMANDS = frozenset(["must", "mustn't", "should", "shouldn't", "ought"])


def is_verb(line: Line, at: int, left: int) -> bool:
    """Whether a word that may be a report verb is an active one here."""
    words, bits = line.words, line.bits
    verb, kind, follows = words[at], bits[at], bits[at + 1]
    if verb in ODD:
        if verb == "called":
            if words[left] == "so":
                return False  # so-called
        elif verb in _LABELS:
            if not (line.quoted[at + 1] or follows & _LABELLED):
                return line.capital(at + 1)  # address labels are
        elif verb == "state":
            if not (line.quoted[at + 1] or follows & THAT):
                return False  # state-owned
        elif follows & _AND_OR_PREPOSITION:
            return False  # small states and large
    if kind & ED and words[at - 1] in DEGREES and not follows & THAT:
        return False  # well-argued
    near = left == at - 1
    if not near:
        if not _DEMANDS.isdisjoint(words[left + 1 : at]):
            return False  # should admit that: nobody has said it
        if any(kind & BE for kind in bits[left + 1 : at]):
            return False  # was never found
    if kind & _ES_OR_CAPITAL and at and _is_name_or_noun(line, at):
        return False
    if near and kind & _NOUN_OR_ROLE and noun_too(verb):
        # report, claim, fear: a verb only after a plural or a pronoun
        if left < 0:
            return True
        word = words[left]
        return bool(
            word.endswith("s")
            or bits[left] & _SEVERAL
            or word in ("who", "to", "people")
            or (follows & THAT and plural_before(line, at))
        )
    return True


def is_whole(line: Line, at: int) -> bool:
    """Whether a quotation begins here, and all that was said stands in it."""
    if not quoted_at(line, at):
        return False
    for index in range(at, min(at + REACH, line.size)):
        if not line.quoted[index]:
            return not line.is_(index, AUXILIARY)
    return True


def _is_name_or_noun(line: Line, at: int) -> bool:
    """United States; 31 points; in public remarks."""
    bits, words, after = line.bits, line.words, at + 1
    if bits[at] & CAPITAL and bits[at - 1] & CAPITAL:
        # "US State Department", unless Most Words Are Written So
        return not bits[after] & CAPITAL or any(
            bits[index] & LOWER and len(words[index]) > 3
            for index in range(after, min(at + 12, line.size))
        )
    if not bits[at] & ES:
        return False
    described = at > 1 and bits[at - 2] & PREPOSITION and bits[at] & NOUN
    return words[at - 1].isdigit() or bool(described and bits[at - 1] & LOWER)


def antecedent(line: Line, pronoun: int) -> Span | None:
    """Return the noun phrase to which "who" refers."""
    end = pronoun - (pronoun > 1 and line.is_(pronoun - 1, COMMA))
    return (subject_start(line, end - 1), end) if end else None


def ends_a_clause(line: Line, at: int) -> bool:
    """Whether what stands here may be the end of what somebody says."""
    return at >= 0 and line.closes(at)


def continues(line: Line, at: int) -> bool:
    """``continues to be``: an infinitive, not the one who is told."""
    person = line.is_(at + 2, NOMINAL | OBLIQUE) or line.words[at + 2] == "reporters"
    return line.words[at + 1] == "to" and not person and not line.capital(at + 2)


def only_after(line: Line, at: int, before: int) -> bool:
    """``On Monday, Dole said, "…"``: only what follows is said."""
    follows = at + 2 < line.size and line.quoted[at + 2]
    return follows and not line.quoted[before - 1] and not line.quoted[before]


def speaks(line: Line, start: int, end: int) -> bool:
    """Whether a report verb stands among these tokens."""
    return any(map(line.verbal, line.ones(SPEECHES, start + 1, end)))


def no_verb_behind(line: Line, start: int, end: int) -> bool:
    """Whether this noun phrase is no subject: no verb of its own follows in it."""
    if line.bits[start] & PRONOUN and end > start + 1:
        return False
    for index in range(start + 1, end):
        kind = line.bits[index]
        if kind & AUXILIARY and line.words[index] != "'s":
            return False
        passive = line.words[index + 1] in ("by", "on", "in", "with", "to")
        if kind & ED and kind & LOWER and not passive:
            return False
    return True


_MADE = frozenset(["clear", "plain"])
_TAKEN = frozenset(["line", "position", "stance", "view"])
_MAKING = frozenset(["make", "makes", "made", "making"])
_TAKING = frozenset(["take", "takes", "took", "taken", "taking", "adopted"])


def holder(line: Line, at: int) -> Span | None:
    """Who ``made (it) clear that``, ``holds that`` or ``took the line that``."""
    if not line.bits[at + 1] & THAT:
        return None
    verb = at
    if line.words[at] in _MADE:
        verb = at - 1 - (line.words[at - 1] == "it")
        if line.words[verb] not in _MAKING:
            return None
    elif line.words[at] in _TAKEN:
        verb = at - 2
        if line.words[verb] not in _TAKING or not line.bits[at - 1] & NOMINAL:
            return None
    left = line.left_of(verb, PASSED)
    if left < 0 or line.bits[left] & (AUTHOR | DETERMINER) or line.quoted[left]:
        return None
    if line.words[left] in ("who", "which", "that"):
        return antecedent(line, left)
    speaker = (subject_start(line, left), left + 1)
    return speaker if is_source(line, *speaker) else None


def first_token(notes: Notes, stop: int) -> int:
    """Where what a frame at the sentence's end is about begins: where the sentence does."""
    line = notes.line
    if notes.found or notes.frames[:-1] or True in line.quoted[:stop]:
        return clause_start(line, stop - 1)
    return max(int(line.is_(0, AND | TAKE_BACK)), stop - REACH)


_MEASURES = frozenset(
    [*["plan", "plans", "schedule", "size", "need", "needs", "means", "age", "type"], "taste"]
)


def tells(line: Line, first: int, last: int) -> bool:
    """Whether one can speak "according to" it: a bulletin, not a schedule."""
    if first >= last or line.bits[first] & QUESTION:
        return False
    if is_source(line, first, last):
        return True
    if line.words[first] in _NOT_A_VIEW:
        return False
    return line.is_(first, NOMINAL) and line.words[last - 1] not in _MEASURES


def who_goes_on(line: Line, colon: int) -> Span | None:
    """Who ``goes on: …``."""
    if line.words[colon - 1] != "on" or line.words[colon - 2] not in ("goes", "went"):
        return None
    left = line.left_of(colon - 2, ADVERB | LY)
    if left < 0 or line.quoted[left]:
        return None
    speaker = (subject_start(line, left), left + 1)
    return speaker if is_source(line, *speaker) else None


def who_wanted(line: Line, verb: int) -> Span | None:
    """Who ``wanted to say``."""
    left = line.left_of(verb, PASSED)
    if left < 0 or line.bits[left] & (COMMA | AND):
        return None
    return subject_start(line, left), left + 1


def expressed(line: Line, verb: int) -> Span | None:
    """Who ``expressed hope that``."""
    left = line.left_of(verb, PASSED)
    return (subject_start(line, left), left + 1) if left >= 0 else None


def infers(line: Line, first: int, last: int) -> bool:
    """Whether somebody infers something: "data from the office show", not "delays show"."""
    if "from" not in line.words[first:last] and "by" not in line.words[first:last]:
        last = head_end(line, first, last)
    return is_source(line, first, last)


def joined_start(line: Line, stop: int) -> int:
    """Where the clause that a frame interrupts begins: "…, and this time, Dole said, …"."""
    start = clause_start(line, stop - 1)
    for index in range(stop - 2, max(start, stop - 6), -1):
        if line.bits[index] & COMMA and line.bits[index + 1] & (AND | TAKE_BACK):
            return start if has_verb(line, index + 2, stop) else index + 2
    return start


def goes_on(line: Line, after: int, start: int, stop: int, closed: bool) -> bool:
    """Whether the clause that a frame interrupted goes on at ``after``."""
    word = line.words[after]
    if word == "and":
        return not frame_in(line, after + 1)
    if word in ("that", "but") or word in _RESUMING:
        return True
    if line.bits[stop - 1] & AUXILIARY and not line.quoted[stop - 1]:
        return True  # "The plan is, in the mayor's words, a disgrace."
    first = line.words[start]
    if first == "to" or (line.bits[start] & SUBORDINATE and first != "while"):
        return True  # "Since it failed, the report says, nobody …"
    if has_verb(line, start, stop) or line.bits[after] & RELATIVE or word == "when":
        return False
    if word in ("the", "a", "an") and not closed:
        return False
    return line.is_(after, AUXILIARY | PRONOUN) or has_verb(line, after, line.size)


def passive_content(line: Line, at: int, mark: int, begin: int) -> int:
    """Where what is said begins after a passive; 0 if nothing is said."""
    follows = line.words[mark]
    if line.bits[at] & CALL and mark == at + 1 and _named_so(line, mark):
        return mark
    if follows not in ("to", "that", "of", "as", "for", "against"):
        start = complement(line, at, reach=5)
        return start if line.words[begin - 1] == "it" else 0
    if follows in ("of", "for", "against") and not line.bits[at] & (ACCUSE | BLAME | URGE | NOUN):
        return 0
    start = mark + (follows != "to")
    if start < line.size and line.bits[start] & SAYING:
        return 0  # quoted as saying: the participle carries on
    return start


def _named_so(line: Line, at: int) -> bool:
    """Whether a name or judgment follows "was called" at once."""
    word = line.words[at]
    if line.quoted[at] or line.capital(at):
        return False  # was called Fairhaven
    if line.bits[at] & (ENDS | PREPOSITION | ADVERBIAL | AND | THAT | AUXILIARY):
        return False
    return word not in _NOT_CALLED and not line.is_(at, QUESTION)


_NOT_CALLED = frozenset(["off", "up", "back", "out", "upon", "down", "away"])


def trails(line: Line, at: int, before: int, bits: int) -> bool:
    """Whether a verb of speech stands behind what is said, which ends at ``before``."""
    if not bits & SPEECH or before < 1 or not line.closes(before):
        return False
    if line.words[at + 1] == "," and only_after(line, at, before):
        return False
    follows = line.bits[at + 1]
    asked = bits & ASK and line.quoted[before] and line.bits[before - 1] & ENDS
    told = (bits & TELL or asked) and not quotation_follows(line, at)
    ended = follows & (ENDS | AND) > 0  # "…, he said and left"
    placed = follows & ADVERBIAL and not continues(line, at)
    if not (ended or placed or told) or complement(line, at):
        return False
    behind = past_day(line, at + 1)
    if bits & TELL:
        behind = past_addressee(line, at + 1)
    if behind > at + 1 and not line.bits[behind] & (ENDS | PREPOSITION | ADVERBIAL):
        # "In May, Dole said on Monday it would close"
        stop = line.find(behind, ENDS) or line.size
        return not has_verb(line, behind, min(stop, clause_end(line, behind)))
    # unless somebody else is speaking there already
    return ended or not speaks(line, clause_start(line, before - 1), before)


def inverted_end(line: Line, at: int, left: int, bits: int) -> int:
    """Return where the subject behind its verb ends ("…, said Dole"); 0 if there is none."""
    if not bits & SPEECH or left < 1 or at + 1 >= line.size or line.quoted[at + 1]:
        return 0
    if bits & TELL or not ends_a_clause(line, left) or complement(line, at):
        return 0
    if line.bits[at + 1] & (PREPOSITION | ADVERBIAL):
        return 0
    end = phrase_end(line, at + 1)
    return end if is_source(line, at + 1, end) and no_verb_behind(line, at + 1, end) else 0
