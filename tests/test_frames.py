"""Tables of an analysis: offsets hold, and the marks add up to the score."""

from __future__ import annotations

import pandas as pd

from framing.analysis import analyze
from framing.frames import EVIDENCE, SENTENCES

ARTICLE = (
    "Pier Reopens\n\nA shameful, disgraceful plan? “It is a farce,” said Ada Crane.\n\nBy Bo Lund"
)


def cut(frame: pd.DataFrame) -> list[str]:
    """What stands at a frame's offsets."""
    return [ARTICLE[start:end] for start, end in frame[["start", "end"]].itertuples(False, None)]


def test_one_row_a_sentence() -> None:
    frame = analyze(ARTICLE).to_frame()
    assert tuple(frame.columns) == SENTENCES
    assert cut(frame) == list(frame["text"])
    assert frame["paragraph"].is_monotonic_increasing
    assert frame["unsure"].dtype == bool
    assert frame.loc[frame["speakers"] == "Ada Crane", "share_other"].between(0.4, 0.8).all()


def test_marks_add_up_to_the_score() -> None:
    analysis = analyze(ARTICLE)
    marks = analysis.evidence_frame()
    assert tuple(marks.columns) == EVIDENCE
    for number, verdict in enumerate(analysis):
        total = marks.loc[marks["sentence"] == number, "amount"].sum()
        if verdict.score is None or verdict.base is None:
            assert total == 0
        else:
            assert abs(total + verdict.base - verdict.score) < 1e-9
    assert cut(marks) == list(marks["text"])


def test_nothing_there() -> None:
    empty = analyze("")
    assert (len(empty.to_frame()), len(empty.evidence_frame())) == (0, 0)
    assert tuple(empty.evidence_frame().columns) == EVIDENCE
