"""The changes do what they say, and a probe fails for a model that deserves it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

from framing import probes
from framing.behaviour import Material, ProbeResult, behaviour, span_deletion
from framing.errors import DataError
from framing.evidence import Extractor
from framing.extraction import Extraction
from framing.extractors import BUILTIN
from framing.lexicon import Lexicon
from framing.model import LinearModel, load_model
from framing.probes import (
    attribute,
    curly_quotes,
    invented,
    lowered,
    names_in,
    no_break_spaces,
    other_dashes,
    quote,
    quote_after,
    straight_quotes,
    swap_gender,
    swap_names,
    swap_outlets,
    written_small,
)
from framing.text import Sentence

SMALL = frozenset(["the", "it", "a", "there"])


def model_of(weights: dict[str, float], base: float = -1.0) -> LinearModel:
    """Make a model of shipped extractors that judges by a few features."""
    names = {feature.partition(".")[0] for feature in weights}
    return LinearModel(
        weights, base, extractors={one.name: one.digest for one in BUILTIN if one.name in names}
    )


def wording(**weights: float) -> LinearModel:
    """Make a model that judges by single words."""
    return model_of({f"wording.{word}": weight for word, weight in weights.items()})


def run(
    name: str, model: LinearModel, texts: Sequence[str], labels: Sequence[int] | None = None
) -> ProbeResult:
    material = Material(tuple(texts), tuple(labels or [0] * len(texts)))
    return {one.name: one for one in behaviour(model, material)}[name]


# names


def test_names_are_capitals_that_are_never_small() -> None:
    names = names_in(
        [
            "On Monday the court heard Grace Fenn, a NATO clerk from Varsk.",
            "The Crown Court, by the grace of the minister, sat in May.",
            "“Nothing happened,” Anne-Marie O'Dell said. Later she left.",
        ]
    )
    assert names_in(["It says I’m late and I've gone."]) == frozenset()
    assert names == {"Fenn", "Varsk", "Crown", "Anne-Marie", "O'Dell"}


def test_headlines_have_no_names() -> None:
    assert names_in(["Council Approves Shameful Plan for Harbour"]) == frozenset()
    names = frozenset(["Shameful"])
    assert swap_names("Council Approves Shameful Plan", names) == "Council Approves Shameful Plan"


def kind_of(name: str) -> str:
    kinds = ("given", "family", "place", "demonym", "party", "outlet")
    return next(kind for kind in kinds if name in invented(kind))


def test_every_name_becomes_one_of_its_kind_and_shape() -> None:
    text = "Ilko Maren of Drell told the Ostian press in Deir Qasim that Maren's Ostians won."
    new = swap_names(text, names_in([text]) | {"Ilko", "Maren"})
    words, changed = text.split(), new.split()
    assert len(words) == len(changed)
    assert [kind_of(one.removesuffix("'s")) for one in (changed[0], changed[1], changed[3])] == [
        "given",
        "family",
        "place",
    ]
    assert kind_of(changed[6]) == "demonym"
    assert kind_of(" ".join(changed[9:11])) == "place"
    assert changed[12].endswith("'s")
    assert changed[1] == changed[12].removesuffix("'s")  # the same person
    assert changed[13] == changed[6] + "s"
    kept = {2, 4, 5, 7, 8, 11, 14}
    assert {at for at, word in enumerate(words) if word == changed[at]} == kept


def test_parties_are_replaced_whole() -> None:
    names = frozenset(["Hedge", "Dorn"])
    new = swap_names("The Hedge Party met Dorn at a Party.", names)
    before, _, after = new.removeprefix("The ").partition(" met ")
    assert kind_of(before) == "party"
    assert after.endswith(" at a Party.")
    assert "Dorn" not in after


def test_no_name_stays_what_it_is() -> None:
    for name in invented("family"):
        assert swap_names(f"It was {name}.", frozenset([name])) != f"It was {name}."


def test_invented_people_and_places_are_in_no_lexicon() -> None:
    extraction = load_model().extraction
    for kind in ("given", "family", "place", "demonym"):
        for name in invented(kind):
            marks = extraction.evidence(Sentence(f"It rained, {name} and all that."))
            hit = [one.feature for one in marks if (one.start, one.end) == (11, 11 + len(name))]
            assert set(hit) <= {"facticity.name"}, name


def test_invented_names_are_told_once() -> None:
    for kind in ("given", "family", "place", "demonym", "party", "outlet"):
        assert len(set(invented(kind))) == len(invented(kind)) >= 15


def test_outlets() -> None:
    new = swap_outlets("The Bay Sentinel, not Capitol Wire, broke the news in our Times.")
    first, second = new.removeprefix("The ").split(", not ")
    assert first in invented("outlet")
    assert second.split(",")[0] in invented("outlet")
    assert "Sentinel," not in new.replace(first, "")
    assert new.endswith(", broke the news in our Times.")
    assert swap_outlets("The Times They Are Changing Again") == "The Times They Are Changing Again"
    for same in ("The Times was sold.", "Good news is no News.", "She sent a telegraph."):
        assert swap_outlets(same) == same


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("He hurt himself.", "She hurt herself."),
        ("Her dog bit her, and her alone.", "His dog bit him, and his alone."),
        ("They saw her in the yard.", "They saw him in the yard."),
        ("His was the best; the rest was not his.", "Hers was the best; the rest was not hers."),
        ("MR ORLAN met Mrs Orlan.", "MS ORLAN met Mr Orlan."),
        ("The spokeswoman thanked him.", "The spokesman thanked her."),
        ("Other theories, other times.", "Other theories, other times."),
    ],
)
def test_gender(text: str, new: str) -> None:
    if text.startswith("His was"):
        # Before a verb "his" is taken for a possessive: English alone does not tell.
        new = new.replace("Hers was", "Her was")
    assert swap_gender(text) == new


def test_broken_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "names.tsv").write_text("# name: names\nVarsk place\n", encoding="utf-8")
    monkeypatch.setattr(probes, "_HERE", tmp_path)
    with pytest.raises(DataError, match=r"names\.tsv:2: write two cells"):
        probes._table.__wrapped__("names.tsv")


# voices and hedges


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("It is a “farce”.", "“It is a ‘farce’,” said Dara Venn, a councillor."),
        ('The "plan" failed…', "“The ‘plan’ failed,” said Dara Venn, a councillor."),
        ("Why not?", "“Why not?” said Dara Venn, a councillor."),
        ("Shame!", "“Shame!” said Dara Venn, a councillor."),
        ("No end", "“No end,” said Dara Venn, a councillor."),
    ],
)
def test_quote(text: str, new: str) -> None:
    assert quote(text) == new


def test_speaker_first() -> None:
    assert quote_after("Why not?", "Dara Venn") == "Dara Venn said: “Why not?”"


def test_lowered() -> None:
    assert lowered("A plan.", SMALL) == "a plan."
    for same in ("I left.", "THE END.", "Varsk fell.", "“The end”", "9 votes"):
        assert lowered(same, SMALL | {"i"}) == same


def test_attribution() -> None:
    assert attribute("I left!", SMALL) == "Dara Venn said that I left."


def test_small_words_are_read_outside_headlines() -> None:
    assert written_small(["Harbour Board Approves new Plan"]) == frozenset()


# signs


def test_quotes_there_and_back() -> None:
    curly = "“It’s ‘over’,” he said (“now”)."
    straight = '"It\'s \'over\'," he said ("now").'
    assert straight_quotes(curly) == straight
    assert curly_quotes(straight) == curly


def test_dashes() -> None:
    once = other_dashes("It fell—again – and -- again in 1990–95, a half-truth.")
    assert once == "It fell – again -- and — again in 1990–95, a half-truth."


def test_no_break_spaces() -> None:
    assert no_break_spaces("a b c d") == "a\u00a0b c\u00a0d"
    assert no_break_spaces("a") == "a"


# probes


def test_a_model_of_names_fails_the_entity_swap() -> None:
    texts = ["It was Varsk that fell.", "It was Gorn that fell.", "It rained."]
    fair = run("entity swap", wording(fell=3.0), texts)
    assert (fair.tried, fair.value, fair.worst) == (2, 1.0, ())
    unfair = run("entity swap", wording(varsk=3.0), texts)
    assert (unfair.tried, unfair.value, unfair.worst) == (2, 0.5, (0,))


def test_a_model_of_outlets_fails_the_outlet_swap() -> None:
    texts = ["It was in the Varsk Sentinel.", "It was in the Gorn Post."]
    assert run("outlet swap", wording(sentinel=3.0), texts).worst == (0,)
    heads = {name.split()[-1].lower(): 3.0 for name in invented("outlet")[::2]}
    texts = [f"The vote is on {number} May." for number in range(1, 21)]
    found = run("outlet swap, as source", wording(**heads), texts)
    assert found.tried == 20
    assert found.value < 1
    assert run("outlet swap, as source", wording(vote=3.0), texts).value == 1.0


def test_a_model_of_gender_fails_the_gender_swap() -> None:
    texts = ["She fell.", "He fell.", "It fell."]
    found = run("gender swap", wording(she=3.0), texts)
    assert (found.tried, found.value, found.worst) == (2, 0.0, (0, 1))
    assert run("gender swap", wording(she=0.5), texts).value == 1.0  # no label changes


def test_the_worst_come_first_and_at_most_ten() -> None:
    texts = ["She fell.", "She and she fell.", *["She sat."] * 20]
    found = run("gender swap", wording(she=3.0), texts)
    assert found.value == 0.0
    assert found.worst == (1, 0, *range(2, 10))


COMMENTS = ["It is a disgrace.", "It is a disgrace to “us”", "Is it a disgrace?", "It rained."]


def test_wraps_take_confident_comments_alone() -> None:
    model = wording(disgrace=3.0)
    # Probabilities: .88 for "disgrace", .27 without.
    found = run("quote-wrap", model, COMMENTS, [1, 1, 0, 1])
    assert (found.measure, found.tried, found.value) == ("reporting", 2, 1.0)
    assert run("quote-wrap", wording(disgrace=1.7), COMMENTS, [1, 1, 1, 1]).tried == 0
    assert math.isnan(run("quote-wrap", model, COMMENTS, [0, 0, 0, 0]).value)


def test_wraps_leave_out_what_makes_no_sentence() -> None:
    model, labels = wording(disgrace=3.0), [1, 1, 1, 1]
    torn = ["It is a disgrace,” he said.", 'It is a "disgrace.']
    assert run("quote-wrap", model, torn, [1, 1]).tried == 0
    assert run("quote-wrap, speaker first", model, torn, [1, 1]).tried == 0
    assert run("attribution-wrap", model, COMMENTS, labels).tried == 2
    assert run("hedge “perhaps”", model, COMMENTS, labels).tried == 3


def test_a_model_that_mistakes_voices_fails_the_wraps() -> None:
    # The source's words do not count, but to be quoted at all speaks for a comment.
    model = model_of({"wording.disgrace": 3.0, "sourcing.quotation": 9.0})
    found = run("quote-wrap", model, COMMENTS[:1], [1])
    assert (found.tried, found.value, found.worst) == (1, 0.0, (0,))
    assert run("quote-wrap, speaker first", model, COMMENTS[:1], [1]).worst == (0,)
    heard = model_of({"wording.disgrace": 3.0, "sourcing.attributed": 9.0})
    assert run("attribution-wrap", heard, COMMENTS[:1], [1]).worst == (0,)


def test_hedges_count_changes() -> None:
    texts = ["The plan fell.", "The plan rose."]
    found = run("hedge “perhaps”", wording(perhaps=3.0), texts)
    assert (found.measure, found.tried, found.value) == ("changed", 2, 1.0)
    assert run("hedge “perhaps”", wording(fell=3.0), texts).value == 0.0
    assert run("hedge “it seems”", wording(seems=3.0), texts[:1]).worst == (0,)


def test_threshold_of_ones_own() -> None:
    material = Material(("She fell.",), (0,))
    model = wording(she=0.5)  # .38 and .27
    gender = {one.name: one for one in behaviour(model, material, 0.3)}["gender swap"]
    assert gender.value == 0.0


def test_typography_asks_for_the_same_score() -> None:
    texts = ["“It fell,” he said — twice.", "It rained."]
    for sign in ("straight quotes", "dashes", "no-break spaces"):
        found = run(f"typography: {sign}", load_model(), texts)
        assert (found.tried, found.value) == (2 if sign.startswith("no") else 1, 1.0), sign
    # A mark of its own weight: the label stays, the score does not.
    biased = LinearModel({"dash.em": 0.001}, -1.0).with_extractors([])
    shape = Extractor("dash", {"dash.em": "em dashes"}, shape=_em_dash)
    biased = biased.replace(marking=(shape,))
    found = run("typography: dashes", biased, texts)
    assert (found.tried, found.value, found.worst) == (1, 0.0, (0,))


def _em_dash(raw: str) -> tuple[str, ...]:
    return ("dash.em",) if raw == "—" else ()


def test_typography_leaves_out_marks_without_direction() -> None:
    texts = ["“It fell. ", "It fell,” he said.", "“ It fell, ” he said.", "It ‘‘fell’’.", "“So.”"]
    assert run("typography: straight quotes", load_model(), texts).tried == 1
    texts = ['"It fell.', 'He said " so " twice.', "It ``fell''.", '"So," it\'s said.']
    assert run("typography: curly quotes", load_model(), texts).tried == 1


def test_typography_leaves_out_other_tokens() -> None:
    # Curly, "'90s" could only be guessed; and a lone mark between blanks is another token.
    assert run("typography: curly quotes", load_model(), ["It rained.", "It's over."]).tried == 1


# span deletion

WORDS = ["shameful", "absurd", "ridiculous"]


def test_single_words_fall_as_said() -> None:
    model = wording(shameful=3.0, absurd=2.0, ridiculous=1.0, plan=-0.5)
    material = Material(tuple(f"The plan is {word} and late." for word in WORDS), (1, 1, 1))
    found = span_deletion(model, material)
    assert found == ProbeResult("span deletion", "rank correlation", 3, 1.0)


def test_a_blank_leaves_the_neighbours_alone() -> None:
    # Without "not" the sentence begins with "shameful", and without a blank "we must" is new.
    model = model_of({"wording.not": 2.0, "wording.we must": 1.0, "wording.shameful": 0.5})
    texts = ("Not shameful.", "We not must.", "It is not late.", "A shameful plan.")
    found = span_deletion(model, Material(texts, (1, 1, 1, 1)))
    assert (found.tried, found.worst, found.value) == (4, (), 1.0)
    closed = span_deletion(model, Material(texts, (1, 1, 1, 1)), close_gap=True)
    assert (closed.name, closed.tried) == ("span deletion, gap closed", 4)
    assert closed.worst == (1,)


def test_marks_that_share_words_go_together() -> None:
    model = model_of({"wording.must not": 2.0, "wording.not late": 1.0, "wording.late": 0.25})
    texts = ("They must not late go.", "They go late.")
    found = span_deletion(model, Material(texts, (1, 0)))
    assert (found.tried, found.worst, found.value) == (2, (), 1.0)


def test_measures_of_the_whole_rest_on_no_words() -> None:
    model = model_of({"wording.shameful": 2.0, "wording.absurd": 1.0, "surface.length": 1.0}, 0.0)
    texts = ("The plan that they made is shameful and late.", "It is absurd.", "It rained.")
    found = span_deletion(model, Material(texts, (1, 1, 0)))
    assert (found.tried, found.worst, found.value) == (2, (), 1.0)


def test_deletion_of_what_explains_nothing() -> None:
    # Weights of nothing but the whole sentence: no words are underlined.
    model = model_of({"surface.length": -1.0}, 0.0)
    found = span_deletion(model, Material(("It rained.", "It rained on us."), (0, 0)))
    assert (found.tried, found.worst) == (0, ())
    assert math.isnan(found.value)


def test_deletion_leaves_out_sentences_whose_voices_change() -> None:
    model = wording(said=3.0, shameful=1.0)
    texts = ("The clerk said it rained.", "It is shameful.", "It rained.")
    found = span_deletion(model, Material(texts, (0, 1, 1)))
    assert found.tried == 1
    assert math.isnan(found.value)  # of one there is no rank


def test_fixed_expressions_go_whole() -> None:
    # Nobody is called poor in "poor people", and without "people" somebody would be.
    judged = Lexicon("judge", "en", "", "", ("poor\tjudge.bad\t", "poor people\t-\t"))
    named = Lexicon("crowd", "en", "", "", ("people\tcrowd.word\t",))
    model = LinearModel({"judge.bad": 1.0, "crowd.word": 2.0}, 0.0)
    vars(model)["extraction"] = Extraction(
        [
            Extractor("judge", {"judge.bad": "test"}, lexicon=judged, opinion=True),
            Extractor("crowd", {"crowd.word": "test"}, lexicon=named),
        ]
    )
    texts = ("The poor people came late.", "The people came.", "A poor idea.")
    found = span_deletion(model, Material(texts, (1, 1, 1)))
    assert (found.tried, found.worst, found.value) == (3, (), 1.0)


def test_a_title_stays_a_title_without_a_word() -> None:
    # In a title capitals make no names; of four long words three need them.
    model = model_of({"facticity.name": -0.5, "wording.late": 1.0, "wording.shameful": 2.0})
    texts = ("Council Approves Shameful Plan For Nurla", "They came late.")
    found = span_deletion(model, Material(texts, (1, 1)))
    assert (found.tried, found.worst, found.value) == (2, (), 1.0)
    lower = ("Council Approves a shameful Plan", "Council late Approves shameful Plan Yesterday")
    found = span_deletion(model, Material(lower, (1, 1)))
    assert (found.tried, found.worst) == (2, ())


def test_deletion_counts_all_marks_that_lose_a_word() -> None:
    model = model_of(
        {"wording.shameful": 1.0, "evaluation.negative.strong": 2.0, "wording.absurd": 0.5}
    )
    texts = ("The plan is shameful and late.", "The plan is absurd and late.")
    found = span_deletion(model, Material(texts, (1, 1)))
    assert found.tried == 2
    assert found.worst == ()  # to the last digit
    assert found.value == 1.0


# material


def test_material_of_a_frame() -> None:
    frame = pd.DataFrame({"text": ["It rained in Varsk."], "label": [1], "group": ["a"]})
    material = Material.of(frame)
    assert material == Material(("It rained in Varsk.",), (1,))
    assert material.names == {"Varsk"}
    assert "rained" in material.small


def test_labels_and_sentences_go_together() -> None:
    with pytest.raises(DataError, match="1 sentences and 2 labels"):
        Material(("It rained.",), (0, 1))


def test_order_and_names_of_the_probes() -> None:
    found = behaviour(load_model(), Material(("It rained.",), (0,)))
    assert [one.name for one in found] == [
        "entity swap",
        "outlet swap",
        "outlet swap, as source",
        "gender swap",
        "quote-wrap",
        "quote-wrap, speaker first",
        "attribution-wrap",
        "hedge “perhaps”",
        "hedge “it seems”",
        "span deletion",
        "span deletion, gap closed",
        "typography: straight quotes",
        "typography: curly quotes",
        "typography: dashes",
        "typography: no-break spaces",
    ]


def test_two_runs_agree() -> None:
    material = Material((*COMMENTS, "In Varsk she fell."), (1, 1, 0, 0, 0))
    first, second = (repr(behaviour(load_model(), material)) for _ in range(2))
    assert first == second
