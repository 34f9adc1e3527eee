"""HTML reports: the article's own words, marked; markup from nobody but this package."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hostile_text import TEXTS
from hypothesis import given
from hypothesis import strategies as st
from stand_in_model import stand_in

from framing.analysis import Analysis, analyze
from framing.evidence import Evidence, Extractor
from framing.extractors import BUILTIN
from framing.model import Contribution, Verdict
from framing.registry import installed
from framing.reports import html
from framing.reports.characters import UNSAFE, one_line
from framing.reports.html.article import asset
from framing.reports.html.markup import element, markup, raw
from framing.reports.html.page import policy
from framing.reports.html.sentence import degree, look, reasons
from framing.reports.html.whole import whole
from framing.reports.layout import signed
from framing.reports.names import FAMILIES, feature_name
from framing.text import Document, Sentence, Voice

HERE = Path(__file__).parent
VOID = {"meta", "link", "input", "br"}
#: Every element that the package itself writes.
ELEMENTS = {
    *(
        "html",
        "head",
        "body",
        "meta",
        "link",
        "title",
        "style",
        "script",
        "header",
        "main",
        "footer",
    ),
    *("article", "div", "span", "mark", "b", "i", "a", "p", "h1", "h2", "svg", "rect"),
    *("details", "summary", "dl", "dt", "dd", "ul", "li", "table", "thead", "tbody", "tr", "th"),
    *("td", "caption", "form", "label", "select", "option", "button", "output", "kbd"),
}
HOSTILE = [
    "<script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "</div></body></html><iframe src=//evil.example>",
    "<!-- --!> <b>bold</b>",
    "&lt;script&gt; &#60;b&#62; &amp;amp;",
    "javascript:alert(1)",
    "{{ 7*7 }} {% raw %} ${1}",
    "\x1b[31mred\u202ereversed\x00nul",
    "]]><![CDATA[<b>",
]


class Tree(HTMLParser):
    """Elements, attributes and text of a page."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.open: list[tuple[str, set[str]]] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.article = ""
        self.text = ""
        self.feed(source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        assert len(attributes) == len(attrs)
        self.elements.append((tag, attributes))
        if tag not in VOID:
            self.open.append((tag, set((attributes.get("class") or "").split())))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        classes = set().union(*(names for _, names in self.open))
        if self.open and self.open[-1][0] not in ("style", "script"):
            self.text += data
        if "fr-article" in classes and not classes & {"fr-why", "fr-notes"}:
            self.article += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


def squeezed(text: str) -> str:
    return " ".join(one_line(text).split())


def joined(text: str) -> str:
    """Text without its white space: where a block ends says nothing about the words."""
    return re.sub(r"\s", "", one_line(text))


def judged(sentence: str, *contributions: Contribution, name: str = "draft.txt") -> Analysis:
    score = sum(one.amount for one in contributions)
    verdict = Verdict(Sentence(sentence), "editorial", 0.83, score, 0.0, contributions)
    return Analysis(Document(sentence, name, (verdict.sentence,), (0,)), (verdict,))


def mark(sentence: str, words: str, amount: float, feature: str = "x.y") -> Contribution:
    start = sentence.index(words)
    return Contribution(feature, amount, (Evidence(start, start + len(words), feature),))


def classes_of(source: str, name: str) -> list[str]:
    """Text of each element that has a class."""
    found = re.findall(rf'<(\w+)[^>]*class="(?:[^"]* )?{name}(?: [^"]*)?"[^>]*>(.*?)</\1>', source)
    return [re.sub("<[^>]*>", "", inner) for _, inner in found]


PIER = analyze(HERE / "drafts" / "pier.txt", model=stand_in())
PIER = PIER.replace(document=PIER.document.replace(name="pier.txt"))


# The article as written


def test_the_article_is_shown_as_written() -> None:
    tree = Tree(html.fragment(PIER))
    assert squeezed(tree.article) == squeezed(PIER.document.source)


@pytest.mark.parametrize("name", ["column", "harbour", "waterworks"])
def test_every_example_is_shown_as_written(name: str) -> None:
    analysis = analyze(HERE.parent / "examples" / "drafts" / f"{name}.txt", model=stand_in())
    assert squeezed(Tree(html.page([analysis])).article) == squeezed(analysis.document.source)


@given(TEXTS)
def test_any_text_is_shown_as_written(source: str) -> None:
    analysis = analyze(source, model=stand_in())
    tree = Tree(html.fragment(analysis))
    assert joined(tree.article) == joined(source)
    assert {tag for tag, _ in tree.elements} <= ELEMENTS


def test_a_row_of_asterisks_is_kept() -> None:
    source = "It rained on us.\n\n* * *\n\nIt poured on them.\n"
    tree = Tree(html.fragment(analyze(source, model=stand_in())))
    assert squeezed(tree.article) == squeezed(source)


def test_markup_between_sentences_is_not_shown() -> None:
    source = "**It rained.** <b>It poured.</b>"
    sentences = (Sentence("It rained.", 0, 14), Sentence("It poured.", 15, 32))
    verdicts = tuple(Verdict(one, "reporting", 0.1, -1.0, -1.0) for one in sentences)
    analysis = Analysis(Document(source, "draft.md", sentences, (0, 0)), verdicts)
    assert Tree(html.fragment(analysis)).article.strip() == "It rained. It poured."


# Untrusted text


@pytest.mark.parametrize("hostile", HOSTILE)
def test_text_never_becomes_markup(hostile: str) -> None:
    feature = f"evil.{hostile}"
    text = f"It is {hostile} a disgrace, he says."
    contribution = Contribution(feature, 1.0, (Evidence(6, 6 + len(hostile), feature),))
    harmless = Contribution("evil.x", 1.0, (Evidence(6, 6 + len(hostile), "evil.x"),))
    other = judged("It rained.", name="other")
    clean = text.replace(hostile, "x" * len(hostile))
    bad = html.page([judged(text, contribution, name=hostile), other], desks=[hostile, "y"])
    plain = html.page([judged(clean, harmless, name="x"), other], desks=["x", "y"])
    shape = [(tag, sorted(attributes)) for tag, attributes in Tree(bad).elements]
    assert shape == [(tag, sorted(attributes)) for tag, attributes in Tree(plain).elements]
    assert one_line(hostile) in Tree(bad).text


@given(st.text(), st.text())
def test_names_and_features_never_become_markup(name: str, feature: str) -> None:
    text = "It is a disgrace."
    page = html.page([judged(text, mark(text, "disgrace", 1.0, f"x.{feature}"), name=name)])
    tree = Tree(page)
    assert {tag for tag, _ in tree.elements} <= ELEMENTS
    for _, attributes in tree.elements:
        assert not any(key.startswith("on") or key == "style" for key in attributes)
    assert not re.search(UNSAFE, page.replace("\n", ""))


def test_links_lead_to_the_page_itself() -> None:
    tree = Tree(html.page([PIER, PIER.replace(document=PIER.document.replace(name="b.txt"))]))
    ids = [value for _, attributes in tree.elements if (value := attributes.get("id"))]
    assert len(ids) == len(set(ids))
    links = [a["href"] for tag, a in tree.elements if tag == "a"]
    assert links
    assert all(link and link[0] == "#" and link[1:] in ids for link in links)
    described = [a["aria-describedby"] for _, a in tree.elements if "aria-describedby" in a]
    assert described
    assert set(described) <= set(ids)


def test_nothing_comes_from_elsewhere() -> None:
    page = html.page([PIER], installed())
    assert not re.search(r"https?:|//[a-z]|url\(|@import|src=", page.replace("default-src", ""))
    assert re.search(r"default-src 'none'.*base-uri 'none'", page)


def test_the_policy_names_the_style_and_the_script() -> None:
    page = html.page([PIER])
    style = re.search("<style>(.*?)</style>", page, re.DOTALL)
    script = re.search("<script>(.*?)</script>", page, re.DOTALL)
    assert style
    assert script
    meta = next(a for _, a in Tree(page).elements if a.get("http-equiv"))
    assert meta["content"] == policy(style.group(1), script.group(1))


def test_a_script_cannot_be_ended_from_inside() -> None:
    with pytest.raises(ValueError, match="would end"):
        raw("script", "x = '</script>'")


# Marks


def test_reasons_are_what_speaks_for_it_on_words() -> None:
    text = "A new pier must surely be built by 1903 at once."
    analysis = judged(
        text,
        mark(text, "must", 2.0, "stance.necessity.strong"),
        Contribution("surface.length", 1.5, (Evidence(0, len(text), "surface.length"),)),
        mark(text, "1903", -1.2, "facticity.year"),
        mark(text, "surely", 1.0, "loaded.intensity.weak"),
        mark(text, "pier", 0.9, "wording.pier"),
        mark(text, "at once", 0.1, "stance.phrase.weak"),
    )
    names = [one.feature for one in reasons(analysis[0])]
    assert names == ["stance.necessity.strong", "loaded.intensity.weak"]
    page = html.fragment(analysis)
    assert classes_of(page, "fr-reason") == ["stance", "loaded wording", "must", "surely"]
    assert "1903" in classes_of(page, "fr-hint")


def test_grammar_is_a_reason_where_there_is_no_other() -> None:
    text = "We do not."
    analysis = judged(text, mark(text, "We", 2.0, "surface.first_plural"))
    assert [one.feature for one in reasons(analysis[0])] == ["surface.first_plural"]


def test_amounts_shown_add_up_to_the_score() -> None:
    for verdict in PIER:
        if verdict.score is None:
            continue
        box = html.fragment(Analysis(Document("", "x", (verdict.sentence,), (0,)), (verdict,)))
        amounts = classes_of(box, "fr-amount")
        total = sum(float(amount.replace("−", "-")) for amount in amounts)
        assert abs(total - verdict.score) <= 0.005 * len(amounts) + 1e-9
        assert f"score {signed(verdict.score).replace('-', '−')}" in box


def test_what_others_say_is_paler() -> None:
    text = "“It is a farce,” she said."
    sentence = Sentence(text, voices=(Voice(0, 16, "quotation"),))
    verdict = Verdict(sentence, "reporting", 0.1, -1.0, -1.0)
    page = html.fragment(Analysis(Document(text, "x", (sentence,), (0,)), (verdict,)))
    assert "“It is a farce,”" in classes_of(page, "fr-spoken")


@pytest.mark.parametrize(
    ("probability", "strength"), [(0.41, 1), (0.55, 2), (0.7, 3), (0.85, 4), (1.0, 4)]
)
def test_strength_follows_probability(probability: float, strength: int) -> None:
    assert degree(Verdict(Sentence("Shame!"), "editorial", probability)) == strength


def test_every_family_has_a_line_of_its_own() -> None:
    style = asset("article.css")
    for name in [*FAMILIES, "other"]:
        assert f".fr-{name}" in style
    assert {one.name for one in BUILTIN} - {"neutral"} == set(FAMILIES) - {"context"}
    assert look("clickbait") == "fr-other"


def test_every_feature_of_the_shipped_model_has_readable_words() -> None:
    from framing.model import load_model

    for feature in load_model().weights:
        words = feature_name(feature)
        assert "_" not in words.partition("“")[0]
        assert "." not in words.partition("“")[0]


@pytest.mark.parametrize(
    ("feature", "words"),
    [
        ("evaluation.negative.strong", "evaluation: negative, strong"),
        ("interjection.phrase.weak", "aside: weak"),
        ("quoted.loaded", "in another’s voice: loaded wording"),
        ("sourcing.speaker.vague", "source: speaker, vague"),
        ("rhetoric.question_mark", "rhetoric: question mark"),
        ("house.phrase", "house: phrase"),
        ("house", "house"),
        ("x.\x1b[31m", "x: \\x1b[31m"),
    ],
)
def test_feature_names(feature: str, words: str) -> None:
    assert feature_name(feature) == words


def test_the_glossary_explains_what_is_used() -> None:
    tree = Tree(html.fragment(PIER, installed()))
    assert "words that say good or bad" in tree.text
    assert "source: lexicon evaluation, after Martin & White 2005" in tree.text


def test_a_plug_in_without_documentation_is_named() -> None:
    text = "We do not."
    plain = Extractor("house", {"house.*": "our own words"})
    tree = Tree(html.fragment(judged(text, mark(text, "do", 1.0, "house.x")), {"house": plain}))
    assert "house" in tree.text
    assert "our own words" in tree.text
    tree = Tree(html.fragment(judged(text, mark(text, "do", 1.0, "house.x"))))
    assert "house: x “do”" in tree.text


def test_what_the_article_adds_is_shown_with_its_sentences() -> None:
    text = "We do not."
    other = Sentence("Shame on them!", 20, line=3, column=7)
    page = html.fragment(judged(text, Contribution("context.comments", 1.0, (), (other,))))
    assert "context: comments around it see 3:7" in Tree(page).text


def test_an_unsure_verdict_says_so() -> None:
    sentence = Sentence("We do not.")
    verdict = Verdict(sentence, "editorial", 0.45, 0.0, 0.0, (), True)
    page = html.fragment(Analysis(Document(sentence.text, "x", (sentence,), (0,)), (verdict,)))
    assert "editorial 45%, unsure" in Tree(page).text
    assert 'class="fr-s fr-editorial fr-degree-1 fr-unsure"' in page


# Whole articles and pages


def test_a_profile_with_devices_and_sources_is_shown() -> None:
    shown = whole(
        {
            "share_lead": 0.5,
            "devices": [{"family": "loaded", "per_100_sentences": 12.4}],
            "sources": [
                {
                    "speaker": "Ada <b>",
                    "source": "named",
                    "claims": 2,
                    "words_quoted": 7,
                    "verbs": [
                        {"verb": "said", "count": 2, "stance": "neutral"},
                        {"verb": "claimed", "count": 1, "stance": "doubting"},
                    ],
                }
            ],
        }
    )
    assert shown is not None
    text = Tree(markup(shown)).text
    for words in ("50% editorial in the lead", "loaded wording 12", "Ada <b>", "said ×2, claimed"):
        assert words in text


def test_an_empty_article_is_shown() -> None:
    tree = Tree(html.page([analyze("", model=stand_in())]))
    assert "0 of 0 sentences editorial" in tree.text


def test_one_draft_needs_no_index_and_many_do() -> None:
    assert "fr-index" not in re.sub("<style>.*?</style>", "", html.page([PIER]), flags=re.DOTALL)
    other = PIER.replace(document=PIER.document.replace(name="other.txt"))
    tree = Tree(html.page([PIER, other], desks=["news", "opinion"]))
    assert "2 drafts" in tree.text
    desks = [a["data-desk"] for tag, a in tree.elements if tag == "article"]
    assert desks == ["news", "opinion"]


def test_a_notebook_is_not_disturbed() -> None:
    style = re.sub(r"/\*.*?\*/", "", asset("article.css"), flags=re.DOTALL)
    style = re.sub(r"@keyframes fr-\w+ \{.*?\} \}", "", style)
    for selectors in re.findall(r"(?:^|[{};])\s*([^{};@]+)\{", style):
        for selector in re.split(r",(?![^(]*\))", selectors):
            assert ".framing" in selector, selector


def test_an_analysis_shows_itself() -> None:
    analysis = analyze("A new pier is much needed.")
    assert analysis._repr_html_() == analysis.to_html() == html.fragment(analysis, installed())


def test_golden() -> None:
    shown = html.fragment(PIER, style=False).replace("><div", ">\n<div") + "\n"
    assert shown == (HERE / "golden" / "fragment.html").read_text(encoding="utf-8")


def test_an_example_of_forty_sentences_is_small() -> None:
    analysis = analyze(HERE.parent / "examples" / "drafts" / "harbour.txt")
    assert len(analysis) == 40
    assert len(html.page([analysis], installed()).encode("utf-8")) < 200_000


def test_attributes_left_out() -> None:
    made = element("p", None, "", "a", hidden=False, title=None, data_x=1)
    assert markup(made) == '<p data-x="1">a</p>'
