"""Sentences out to annotators and their labels back: Label Studio and doccano.

A task is a sentence with the sentences around it, for that is how framing's own data was
labelled. The model's verdicts stay at home unless they are asked for: who sees a label agrees
with it more often.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from framing.errors import DataError
from framing.readers.encoding import read_text

if TYPE_CHECKING:
    import pandas as pd

    from framing.analysis import Analysis

__all__ = ["LABEL_STUDIO_CONFIG", "TOOLS", "labels_frame", "read_labels", "tasks"]

#: The tools that are spoken to.
TOOLS = ("label-studio", "doccano")

#: What a Label Studio project shows; paste it under Settings, Labeling Interface, Code.
LABEL_STUDIO_CONFIG = """\
<View>
  <Header value="Does the writer report, or comment in their own voice?"/>
  <Text name="before" value="$before"/>
  <Text name="text" value="$text"/>
  <Text name="after" value="$after"/>
  <Choices name="label" toName="text" choice="single" showInline="true" required="true">
    <Choice value="reporting" hotkey="r"/>
    <Choice value="editorial" hotkey="e"/>
  </Choices>
</View>
"""

_LABELS = {"editorial": 1, "reporting": 0}
#: What travels with a sentence and comes back.
_PLACES = ("document", "sentence", "start", "end")
_COLUMNS = ("text", "label", "group", "annotator", "sentence", "start", "end")

Row = dict[str, Any]


def tasks(
    analyses: Iterable[Analysis],
    tool: str = "label-studio",
    *,
    predictions: bool = False,
) -> str:
    """Return the judged sentences of articles as tasks for annotators.

    Parameters
    ----------
    analyses : iterable of Analysis
    tool : {"label-studio", "doccano"}
        Label Studio gets a JSON list of tasks, see :data:`LABEL_STUDIO_CONFIG`; doccano, in a
        project for text classification, JSON lines.
    predictions : bool
        Show the model's labels to the annotators. Measures of agreement mean little then.

    Returns
    -------
    str
        JSON or JSON lines, ended by a newline.

    Raises
    ------
    ValueError
        If the tool is unknown.

    Examples
    --------
    >>> from framing.analysis import analyze
    >>> [task] = json.loads(tasks([analyze("It rained.")]))
    >>> task["data"]["text"], task["data"]["document"], task["data"]["start"]
    ('It rained.', '<text>', 0)
    """
    if tool not in TOOLS:
        raise ValueError(f"tool must be one of {', '.join(TOOLS)}, not {tool!r}")
    from framing.analysis import Analysis

    every = tuple(analyses)
    for one in every:
        if not isinstance(one, Analysis):
            raise TypeError(f"analyses are of the type Analysis, not {type(one).__name__}")
    rows = (row for analysis in every for row in _sentences(analysis))
    if tool == "doccano":
        return "".join(
            json.dumps(
                {
                    "text": row["text"],
                    "label": [row["label"]] if predictions else [],
                    **{name: row[name] for name in (*_PLACES, "before", "after")},
                }
            )
            + "\n"
            for row in rows
        )
    listed = [
        {
            "data": {name: row[name] for name in ("text", *_PLACES, "before", "after")},
            **({"predictions": [_prediction(row)]} if predictions else {}),
        }
        for row in rows
    ]
    return json.dumps(listed, indent=1) + "\n"


def _sentences(analysis: Analysis) -> Iterator[Row]:
    """Yield a row for each judged sentence, with its neighbours."""
    judged = [(n, verdict) for n, verdict in enumerate(analysis) if verdict.label is not None]
    for at, (number, verdict) in enumerate(judged):
        sentence = verdict.sentence
        yield {
            "text": sentence.text,
            "document": analysis.document.name,
            "sentence": number,
            "start": sentence.start,
            "end": sentence.end,
            "before": judged[at - 1][1].sentence.text if at else "",
            "after": judged[at + 1][1].sentence.text if at + 1 < len(judged) else "",
            "label": verdict.label,
            "probability": verdict.probability,
        }


def _prediction(row: Row) -> Row:
    chance = row["probability"]
    return {
        "model_version": "framing",
        "score": chance if row["label"] == "editorial" else 1 - chance,
        "result": [
            {
                "from_name": "label",
                "to_name": "text",
                "type": "choices",
                "value": {"choices": [row["label"]]},
            }
        ],
    }


def read_labels(path: str | os.PathLike[str]) -> pd.DataFrame:
    """Read what annotators have labelled.

    Parameters
    ----------
    path : str or Path
        Label Studio's export as JSON or JSON-MIN, or doccano's as JSONL; told apart by what is
        in it.

    Returns
    -------
    pandas.DataFrame
        One row a label: text, label (1 editorial, 0 reporting), group (the document), annotator,
        sentence, start and end, in the form that :mod:`framing.training` takes. Two annotators
        of a sentence are two rows. What was skipped or left without a label is not there.

    Raises
    ------
    ReadError
        If the file cannot be read.
    DataError
        If it is no such export, or holds a label of another kind; the text names the item.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> path = Path(tempfile.mkdtemp(), "labels.jsonl")
    >>> _ = path.write_text('{"text": "It rained.", "label": ["reporting"], "document": "a"}')
    >>> read_labels(path)[["text", "label", "group"]].values.tolist()
    [['It rained.', 0, 'a']]
    """
    name = os.fspath(path)
    return labels_frame(_items(read_text(path).removeprefix("\ufeff"), name), name)


def _items(text: str, path: str) -> list[tuple[str, Row]]:
    """Return the items of an export, each with its place."""
    if text.lstrip().startswith("["):
        try:
            items = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise DataError(f"{path}: not JSON: {error}") from error
        placed = [(f"{path}: item {number}", item) for number, item in enumerate(items, 1)]
    else:
        placed = []
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip():
                try:
                    placed.append((f"{path}:{number}", json.loads(line)))
                except (ValueError, RecursionError) as error:
                    raise DataError(f"{path}:{number}: not JSON: {error}") from error
    for place, item in placed:
        if not isinstance(item, dict):
            raise DataError(f"{place}: not an object; export as JSON or JSONL")
    return placed


def labels_frame(items: Sequence[tuple[str, Row]], path: str = "<labels>") -> pd.DataFrame:
    """Return the labels of exported items, see :func:`read_labels`.

    Parameters
    ----------
    items : sequence of (place, item)
        The place is named in errors.
    path : str
        Stands for the document where an item names none.
    """
    import pandas as pd

    rows: list[tuple[Any, ...]] = []
    for place, item in items:
        data = _data(item)
        text = data.get("text")
        if not isinstance(text, str):
            raise DataError(f"{place}: there is no text in it; is it an export of these tasks?")
        for label, annotator in _labels(item, place):
            if label not in _LABELS:
                raise DataError(f"{place}: the label {label!r} is neither editorial nor reporting")
            rows.append(
                (
                    text,
                    _LABELS[label],
                    str(data.get("document") or path),
                    annotator,
                    *(data.get(name) for name in _PLACES[1:]),
                )
            )
    frame = pd.DataFrame(rows, columns=list(_COLUMNS))
    for name in ("sentence", "start", "end"):
        frame[name] = pd.to_numeric(frame[name], errors="coerce").astype("Int64")
    return frame


def _data(item: Row) -> Row:
    """Return what travelled with a sentence, wherever the tool has put it."""
    found: Row = {}
    for name in ("meta", "metadata", "Metadata", "data"):
        inner = item.get(name)
        if isinstance(inner, str) and inner.startswith("{"):
            try:
                inner = json.loads(inner)
            except ValueError:
                inner = None
        if isinstance(inner, dict):
            found |= inner
    return found if "text" in found else item | found


def _labels(item: Row, place: str) -> Iterator[tuple[Any, str]]:
    """Yield label and annotator of each annotation of an item."""
    if "annotations" in item and isinstance(item["annotations"], list):
        for one in item["annotations"]:
            if not isinstance(one, dict) or not isinstance(one.get("result", []), list):
                raise DataError(f"{place}: an annotation that is not Label Studio's")
            if not one.get("was_cancelled"):
                for choice in _choices(one.get("result", [])):
                    yield choice, _annotator(one.get("completed_by"))
        return
    given = item.get("label", [])
    for label in given if isinstance(given, list) else [given]:
        if label not in (None, ""):
            annotator = item.get("annotator", item.get("username", item.get("user")))
            yield label, _annotator(annotator)


def _choices(result: Iterable[Any]) -> Iterator[Any]:
    """Yield what was chosen."""
    for one in result:
        if isinstance(one, dict) and one.get("type") == "choices":
            yield from one.get("value", {}).get("choices", [])


def _annotator(given: Any) -> str:
    if isinstance(given, dict):
        given = given.get("email") or given.get("id")
    return "" if given is None else str(given)
