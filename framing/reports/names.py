"""Features in an editor's words: the one place where ``evaluation.negative.strong`` is put so.

A feature's name says all there is to say, family first. Here it is only made readable, so that a
plug-in's features are shown as well as the built-in ones.
"""

from __future__ import annotations

from framing.reports.characters import one_line

__all__ = ["FAMILIES", "family", "family_name", "feature_name"]

#: Family → what an editor calls it, those that speak of comment first.
FAMILIES = {
    "evaluation": "evaluation",
    "stance": "stance",
    "loaded": "loaded wording",
    "rhetoric": "rhetoric",
    "insinuation": "insinuation",
    "interjection": "aside",
    "hedging": "hedge",
    "sourcing": "source",
    "quoted": "in another’s voice",
    "facticity": "fact",
    "surface": "grammar",
    "wording": "word",
    "readability": "readability",
    "context": "context",
}

_STRENGTHS = frozenset({"weak", "medium", "strong"})
#: Names that are short for something an editor would not guess.
_SPELT = {
    "abstraction": "judging ideas",
    "any_attributed": "an attributed clause",
    "any_quotation": "a quotation",
    "ari": "automated readability index",
    "article": "“the”",
    "attributed": "share attributed",
    "be_past": "“was”, “were”",
    "be_present": "“is”, “are”",
    "certain": "beyond doubt",
    "comments": "comments around it",
    "deontic": "a demand",
    "generaliser": "“everyone”, “always”",
    "it": "“it”",
    "lix": "LIX",
    "necessity": "need or duty",
    "past": "past tense",
    "quotation": "share quoted",
    "rix": "RIX",
    "scare": "scare quotes",
}


def family(feature: str) -> str:
    """Return the family of a feature: the name of its extractor.

    Examples
    --------
    >>> family("evaluation.negative.strong")
    'evaluation'
    """
    return feature.partition(".")[0]


def family_name(name: str) -> str:
    """Say what a family is, in an editor's words.

    Examples
    --------
    >>> family_name("loaded"), family_name("clickbait")
    ('loaded wording', 'clickbait')
    """
    return FAMILIES.get(name) or one_line(name).replace("_", " ")


def feature_name(feature: str) -> str:
    """Say what a feature is, in an editor's words.

    Parameters
    ----------
    feature : str
        ``family.name`` or ``family.name.strength``.

    Returns
    -------
    str
        On one line, safe to print.

    Examples
    --------
    >>> feature_name("evaluation.negative.strong")
    'evaluation: negative, strong'
    >>> feature_name("wording.let us"), feature_name("stance.deontic.weak")
    ('word: “let us”', 'stance: a demand, weak')
    """
    name, _, rest = feature.partition(".")
    if not rest:
        return family_name(name)
    if name == "wording":
        return f"{family_name(name)}: “{one_line(rest)}”"
    if name == "quoted":
        return f"{family_name(name)}: {family_name(rest)}"
    parts = rest.split(".")
    # "phrase" says how the lexicon is kept, not what the words do.
    if len(parts) > 1 and parts[-1] in _STRENGTHS and parts[0] in ("phrase", "word"):
        parts = parts[1:]
    words = (_SPELT.get(part) or one_line(part).replace("_", " ") for part in parts)
    return f"{family_name(name)}: {', '.join(words)}"
