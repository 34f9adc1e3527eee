"""Apache Spark: score and analyze columns of text on a cluster.

The model travels once, as JSON, and each Python worker keeps it ready. Rows pass through
``mapInPandas`` in Arrow batches, so a row that is no text stays a row. Needs the extra
``spark``; the same package, of the same version, must be installed on the executors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from framing.analysis import analyze as analyze_text
from framing.analysis import default_model
from framing.bulk import labelled, model_of, score_texts
from framing.errors import DataError, FramingError, MissingExtraError
from framing.model import LinearModel
from framing.tables import format_of

if TYPE_CHECKING:
    import pandas as pd
    from pyspark.sql import DataFrame, SparkSession

__all__ = ["VERDICT", "analyze", "score", "score_file"]

Batches = Iterator["pd.DataFrame"]

#: The type of one verdict in the column that :func:`analyze` adds.
VERDICT = (
    "struct<text:string, start:bigint, end:bigint, kind:string, label:string, probability:double,"
    " score:double, contributions:array<struct<feature:string, amount:double,"
    " words:array<string>>>>"
)


def score(
    frame: DataFrame,
    text_column: str = "text",
    *,
    model: LinearModel | None = None,
    threshold: float | None = None,
    prefix: str = "",
) -> DataFrame:
    """Score a column of sentences.

    Parameters
    ----------
    frame : pyspark.sql.DataFrame
        Rows with a sentence each.
    text_column : str
        The column that holds the sentences.
    model : LinearModel, optional
        By default the shipped ``news-en``.
    threshold : float, optional
        Probability from which a sentence is called editorial, in place of the model's.
    prefix : str
        Put before the names of the new columns, where theirs are taken.

    Returns
    -------
    pyspark.sql.DataFrame
        The same rows with ``probability`` (double) and ``label`` (string), both null where there
        is no text. The numbers are those of :func:`framing.score`, to the last digit.

    Raises
    ------
    DataError
        If there is no such column, it holds no strings, or a new name is taken.
    MissingExtraError
        If pyspark is not installed.

    Examples
    --------
    >>> from framing.spark import score  # doctest: +SKIP
    >>> score(spark.createDataFrame([("It rained.",)], ["text"])).show()  # doctest: +SKIP
    """
    model = model or default_model()
    limit = model.threshold if threshold is None else threshold
    probability, label = f"{prefix}probability", f"{prefix}label"

    def scored(texts: list[str | None], document: str) -> dict[str, list[Any]]:
        probabilities, labels = labelled(score_texts(texts, document), limit)
        return {probability: probabilities, label: labels}

    return _with_columns(
        frame, text_column, model, {probability: "double", label: "string"}, scored
    )


def analyze(
    frame: DataFrame,
    text_column: str = "text",
    *,
    model: LinearModel | None = None,
    threshold: float | None = None,
    prefix: str = "",
) -> DataFrame:
    """Read a column of articles and judge their sentences.

    Parameters
    ----------
    frame : pyspark.sql.DataFrame
        Rows with an article each.
    text_column, model, threshold, prefix
        As for :func:`score`.

    Returns
    -------
    pyspark.sql.DataFrame
        The same rows with ``verdicts``, an array of :data:`VERDICT`, one a sentence, and
        ``error``, which says why an article has none; both null where there is no text.

    Raises
    ------
    DataError, MissingExtraError
        As for :func:`score`.
    """
    model = model or default_model()
    verdicts, error = f"{prefix}verdicts", f"{prefix}error"

    def judged(texts: list[str | None], document: str) -> dict[str, list[Any]]:
        ready = model_of(document)
        columns: dict[str, list[Any]] = {verdicts: [], error: []}
        for text in texts:
            found, fault = None, None
            if text is not None:
                try:
                    found = _verdicts(text, ready, threshold)
                except FramingError as one:
                    fault = str(one)
            columns[verdicts].append(found)
            columns[error].append(fault)
        return columns

    added = {verdicts: f"array<{VERDICT}>", error: "string"}
    return _with_columns(frame, text_column, model, added, judged)


def _verdicts(text: str, model: LinearModel, threshold: float | None) -> list[dict[str, Any]]:
    return [
        {
            "text": verdict.sentence.text,
            "start": verdict.sentence.start,
            "end": verdict.sentence.end,
            "kind": verdict.sentence.kind,
            "label": verdict.label,
            "probability": verdict.probability,
            "score": verdict.score,
            "contributions": [
                {
                    "feature": part.feature,
                    "amount": part.amount,
                    "words": [
                        verdict.sentence.text[mark.start : mark.end] for mark in part.evidence
                    ],
                }
                for part in verdict.contributions
            ],
        }
        for verdict in analyze_text(text, model=model, threshold=threshold)
    ]


def _with_columns(
    frame: DataFrame,
    text_column: str,
    model: LinearModel,
    added: dict[str, str],
    work: Callable[[list[str | None], str], dict[str, list[Any]]],
) -> DataFrame:
    """Add columns that are made of a column of text, batch by batch, on the executors."""
    try:
        from pyspark.sql.types import StringType, StructType
    except ImportError as missing:
        raise MissingExtraError(
            "Spark needs pyspark; install it with: pip install 'framing[spark]'"
        ) from missing
    kinds = {field.name: field.dataType for field in frame.schema.fields}
    if text_column not in kinds:
        raise DataError(
            f"no column {text_column!r}; name the texts' column, one of"
            f" {', '.join(map(repr, kinds))}"
        )
    if not isinstance(kinds[text_column], StringType):
        raise DataError(
            f"the column {text_column!r} is {kinds[text_column].simpleString()}, not string;"
            f" cast it first"
        )
    for name in added:
        if name in kinds:
            raise DataError(f"there is a column {name!r} already; name the new ones apart: prefix=")
    new = ", ".join(f"`{name.replace('`', '``')}` {kind}" for name, kind in added.items())
    schema = StructType([*frame.schema.fields, *cast(StructType, StructType.fromDDL(new)).fields])
    document = _broadcast(frame, model.to_json())

    def over(batches: Batches) -> Batches:
        for batch in batches:
            values = [
                one if isinstance(one, str) and one and not one.isspace() else None
                for one in batch[text_column]
            ]
            yield batch.assign(
                **{
                    name: _column(column, added[name])
                    for name, column in work(values, document()).items()
                }
            )

    return frame.mapInPandas(over, schema)


def _column(values: list[Any], kind: str) -> Any:
    """Return a column in which "none" is null, not a number."""
    import pandas as pd

    return pd.Series(values, dtype="Float64" if kind == "double" else "object")


def _broadcast(frame: DataFrame, document: str) -> Callable[[], str]:
    """Send the model to the executors once; with Spark Connect it travels with the plan."""
    from pyspark.errors import PySparkAttributeError

    try:
        shared = frame.sparkSession.sparkContext.broadcast(document)
    except PySparkAttributeError:
        return lambda: document
    return lambda: str(shared.value)


def score_file(
    source: str | Path,
    target: str | Path,
    *,
    text_column: str = "text",
    prefix: str = "",
    model: LinearModel | None = None,
    threshold: float | None = None,
    session: SparkSession | None = None,
) -> None:
    """Score a file or a folder of files with Spark, into a folder.

    Parameters
    ----------
    source : str or Path
        A file or folder named as one of :data:`framing.tables.FORMATS`; CSV with a header.
    target : str or Path
        The folder to make, named likewise; Spark writes a file per partition into it.
    text_column, prefix, model, threshold
        As for :func:`score`.
    session : SparkSession, optional
        By default the one that is active, or a new one as ``spark-submit`` and
        ``spark-defaults.conf`` set it up.

    Raises
    ------
    DataError
        If the source cannot be read, or the target exists.
    MissingExtraError
        If pyspark is not installed.
    """
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as missing:
        raise MissingExtraError(
            "--engine spark needs pyspark; install it with: pip install 'framing[spark]'"
        ) from missing
    kinds = format_of(source), format_of(target)
    if Path(target).exists():
        raise DataError(f"{target}: exists; Spark writes a new folder, name another")
    spark = session or SparkSession.builder.appName("framing score").getOrCreate()
    reader = spark.read
    try:
        if kinds[0] == ".csv":
            frame = reader.csv(str(source), header=True, multiLine=True, escape='"')
        elif kinds[0] == ".txt":
            frame = reader.text(str(source)).withColumnRenamed("value", text_column)
        elif kinds[0] == ".jsonl":
            frame = reader.json(str(source))
        else:
            frame = reader.parquet(str(source))
        result = score(frame, text_column, model=model, threshold=threshold, prefix=prefix)
        if kinds[1] == ".csv":
            result.write.csv(str(target), header=True, escape='"')
        elif kinds[1] == ".txt":
            columns = [f"{prefix}probability", f"{prefix}label", text_column]
            result.select(columns).write.csv(str(target), sep="\t", quote="")
        elif kinds[1] == ".jsonl":
            result.write.json(str(target), ignoreNullFields=False)
        else:
            result.write.parquet(str(target))
    except PySparkException as error:
        reason = str(error).splitlines()[0]
        raise DataError(f"{source}: Spark could not score it: {reason}") from error
