"""Tests for extractors, those of plug-ins too: cases in a TSV file, and the contract.

A case file is unquoted TSV with the columns ``feature``, ``fires``, ``text`` and ``marked``:
whether a feature fires on a sentence, and exactly which words it marks, separated by `` || ``.
A feature may be given without its last part: ``hedging.word`` stands for ``hedging.word.weak``
and the others.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable
from functools import cache
from math import isfinite
from pathlib import Path
from typing import NamedTuple

from framing.errors import DataError, ExtractorError
from framing.evidence import Evidence, Extractor, check_names
from framing.extraction import Extraction
from framing.extractors import BUILTIN
from framing.text import Sentence
from framing.voice import sentence_of

__all__ = ["NASTY", "Case", "check_extractor", "load_cases", "run_case"]

_COLUMNS = ["feature", "fires", "text", "marked"]
_SEPARATOR = " || "
#: Runs for its own cases alone: what it imports takes more than a second.
_SLOW = "readability"

#: Sentences on which extractors have stumbled: empty, blank, broken, huge, in other scripts.
NASTY: tuple[str, ...] = (
    "",
    " ",
    "\u200b",
    "\x00",
    "\ud800",
    ".",
    "…",
    "?!",
    "-",
    "a",
    "5",
    "İ",
    "ı İSTANBUL ẞ ŉ",
    "e\u0301te\u0301",
    "🎉 👨‍👩‍👧 party",
    "١٢٣ and ½ and Ⅷ",
    "他说：“太可怕了！”",
    "\u202eright to left\u202c",
    "non\u00a0breaking\u202fspaces\u2009here",
    "A\r\nsentence\u2028over\tlines\n",
    "   indented, and a blank at the end   ",
    "ALL CAPITALS, AND A NUMBER: 1,250.50!",
    "“Open, and never closed",
    "never opened,” she said",
    "“A ‘nested’ one,” he said, “goes on,” according to the “so-called” minister.",
    '"\'"\'"',
    "She said that critics say that, according to him, it failed.",
    "(((—–--;:,)))",
    "*bold* <b>tags</b> & entities &amp; https://example.org/a?b=c#d me@example.org #tag",
    "^ * - || \t \\ %s {} $1",
    "word " * 2_000,
    "x" * 10_000,
    "!" * 1_000,
)


class Case(NamedTuple):
    """A sentence, and what a feature marks in it.

    Attributes
    ----------
    feature : str
        A feature, or the beginning of several.
    fires : bool
        Whether it marks anything.
    text : str
        The sentence.
    marked : tuple of str
        Words among the marked ones; empty unless `fires`.
    place : str
        ``path:line``, for messages.
    """

    feature: str
    fires: bool
    text: str
    marked: tuple[str, ...] = ()
    place: str = "<case>"


def load_cases(path: str | Path) -> list[Case]:
    r"""Read a case file.

    Parameters
    ----------
    path : str or Path
        TSV without quoting, with the columns feature, fires (yes or no), text and marked.

    Returns
    -------
    list of Case

    Raises
    ------
    DataError
        If the file cannot be read or a row breaks the format; the text names ``path:line``.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp(), "shout.tsv")
    >>> row = "rhetoric.exclamation_mark\tyes\tNo!\t!"
    >>> _ = path.write_text(f"feature\tfires\ttext\tmarked\n{row}\n")
    >>> load_cases(path)[0][:4]
    ('rhetoric.exclamation_mark', True, 'No!', ('!',))
    """
    try:
        lines = Path(path).read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: cannot read these cases: {error}") from error
    if lines[0].split("\t") != _COLUMNS:
        raise DataError(f"{path}:1: the columns are {', '.join(_COLUMNS)}, separated by tabs")
    return [_case(line, f"{path}:{number}") for number, line in enumerate(lines[1:], 2) if line]


def _case(line: str, place: str) -> Case:
    cells = line.split("\t")
    if len(cells) != len(_COLUMNS):
        raise DataError(f"{place}: {len(cells)} columns, not {len(_COLUMNS)}")
    feature, fires, text, marks = cells
    marked = tuple(marks.split(_SEPARATOR)) if marks else ()
    if fires not in ("yes", "no"):
        raise DataError(f"{place}: fires is yes or no, not {fires!r}")
    if (fires == "yes") != bool(marked):
        raise DataError(f"{place}: a case names marked words if it fires, and only then")
    for words in marked:
        if words not in text:
            raise DataError(f"{place}: {words!r} is not in the text")
    return Case(feature, fires == "yes", text, marked, place)


def run_case(case: Case, extractors: Iterable[Extractor] | None = None) -> list[str]:
    """Run extractors over a case's sentence.

    Parameters
    ----------
    case : Case
    extractors : iterable of Extractor, optional
        By default the built-in ones that are not learned in training.

    Returns
    -------
    list of str
        What is wrong, each with the place of the case; empty if all is well.

    Examples
    --------
    >>> run_case(Case("rhetoric.exclamation_mark", True, "No!", ("!",)))
    []
    >>> run_case(Case("rhetoric.exclamation_mark", False, "No!"))
    ["<case>: rhetoric.exclamation_mark must not mark '!' in 'No!'"]
    """
    if extractors is None:
        extraction = _builtin(slow=case.feature.partition(".")[0] == _SLOW)
    else:
        extraction = Extraction(extractors)
    text = case.text
    found = [
        text[mark.start : mark.end]
        for mark in extraction.evidence(sentence_of(text))
        if f"{mark.feature}.".startswith(f"{case.feature}.")
    ]
    if not case.fires:
        return [
            f"{case.place}: {case.feature} must not mark {words!r} in {text!r}" for words in found
        ]
    return [
        f"{case.place}: {case.feature} must mark {words!r} in {text!r}, it marks {found}"
        for words in case.marked
        if words not in found
    ]


@cache
def _builtin(*, slow: bool) -> Extraction:
    """Make the built-in extractors ready, once for all cases."""
    return Extraction(one for one in BUILTIN if not one.learned and (slow or one.name != _SLOW))


def check_extractor(
    extractor: Extractor, sentences: Iterable[str | Sentence] | None = None
) -> None:
    """Check that an extractor keeps the contract.

    All features are called after it, described and declared; every mark lies inside the
    sentence and has a finite value; the same sentence gives the same
    marks; it can be pickled, as work in several processes needs; and nothing makes it fail.

    Parameters
    ----------
    extractor : Extractor
    sentences : iterable of str or Sentence, optional
        By default :data:`NASTY`.

    Raises
    ------
    ExtractorError
        Naming the first thing that is wrong, and the sentence.

    Examples
    --------
    >>> from framing.extractors.rhetoric import RHETORIC
    >>> check_extractor(RHETORIC)

    >>> check_extractor(Extractor("shout", {"loud": "exclamation marks"}))
    Traceback (most recent call last):
    framing.errors.ExtractorError: extractor 'shout': call the feature shout.'loud'
    """
    if not isinstance(extractor, Extractor):
        raise ExtractorError(
            f"{extractor!r} is {type(extractor).__name__}, not an Extractor; make it with"
            " @framing.extractor"
        )
    who = f"extractor {extractor.name!r}"
    _check_declared(extractor, who)
    # Everybody's words, so that nothing an extractor marks goes unseen.
    whole = extractor.replace(quoted=True)
    runs = [Extraction([one]) for one in (whole, whole, _pickled(whole, who))]
    for given in NASTY if sentences is None else sentences:
        text = given if isinstance(given, str) else given.text
        where = f"{who}, in {_shown(text)}"
        try:
            # A sentence of its own for each run: nothing is shared but the text.
            first, second, unpickled = (
                run.evidence(sentence_of(text) if isinstance(given, str) else given.replace())
                for run in runs
            )
        except ExtractorError as error:
            if error.__cause__ is None:
                raise
            raise ExtractorError(f"{where}: fails with {error.__cause__!r}") from error
        for mark in first:
            _check_mark(mark, extractor, where)
        if second != first:
            raise ExtractorError(f"{where}: marks the same sentence differently each time")
        if unpickled != first:
            raise ExtractorError(f"{where}: marks differently once pickled")


def _check_declared(extractor: Extractor, who: str) -> None:
    check_names(extractor.name, extractor.features)
    for feature, what in extractor.features.items():
        if not what.strip():
            raise ExtractorError(f"{who}: say what {feature!r} is, its unit and its source")
    for feature in extractor.lexicon.features if extractor.lexicon else ():
        if not extractor.declares(feature):
            raise ExtractorError(f"{who}: its lexicon names {feature!r}, which is not declared")


def _pickled(extractor: Extractor, who: str) -> Extractor:
    try:
        again: Extractor = pickle.loads(pickle.dumps(extractor))
    except Exception as error:  # pickle raises what it likes
        raise ExtractorError(
            f"{who} cannot be pickled: {error}; define its functions at the top of a module"
        ) from error
    if again != extractor:
        raise ExtractorError(f"{who} is another one once pickled")
    return again


def _check_mark(mark: Evidence, extractor: Extractor, where: str) -> None:
    # That it lies inside the sentence, the extraction has seen to.
    feature, value = mark.feature, mark.value
    if not extractor.declares(feature):
        raise ExtractorError(f"{where}: {feature!r} is not declared")
    if not isfinite(value):
        raise ExtractorError(f"{where}: {feature} has the value {value}; a value is finite")


def _shown(text: str, longest: int = 60) -> str:
    return ascii(text) if len(text) <= longest else f"{text[:longest]!a}…"
