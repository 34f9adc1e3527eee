"""Claims: what an article says that somebody else says, and who: where a fact-checker starts.

Stands on hearing (:mod:`framing.voice`): every quotation and attributed clause has been found
already. Here they are put together to statements, each with its source and its word of report;
pieces of one quotation are one claim, and a pronoun is followed to the name before it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, overload

from framing.attribution import Frame, attributions
from framing.grammar import ASK, AUXILIARY, BE, COMMA, NOUN, PREPOSITION, REPORT, SAY, TELL
from framing.line import Line
from framing.people import People
from framing.speakers import main_subject, source_of
from framing.text import JUDGED, Document, Sentence, Tokens
from framing.values import Value
from framing.voice import Heard, by_tokens

if TYPE_CHECKING:
    import pandas as pd

    from framing.analysis import Analysis

__all__ = ["COLUMNS", "Claim", "Claims", "find_claims"]

_SPOKEN = frozenset({"quotation", "attributed"})
_CLOSERS = ("”", '"', "’", "'", "»")
#: So many words of a sentence may stand outside a quotation that is all of it.
_BESIDE = 3
#: So many words of report to either side of a stretch are asked whether it is theirs.
_NEAR = 4
_JOINING = frozenset({"and", "but"})
#: What is said without a source is a claim all the same; what is expected or thought is not.
_SAID = frozenset({"said", "say", "says"})

#: The columns of :meth:`Claims.to_frame`.
COLUMNS = (
    "document",
    "sentence",
    "line",
    "column",
    "start",
    "end",
    "speaker",
    "as_written",
    "resolved",
    "source",
    "verb",
    "form",
    "words_quoted",
    "text",
)


class Claim(Value):
    """One statement that an article hangs on a source.

    Attributes
    ----------
    sentence : int
        Number of the sentence in which it begins, from 0.
    line, column : int
        Its place in the draft, from 1.
    spans : tuple of (int, int)
        Half-open offsets into the document's source, a span for each piece.
    text : str
        Its words as a reader reads them, without markup; pieces are divided by " … ".
    speaker : str or None
        The source, by the fullest name that the article gives before.
    as_written : str or None
        The source as the sentence has it ("she", "Ms. Oskin").
    resolved : bool
        Whether `speaker` is a conclusion from a pronoun or from the sentence before, to be
        checked by whoever uses it.
    source : str or None
        ``"named"``, ``"unnamed"`` (an official), ``"vague"`` (critics) or None.
    verb : str or None
        The word of report ("said", "according to").
    form : str
        ``"quoted"``, ``"paraphrased"``, or ``"mixed"``: a paraphrase with a quotation in it.
    words_quoted : int
        Words of it that stand between quotation marks.
    """

    sentence: int
    line: int
    column: int
    spans: tuple[tuple[int, int], ...]
    text: str
    speaker: str | None
    as_written: str | None
    resolved: bool
    source: str | None
    verb: str | None
    form: str
    words_quoted: int

    @property
    def start(self) -> int:
        """Where its first piece begins, in the document's source."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """Where its last piece ends."""
        return self.spans[-1][1]


class Claims(Value, Sequence[Claim]):
    """The claims of a document, in order.

    Attributes
    ----------
    document : str
        Its name.
    found : tuple of Claim
    """

    document: str
    found: tuple[Claim, ...]

    @overload
    def __getitem__(self, index: int) -> Claim: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Claim, ...]: ...
    def __getitem__(self, index: int | slice) -> Claim | tuple[Claim, ...]:
        return self.found[index]

    def __len__(self) -> int:
        return len(self.found)

    def __iter__(self) -> Iterator[Claim]:
        return iter(self.found)

    def to_dict(self) -> list[dict[str, Any]]:
        """Return one plain dict a claim, with the fields of :data:`COLUMNS` and ``spans``."""
        return [
            {
                "document": self.document,
                "sentence": one.sentence,
                "line": one.line,
                "column": one.column,
                "start": one.start,
                "end": one.end,
                "speaker": one.speaker,
                "as_written": one.as_written,
                "resolved": one.resolved,
                "source": one.source,
                "verb": one.verb,
                "form": one.form,
                "words_quoted": one.words_quoted,
                "text": one.text,
                "spans": [list(span) for span in one.spans],
            }
            for one in self.found
        ]

    def to_frame(self) -> pd.DataFrame:
        """Return one row a claim, with the columns of :data:`COLUMNS`."""
        import pandas as pd

        rows = [[row[name] for name in COLUMNS] for row in self.to_dict()]
        return pd.DataFrame(rows, columns=list(COLUMNS))


#: Sentence, start, end, kind; the offsets are the sentence's.
_Piece = tuple[int, int, int, str]


class _Statement:
    """What one word of report in one sentence brings, until its claim is put together."""

    def __init__(self, sentence: int, frame: Frame | None) -> None:
        self.sentence = sentence
        self.frame = frame
        #: Which is where, so that speaker and verb can be read off.
        self.said_in = sentence
        self.pieces: list[_Piece] = []

    @property
    def is_speech(self) -> bool:
        """Whether all of it stands between quotation marks."""
        return all(kind == "quotation" for _, _, _, kind in self.pieces)


