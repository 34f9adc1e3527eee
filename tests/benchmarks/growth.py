"""Growth: what a sentence costs as corpora, documents, lexicons and extractors grow; memory."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

from measuring import Timed, clocked, ratios, said, spread, table, taking_turns

import framing
from framing.extractors import BUILTIN
from framing.folding import Folded
from framing.lexicon import Lexicon
from framing.model import LinearModel, load_model

REPEATS = 3
CORPORA = (100, 1_000, 10_000, 100_000)
FEWEST = 20_000
LARGEST = 1_000_000  # a minute of one core, so it is scored once
DOCUMENTS = (1_000, 10_000, 100_000, 1_000_000, 5_000_000)
LEXICONS = (1, 2, 4)

#: Peak memory of scoring so many lines, in a process of its own that reads them one by one.
MEMORY = """
import sys
sys.path.insert(0, sys.argv[1])
from itertools import cycle, islice
from measuring import peak
import framing
texts = open(sys.argv[2], encoding="utf-8").read().split("\\n")
lines = cycle(texts)
for _ in range(int(sys.argv[3]) // 10_000):
    framing.score(list(islice(lines, 10_000)))
print(peak())
"""


def repeated(texts: list[str], size: int) -> list[str]:
    return list(islice(cycle(texts), size))


def per_sentence(work: Callable[[], object], sentences: int) -> Callable[[], float]:
    return lambda: clocked(work) / sentences * 1e6


def _rows(found: dict[str, Timed], what: str) -> list[str]:
    first = next(iter(found.values()))
    return table(
        [what, "microseconds per sentence", "times the first row"],
        *([name, spread(one.turns, ".1f"), ratios(first, one)] for name, one in found.items()),
    )


def corpora(texts: list[str]) -> list[str]:
    """Score ever more sentences in a call: the same ones, for some are dearer than others."""

    def scoring(size: int) -> Callable[[], float]:
        every = repeated(texts, max(size, FEWEST))
        parts = [every[at : at + size] for at in range(0, len(every), size)]
        return per_sentence(lambda: [framing.score(part) for part in parts], len(every))

    found = taking_turns({f"{size:,}": scoring(size) for size in CORPORA}, REPEATS)
    # Its ratio is to a turn of the smallest corpus right before it.
    last = taking_turns({"": scoring(CORPORA[0]), f"{LARGEST:,}": scoring(LARGEST)}, 1)
    what = "sentences in one call of `framing.score`"
    return [*_rows(found, what)[:-1], *_rows(last, what)[3:]]


def divided(texts: list[str], size: int, total: int) -> list[str]:
    """Return so many characters in documents of a size, in paragraphs of three sentences."""
    sentences = cycle(texts)
    found: list[str] = []
    for _ in range(total // size):
        paragraphs: list[str] = []
        length = 0
        while length < size:
            paragraphs.append(" ".join(islice(sentences, 3)))
            length += len(paragraphs[-1])
        found.append("\n\n".join(paragraphs)[:size])
    return found


def documents(texts: list[str]) -> list[str]:
    """Analyse ever longer documents: as much text in one call, and one document by itself."""

    def together(size: int) -> Callable[[], float]:
        some = divided(texts, size, DOCUMENTS[-1])
        return per_sentence(
            lambda: [len(one) for one in framing.analyze_all(some)],
            sum(map(len, framing.analyze_all(some))),
        )

    def alone(size: int) -> Callable[[], float]:
        (text,), often = divided(texts, size, size), max(200_000 // size, 1)
        return per_sentence(
            lambda: [framing.analyze(text) for _ in range(often)],
            len(framing.analyze(text)) * often,
        )

    def grown(of_size: Callable[[int], Callable[[], float]], what: str) -> list[str]:
        found = taking_turns({f"{size:,}": of_size(size) for size in DOCUMENTS}, REPEATS)
        return _rows(found, what)

    return [
        *grown(together, f"characters in each document; {DOCUMENTS[-1]:,} in one `analyze_all`"),
        *grown(alone, "characters in one `analyze`"),
    ]


def _inflated(lexicon: Lexicon, times: int) -> Lexicon:
    """Add rows that are looked up and never found, as many as there are, so many times."""
    rows = [
        f"{word}{letter} {rest}".rstrip() + row[len(phrase) :]
        for row in lexicon.rows
        for phrase in (row.partition("\t")[0],)
        for word, _, rest in (phrase.partition(" "),)
        for letter in "qxz"[: times - 1]
        if word != "^"
    ]
    return lexicon.replace(rows=tuple(sorted({*lexicon.rows, *rows})))


def lexicons(texts: list[str]) -> list[str]:
    """Score with lexicons of several sizes: the same model and more phrases."""
    shipped = load_model()

    def scoring(times: int) -> Callable[[], float]:
        extractors = (
            one.with_lexicon(_inflated(one.lexicon, times)) if one.lexicon else one
            for one in shipped.extraction.extractors
        )
        folded = Folded(type(shipped.extraction)(extractors), shipped.weights, shipped.base)
        folded.scores(texts)
        return per_sentence(lambda: folded.scores(texts), len(texts))

    rows = sum(len(one.lexicon.rows) for one in shipped.extraction.extractors if one.lexicon)
    return _rows(
        taking_turns(
            {f"{rows * times:,} phrases (x {times})": scoring(times) for times in LEXICONS},
            REPEATS,
        ),
        "lexicons of the model",
    )


def extractors(texts: list[str]) -> list[str]:
    """Score with ever more extractors."""
    shipped = load_model()
    names = sorted(set(shipped.extractors) & {one.name for one in BUILTIN})

    def scoring(count: int) -> Callable[[], float]:
        chosen = {name: shipped.extractors[name] for name in names[:count]}
        weights = {
            name: weight
            for name, weight in shipped.weights.items()
            if name.partition(".")[0] in chosen
        }
        model = LinearModel(weights, shipped.base, extractors=chosen)
        model.scores(texts)
        return per_sentence(lambda: model.scores(texts), len(texts))

    steps = [1, len(names) // 2, len(names)]
    return _rows(taking_turns({str(step): scoring(step) for step in steps}, REPEATS), "extractors")


def memory(path: str) -> list[str]:
    """Score ever more sentences in processes of their own."""
    return table(
        ["sentences scored, 10,000 a call", "peak memory of the process, MB"],
        *(
            [f"{size:,}", f"{float(said(MEMORY, str(Path(__file__).parent), path, str(size))):.0f}"]
            for size in (10_000, 50_000, 200_000)
        ),
    )
