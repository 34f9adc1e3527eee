"""Changes to a sentence whose effect on its label is known: names, gender, voice, signs.

Each function takes a sentence and returns it changed, or as it was if there is nothing to change.
Nothing is drawn by chance: a name has one replacement, told by its letters, in every text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import groupby
from pathlib import Path
from zlib import crc32

from framing.errors import DataError

__all__ = [
    "attribute",
    "curly_quotes",
    "invented",
    "lowered",
    "names_in",
    "no_break_spaces",
    "other_dashes",
    "perhaps",
    "quote",
    "quote_after",
    "report",
    "seems",
    "straight_quotes",
    "swap_gender",
    "swap_names",
    "swap_outlets",
    "tells_direction",
    "written_small",
]

_HERE = Path(__file__).parent
#: A word; "'s" is none of it, and "O'Brien" and "Anglo-Ombrian" are one.
_WORD = re.compile(r"[^\W\d_]+(?:['’-](?![sS]\b)[^\W\d_]+)*")
#: Here a capital says nothing: a sentence or a quotation begins.
_OPENING = re.compile(r"(?:^|[.!?:…]['\"”’)]*\s+|[\"“‘(\[]|(?:^|\s)['’])\s*$")
_DEMONYM = re.compile(r".{2,}(?:ian|ians|ish|ese)$")


@cache
def _table(name: str) -> tuple[tuple[str, str], ...]:
    """Read a file of this folder: two columns."""
    rows = []
    lines = (_HERE / name).read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        if line and not line.startswith("#"):
            left, tab, right = line.partition("\t")
            if not (left and tab and right):
                raise DataError(f"{name}:{number}: write two cells with a tab between them")
            rows.append((left, right))
    return tuple(rows)


@cache
def _words(kind: str) -> frozenset[str]:
    """Return the words of a kind, see the comments in ``words.tsv``."""
    return frozenset(word for word, one in _table("words.tsv") if one == kind)


@cache
def invented(kind: str) -> tuple[str, ...]:
    """Return the invented names of a kind: given, family, place, demonym, party, outlet.

    Examples
    --------
    >>> "Kelmouth Gazette" in invented("outlet")
    True
    """
    return tuple(name for name, one in _table("names.tsv") if one == kind)


def _another(name: str, names: Iterable[str]) -> str:
    """Return the name that takes the place of `name`: always the same, never itself."""
    others = [one for one in names if one.lower() != name.lower()]
    return others[crc32(name.lower().encode()) % len(others)]


def _headline(text: str, words: Iterable[re.Match[str]]) -> bool:
    """Whether Most Longer Words Have Capitals and no full stop follows."""
    longer = [match.group()[0].isupper() for match in words if len(match.group()) > 3]
    open_end = text.rstrip()[-1:] not in (*".!?…”’\"'",)
    return open_end and len(longer) > 2 and sum(longer) > 0.6 * len(longer)


def _small_and_capital(texts: Iterable[str]) -> tuple[set[str], set[str]]:
    small: set[str] = set()
    capital: set[str] = set()
    for text in texts:
        words = list(_WORD.finditer(text))
        if _headline(text, words):
            continue
        for match in words:
            word = match.group()
            if word.islower():
                small.add(word)
            elif word[0].isupper() and not _OPENING.search(text[: match.start()]):
                capital.add(word)
    return small, capital


def names_in(texts: Iterable[str]) -> frozenset[str]:
    """Return the words that are names in a material.

    A name has a capital inside a sentence and is written small nowhere in the material: "Court"
    in "Crown Court" is a common noun. All capitals (NATO), dates and titles are no names.

    Examples
    --------
    >>> material = ["On Monday Ilko Maren left the court.", "The Court in Varsk was full."]
    >>> sorted(names_in(material))
    ['Ilko', 'Maren', 'Varsk']
    """
    small, capital = _small_and_capital(texts)
    return frozenset(
        word
        for word in capital
        if not word.isupper()
        and word.lower() not in small
        and word.lower().replace("’", "'") not in _words("no_name")
    )


def swap_names(text: str, names: frozenset[str]) -> str:
    """Replace the names of people, places, peoples and parties by invented ones.

    Parameters
    ----------
    text : str
        A sentence.
    names : frozenset of str
        The words that are names, see :func:`names_in`.

    Examples
    --------
    >>> swap_names("Ilko Maren left Port Orlin.", frozenset(["Ilko", "Maren", "Orlin"]))
    'Halina Nyberg left Port Hollis.'
    """
    words = list(_WORD.finditer(text))
    if _headline(text, words):
        return text
    changed: list[tuple[int, int, str]] = []
    for run in _runs(text, words):
        last = run[-1].group()
        if len(run) > 1 and last in _words("party") and run[-2].group() in names:
            start = run[1].start() if run[0].group() == "The" else run[0].start()
            whole = text[start : run[-1].end()]
            changed.append((start, run[-1].end(), _another(whole, invented("party"))))
            continue
        at = run[0].start()
        before = text[:at].split()[-1:] or [""]
        place = before[0].lower() in _words("before_place")
        for known, part in groupby(run, lambda match: match.group() in names):
            if known:
                changed.extend(_replaced(list(part), place))
    return _with(text, changed)


def _replaced(part: list[re.Match[str]], place: bool) -> list[tuple[int, int, str]]:
    """Return the replacement of names that follow each other: as many words as there were."""
    words = [match.group() for match in part]
    if place and len(words) <= 2:
        whole = " ".join(words)
        fitting = [one for one in invented("place") if one.count(" ") == len(words) - 1]
        if not _DEMONYM.match(words[0]):
            new = _another(whole, fitting).split()
            return [(*match.span(), one) for match, one in zip(part, new, strict=True)]
    found = []
    for index, match in enumerate(part):
        word = match.group()
        kind = "given" if index == 0 and len(part) > 1 else "family"
        if _DEMONYM.match(word):
            kind = "demonym"
        plural = "s" if kind == "demonym" and word.endswith("s") else ""
        new_word = _another(word.removesuffix(plural), invented(kind)) + plural
        found.append((*match.span(), new_word))
    return found


def _runs(text: str, words: list[re.Match[str]]) -> list[list[re.Match[str]]]:
    """Return the capitalised words that follow each other with one blank between them."""
    runs: list[list[re.Match[str]]] = []
    for match in words:
        if not match.group()[0].isupper():
            continue
        if runs and text[runs[-1][-1].end() : match.start()] == " ":
            runs[-1].append(match)
        else:
            runs.append([match])
    return runs


def _with(text: str, changed: Iterable[tuple[int, int, str]]) -> str:
    """Return a text with spans replaced."""
    for start, end, new in sorted(changed, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def swap_outlets(text: str) -> str:
    """Replace the names of newspapers, agencies and stations by invented ones.

    An outlet is two or more capitalised words of which the last is "Times", "Gazette" and the
    like.

    Examples
    --------
    >>> swap_outlets("The story in the Bay Sentinel was false.")
    'The story in the Lindhelm Ledger was false.'
    """
    words = list(_WORD.finditer(text))
    if _headline(text, words):
        return text
    changed = []
    for run in _runs(text, words):
        heads = [at for at, match in enumerate(run) if match.group() in _words("outlet")]
        first = int(run[0].group() in ("The", "A"))
        if heads and heads[-1] > first:
            start, end = run[first].start(), run[heads[-1]].end()
            changed.append((start, end, _another(text[start:end], invented("outlet"))))
    return _with(text, changed)


@cache
def _genders() -> dict[str, str]:
    found = {"mrs": "mr", "his": "her", "him": "her", "hers": "his", "madam": "sir"}
    for masculine, feminine in _table("gender.tsv"):
        found[masculine] = feminine
        found[feminine] = masculine
    return found


def swap_gender(text: str) -> str:
    """Turn he into she and she into he, with titles, kin and the names of offices.

    Examples
    --------
    >>> swap_gender("The chairman said Mrs Orlan had lost her bag and nobody told her.")
    'The chairwoman said Mr Orlan had lost his bag and nobody told him.'
    """
    genders = _genders()
    words = list(_WORD.finditer(text))
    changed = []
    for index, match in enumerate(words):
        word = match.group()
        low = word.lower()
        after = words[index + 1] if index + 1 < len(words) else None
        joined = after is not None and text[match.end() : after.start()].isspace()
        if low == "her":
            owned = joined and after is not None and after.group().lower() not in _words("function")
            new = "his" if owned else "him"
        elif low == "his" and not joined and text[match.end() :].lstrip()[:1] in (*".,;:!?", ""):
            new = "hers"
        elif low in genders:
            new = genders[low]
        else:
            continue
        changed.append((*match.span(), _in_case(new, word)))
    return _with(text, changed)


def _in_case(new: str, word: str) -> str:
    if word.isupper() and len(word) > 1:
        return new.upper()
    return new.capitalize() if word[0].isupper() else new


def _body(text: str) -> str:
    """Return a sentence as it stands in quotation marks: those inside become single ones."""
    inner = text.strip().replace("“", "‘").replace("”", "’")
    return re.sub(r'(^|[\s(\[—])"', r"\1‘", inner).replace('"', "’")


def quote(text: str, speaker: str = "Dara Venn, a councillor") -> str:
    """Put a sentence into somebody's mouth.

    Examples
    --------
    >>> quote("It is a disgrace.")
    '“It is a disgrace,” said Dara Venn, a councillor.'
    """
    body = _body(text)
    inner = body.rstrip("'’")
    if not inner.endswith(("?", "!")):
        body = f"{inner.rstrip('.…;:,')},{body[len(inner) :]}"
    return f"“{body}” said {speaker}."


def quote_after(text: str, speaker: str = "Dara Venn, a councillor") -> str:
    """Put a sentence into the mouth of somebody who is named first.

    Examples
    --------
    >>> quote_after("It is a disgrace.")
    'Dara Venn, a councillor, said: “It is a disgrace.”'
    """
    return f"{speaker}{',' if ',' in speaker else ''} said: “{_body(text)}”"


def lowered(text: str, small: frozenset[str]) -> str:
    """Return a sentence with a small first letter, unless it begins with a name.

    Parameters
    ----------
    text : str
    small : frozenset of str
        Words that are written small somewhere.

    Examples
    --------
    >>> lowered("The plan failed.", frozenset(["the"]))
    'the plan failed.'
    >>> lowered("Ilko failed.", frozenset(["the"]))
    'Ilko failed.'
    """
    first = _WORD.match(text)
    word = first.group() if first else ""
    if word == "I" or word.lower() not in small or not (word[1:] or "a").islower():
        return text
    return text[0].lower() + text[1:]


def attribute(text: str, small: frozenset[str], speaker: str = "Dara Venn") -> str:
    """Hang a sentence on a source.

    Examples
    --------
    >>> attribute("The plan is a disgrace!", frozenset(["the"]))
    'Dara Venn said that the plan is a disgrace.'
    """
    body = re.sub(r"(?<!!)!+$", ".", lowered(text.strip(), small))
    return f"{speaker} said that {body}"


def report(text: str, small: frozenset[str]) -> str:
    """Hang a sentence on an invented outlet, told by the sentence.

    Examples
    --------
    >>> report("The plan failed.", frozenset(["the"]))
    'The Istrava Star reported that the plan failed.'
    """
    outlet = _another(text, invented("outlet"))
    return f"The {outlet} reported that {lowered(text.strip(), small)}"


def perhaps(text: str, small: frozenset[str]) -> str:
    """Hedge a sentence with "perhaps"."""
    return f"Perhaps {lowered(text.strip(), small)}"


def seems(text: str, small: frozenset[str]) -> str:
    """Hedge a sentence with "it seems that"."""
    return f"It seems that {lowered(text.strip(), small)}"


def straight_quotes(text: str) -> str:
    r"""Replace curly quotation marks and apostrophes by straight ones.

    Examples
    --------
    >>> straight_quotes("“It’s over,” he said.")
    '"It\'s over," he said.'
    """
    return text.translate(str.maketrans("“”„‘’", '"""\'\''))