def find_claims(analysis: Analysis) -> Claims:
    """Return what an article hangs on sources.

    Parameters
    ----------
    analysis : Analysis
        Read and heard.

    Returns
    -------
    Claims

    Examples
    --------
    >>> from framing.analysis import analyze
    >>> from framing.model import LinearModel
    >>> text = "Ada Crane left. “It failed. It will fail again,” she said."
    >>> [one] = find_claims(analyze(text, model=LinearModel({}, -1.0)))
    >>> one.speaker, one.as_written, one.verb, one.form, one.text
    ('Ada Crane', 'she', 'said', 'quoted', '“It failed. … It will fail again,”')
    """
    document = analysis.document
    sentences = document.sentences
    statements: list[_Statement] = []
    for number, sentence in enumerate(sentences):
        if sentence.kind in JUDGED and sentence.voices:
            for one in _statements(number, sentence):
                if not (statements and _joined(document, statements[-1], one)):
                    statements.append(one)
    people = People()
    met = 0
    found = []
    for one in statements:
        while met < one.said_in:
            people.meet(met, sentences[met])
            met += 1
        found.append(_claim(document, one, people))
    return Claims(document.name, tuple(found))


def _statements(number: int, sentence: Sentence) -> Iterator[_Statement]:
    """Yield what a sentence hangs on sources, one for each word of report."""
    tokens = sentence.tokens
    heard = by_tokens(tokens, sentence.voices)
    quoted = [False] * len(tokens)
    for start, end, kind, _, _ in heard:
        if kind != "attributed":
            quoted[start:end] = [True] * (end - start)
    frames = attributions(tokens.words, tokens.raw, quoted)[1]
    by_speaker: dict[tuple[int, int] | None, list[Frame]] = {}
    for one in frames:
        by_speaker.setdefault(one.speaker, []).append(one)
    by_frame: dict[Frame | None, _Statement] = {}
    attributed: list[tuple[int, int, Frame | None]] = []
    starts = tokens.starts
    # Attributed clauses first: what is quoted inside one is said by whoever says all of it.
    for placed in sorted(heard, key=lambda voice: voice.kind == "quotation"):
        if placed.kind not in _SPOKEN:
            continue
        for frame, start, end in _parts(tokens, placed, by_speaker.get(placed.speaker, [])):
            if placed.kind == "attributed":
                attributed.append((start, end, frame))
            else:
                frame = _around(attributed, start, end, frame)
            statement = by_frame.setdefault(frame, _Statement(number, frame))
            last = starts[end - 1] + len(tokens.raw[end - 1])
            statement.pieces.append((number, starts[start], last, placed.kind))
    line = Line(tokens.words, tokens.raw, quoted)
    for said in sorted(by_frame.values(), key=lambda said: min(said.pieces)):
        said.pieces = list(_outermost(said.pieces))
        if said.frame and not said.frame.speaker:
            said.frame = _with_subject(line, said.frame)
        if _is_statement(line, said) if said.frame else _is_speech_alone(sentence, said):
            yield said


def _around(
    attributed: Sequence[tuple[int, int, Frame | None]], start: int, end: int, frame: Frame | None
) -> Frame | None:
    """Return the frame of the clause around a quotation, unless that holds the quotation's own."""
    at = bisect_right(attributed, start, key=lambda one: one[0]) - 1
    if at < 0:
        return frame
    first, last, around = attributed[at]
    inside = end <= last and not (frame and first <= frame.at < last)
    return around if inside else frame


def _parts(
    tokens: Tokens, voice: Heard, own: Sequence[Frame]
) -> Iterator[tuple[Frame | None, int, int]]:
    """Yield what each word of report brings of a stretch, by token numbers.

    "said the plan was sound and denied that it was late" is heard as one stretch: the second
    word of report begins a statement of its own.
    """
    start, end = voice.start, voice.end
    near = bisect_left(own, start, key=lambda frame: frame.at)
    own = own[max(near - _NEAR, 0) : near + _NEAR]
    nearest = min(
        own,
        key=lambda frame: (
            start <= frame.at < end,  # what is said does not say itself
            max(start - frame.at, frame.at - end),
            frame.at > start,
        ),
        default=None,
    )
    if voice.kind == "attributed":
        for frame in own:
            at = frame.at
            if start < at < end - 2 and frame is not nearest and tokens.words[at - 1] in _JOINING:
                yield nearest, start, at - 1
                nearest, start = frame, at + 1 + (tokens.words[at + 1] == "that")
    yield nearest, start, end


