"""``framing train``: make a model from a recipe or from data sets named on the command line."""

from __future__ import annotations

import argparse
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from framing.commands.reading import probability
from framing.errors import ConfigError
from framing.files import replacing
from framing.toml import MalformedError, parse

__all__ = ["add_arguments", "read_recipe", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    from framing.datasets import NAMES

    parser.add_argument("--recipe", type=Path, help="TOML file that names data and settings")
    parser.add_argument(
        "--data",
        action="append",
        metavar="NAME[:WEIGHT]",
        help=f"a data set and the weight of its sentences; may be repeated: {', '.join(NAMES)}",
    )
    parser.add_argument("--target", metavar="NAME", help="the set that calibrates (the first)")
    parser.add_argument("--extractors", help="names separated by commas (all shipped ones)")
    parser.add_argument(
        "--precision",
        type=probability,
        metavar="P",
        help="verdicts of which fewer than this share were right are marked unsure (0.85)",
    )
    parser.add_argument(
        "--context", metavar="NAME", help="a set of whole articles: also learn what they add"
    )
    parser.add_argument("--data-home", type=Path, help="folder of the data sets")
    parser.add_argument("-o", "--output", type=Path, required=True, help="the model file")


def run(arguments: argparse.Namespace) -> int:
    """Train and write the model; return the exit code."""
    from framing.training import Recipe, parse_sources, train

    if arguments.recipe and arguments.data:
        raise ConfigError("give --recipe or --data, not both")
    if arguments.recipe:
        recipe, about = read_recipe(arguments.recipe)
    elif arguments.data:
        sources = parse_sources(arguments.data)
        recipe, about = Recipe(sources, arguments.target or sources[0].name), {}
    else:
        raise ConfigError("name the data: --recipe FILE, or --data NAME once or more")
    if arguments.extractors:
        names = tuple(name.strip() for name in arguments.extractors.split(","))
        recipe = replace(recipe, extractors=names)
    if arguments.precision is not None:
        recipe = replace(recipe, precision=arguments.precision)
    if arguments.context is not None:
        recipe = replace(recipe, context=arguments.context)
    model = train(recipe, arguments.data_home, about)
    with replacing(arguments.output) as file:
        file.write(model.to_json().encode())
    print(
        f"{arguments.output}: {len(model.weights)} weights,"
        f" threshold {model.threshold:.2f}, target {recipe.target}"
    )
    return 0


def read_recipe(path: Path) -> tuple[Any, dict[str, Any]]:
    """Read a recipe file.

    Returns
    -------
    recipe : framing.training.Recipe
    about : dict
        What the file says of the model besides.

    Raises
    ------
    ConfigError
        If the file cannot be read, is no TOML, holds an unknown key or a value of a wrong type.
    """
    from framing.training import Recipe, Source

    try:
        data = parse(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, MalformedError) as error:
        raise ConfigError(f"{path}: cannot read this recipe: {error}") from error
    about = data.pop("about", {})
    named = data.pop("sources", {})
    for table, value in (("about", about), ("sources", named)):
        if not isinstance(value, dict):
            raise ConfigError(f"{path}: write [{table}] as a table, not {value!r}")
    for name, weight in named.items():
        if isinstance(weight, bool) or not isinstance(weight, int | float):
            raise ConfigError(f"{path}: the weight of {name} is a number, not {weight!r}")
    sources = tuple(Source(name, float(weight)) for name, weight in named.items())
    settings = {field.name: field.default for field in fields(Recipe) if field.name != "sources"}
    for key, value in data.items():
        if key not in settings:
            raise ConfigError(
                f"{path}: unknown key {key!r}; there are {', '.join(sorted(settings))}"
            )
        data[key] = _like(settings[key], value, key, f"{path}: {key}")
    if "target" not in data:
        raise ConfigError(f"{path}: add target = one of the data sets; it sets the calibration")
    return Recipe(sources=sources, **data), about


def _like(default: object, value: Any, name: str, place: str) -> Any:
    """Return a setting as its default's type has it, or say what it should be."""
    if isinstance(default, tuple):
        numbers = name in ("density", "confidence")
        kinds: Any = int | float if numbers else str
        fits = isinstance(value, list) and all(
            isinstance(one, kinds) and not isinstance(one, bool) for one in value
        )
        wanted = "a list of numbers" if numbers else "a list of names"
    elif isinstance(default, int | float):
        whole = isinstance(default, int)
        fits = isinstance(value, int if whole else int | float) and not isinstance(value, bool)
        wanted = "a whole number" if whole else "a number"
    else:
        fits = isinstance(value, str)
        wanted = "the name of a curve" if name == "curve" else "the name of a data set"
    if not fits:
        raise ConfigError(f"{place} is {wanted}, not {value!r}")
    return tuple(value) if isinstance(default, tuple) else value