def curly_quotes(text: str) -> str:
    r"""Replace straight quotation marks and apostrophes by curly ones.

    Examples
    --------
    >>> curly_quotes('"It\'s over," he said.')
    '“It’s over,” he said.'
    """
    text = re.sub(r"(^|[\s(\[—–‘“])\"", r"\1“", text).replace('"', "”")
    return re.sub(r"(^|[\s(\[—–“])'(?!\d)", r"\1‘", text).replace("'", "’")


def tells_direction(curly: str) -> bool:
    """Whether straight quotation marks would say the same as these curly ones.

    They do not in a speech that runs on to the next sentence, with blanks inside the marks, or
    beside marks made of two apostrophes: which opens and which closes could only be guessed.

    Examples
    --------
    >>> tells_direction("“It’s over,” he said."), tells_direction("“It’s over.")
    (True, False)
    """
    marks = "".join(re.findall("[“”]", curly))
    paired = marks == "“”" * (len(marks) // 2)
    odd = re.search(r"''|’’|‘‘|[`„]|[“‘]\s|\s”", curly)
    return paired and not odd and curly_quotes(straight_quotes(curly)) == curly


_DASHES = {" — ": " – ", " – ": " -- ", " -- ": " — "}


def other_dashes(text: str) -> str:
    """Replace every dash between words by another of — – --, all with blanks around them.

    Examples
    --------
    >>> other_dashes("It failed — again — in 1990–95.")
    'It failed – again – in 1990–95.'
    """
    spaced = re.sub(r"(?<=[\w,.!?'’”\")])\s?(—|--)\s?(?=[\w“‘\"'(])", r" \1 ", text)
    return re.sub(r" (?:—|–|--) ", lambda match: _DASHES[match.group()], spaced)


def no_break_spaces(text: str) -> str:
    r"""Replace every other blank by a no-break space.

    Examples
    --------
    >>> no_break_spaces("On 3 May").split(" ")
    ['On\xa03', 'May']
    """
    parts = text.split(" ")
    blanks = ["\u00a0" if index % 2 == 0 else " " for index in range(len(parts) - 1)]
    return "".join(one for pair in zip(parts, [*blanks, ""], strict=True) for one in pair)


def written_small(texts: Iterable[str]) -> frozenset[str]:
    """Return the words that a material writes small somewhere.

    Examples
    --------
    >>> sorted(written_small(["The Court sat in the rain."]))
    ['in', 'rain', 'sat', 'the']
    """
    return frozenset(_small_and_capital(texts)[0])