def _with_subject(line: Line, frame: Frame) -> Frame:
    """Give a frame without a source the subject of its sentence, unless that is told or thought."""
    before = line.bits[max(frame.at - 3, 0) : frame.at]
    if not frame.at or any(bits & BE for bits in before):
        return frame
    start = line.find(1, COMMA) + 1 if line.bits[0] & PREPOSITION else 0  # On March 12, …
    span = main_subject(line, start)
    return Frame(frame.at, span, source_of(line, span)) if span else frame


def _is_statement(line: Line, one: _Statement) -> bool:
    """Whether a frame brings something that is said to be so, and not a question or a wish."""
    frame = one.frame
    if frame is None or any(kind != "attributed" for _, _, _, kind in one.pieces):
        return True
    bits = line.bits[frame.at]
    if bits & NOUN and line.is_(frame.at + 1, AUXILIARY):
        return False  # written comments may be sent
    if bits & ASK and not bits & (SAY | REPORT | NOUN):
        return False
    if frame.speaker or line.word(frame.at) in _SAID:
        return True
    passive = any(kind & BE for kind in line.bits[max(frame.at - 3, 0) : frame.at])
    return bool(bits & (TELL | REPORT)) if passive else bool(bits & NOUN)


def _outermost(pieces: Sequence[_Piece]) -> Iterator[_Piece]:
    """Leave out what lies inside another piece: an attributed clause becomes mixed by it."""
    kept: list[_Piece] = []
    for number, start, end, kind in sorted(pieces, key=lambda one: (one[1], -one[2])):
        if kept and end <= kept[-1][2]:
            before = kept[-1]
            # The marks make all of it a quotation, though a clause was found in the same place.
            whole = (start, end) == before[1:3]
            kept[-1] = (*before[:3], "quotation" if whole or before[3] == kind else "mixed")
        else:
            kept.append((number, start, end, kind))
    yield from kept


def _is_speech_alone(sentence: Sentence, one: _Statement) -> bool:
    """Whether a quotation without a word of report is all there is of its sentence."""
    outside = sentence.text
    for _, start, end, _ in reversed(one.pieces):
        outside = outside[:start] + outside[end:]
    return len(outside.split()) <= _BESIDE


def _joined(document: Document, before: _Statement, one: _Statement) -> bool:
    """Join a statement to the one before if it goes on with the same speech."""
    sentences = document.sentences
    last = before.pieces[-1]
    if one.sentence != last[0] + 1 or not (before.is_speech and one.is_speech):
        return False
    if before.frame and one.frame:
        return False
    if one.pieces[0][1] > 0 or (not before.frame and last[2] < len(sentences[last[0]].text)):
        return False
    text = sentences[last[0]].text[last[1] : last[2]].rstrip()
    closed = text.endswith(_CLOSERS)
    if document.paragraphs[one.sentence] != document.paragraphs[last[0]] and closed:
        return False
    before.pieces.extend(one.pieces)
    if one.frame:
        before.frame, before.said_in = one.frame, one.sentence
    return True


def _claim(document: Document, one: _Statement, people: People) -> Claim:
    """Put a claim together from a statement."""
    sentences = document.sentences
    said_in = sentences[one.said_in]
    spans = tuple(
        document.span(sentences[number], start, end) for number, start, end, _ in one.pieces
    )
    texts = [sentences[number].text[start:end] for number, start, end, _ in one.pieces]
    kinds = {kind for _, _, _, kind in one.pieces}
    form = "quoted" if kinds == {"quotation"} else "mixed"
    if kinds == {"attributed"}:
        form = "paraphrased"
    frame = one.frame
    speaker = people.speaker(
        one.said_in,
        said_in,
        frame.speaker if frame else None,
        frame.source if frame else None,
        framed=frame is not None,
    )
    return Claim(
        one.sentence,
        *document.place(spans[0][0]),
        spans,
        " … ".join(texts),
        speaker.name,
        speaker.as_written,
        speaker.resolved,
        speaker.source,
        _verb(said_in, frame),
        form,
        sum(_words_quoted(sentences[number], start, end) for number, start, end, _ in one.pieces),
    )


def _words_quoted(sentence: Sentence, start: int, end: int) -> int:
    """Count the words of a piece that stand in quotations."""
    raw, starts = sentence.tokens.raw, sentence.tokens.starts
    voices = sentence.voices
    count = 0
    for voice in voices[bisect_left(voices, start, key=lambda one: one.start) :]:
        if voice.start >= end:
            break
        if voice.kind == "quotation":
            first, last = bisect_left(starts, voice.start), bisect_left(starts, voice.end)
            count += sum(token[0].isalnum() for token in raw[first:last])
    return count


def _verb(sentence: Sentence, frame: Frame | None) -> str | None:
    """Return the word of report as written."""
    if frame is None:
        return None
    tokens = sentence.tokens
    if tokens.words[frame.at : frame.at + 2] == ["according", "to"]:
        return " ".join(tokens.raw[frame.at : frame.at + 2])
    at = frame.at
    while at > 0 and not tokens.raw[at][0].isalnum():
        at -= 1  # the colon after "said"
    return tokens.raw[at] if tokens.raw[at][0].isalnum() else None
