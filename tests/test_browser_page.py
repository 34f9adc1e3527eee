"""The page in Chromium: by mouse, by keyboard alone, narrow and wide, dark and printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import (
    SCHEMES,
    WIDTHS,
    active,
    chromium,
    console,
    look,
    needs_chromium,
    one,
    scripts,
    too_wide,
    violations,
)

from framing.analysis import Analysis, analyze
from framing.registry import installed
from framing.reports import html

pytestmark = needs_chromium

DRAFTS = Path(__file__).resolve().parents[1] / "examples" / "drafts"


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with chromium(tmp_path_factory.mktemp("profile")) as driver:
        yield driver


@pytest.fixture(scope="module")
def analyses() -> list[Analysis]:
    column = analyze("Opinion\n\nPerhaps the board never meant to read it. Shame on the mayor!")
    report = analyze("The council voted 7 to 2 on Monday. The lease ends in May 2027.")
    return [analyze(DRAFTS / "harbour.txt"), column, report]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory, analyses: list[Analysis]) -> str:
    path = tmp_path_factory.mktemp("page") / "report.html"
    desks = ["news", "opinion", "news"]
    path.write_text(html.page(analyses, installed(), desks), encoding="utf-8")
    return path.as_uri()


@pytest.fixture
def opened(driver: Any, page: str) -> Iterator[Any]:
    """The page, newly opened; it must have said nothing to the console in the end."""
    scripts(driver, True)
    look(driver)
    driver.get("about:blank")
    console(driver)
    driver.get(page)
    yield driver
    assert console(driver) == []


def every(driver: Any, selector: str) -> list[Any]:
    return list(driver.find_elements("css selector", selector))


def shown(driver: Any, selector: str) -> list[Any]:
    return [element for element in every(driver, selector) if element.is_displayed()]


def press(driver: Any, keys: str) -> None:
    from selenium.webdriver import ActionChains

    ActionChains(driver).send_keys(keys).perform()


def status(driver: Any) -> str:
    return str(one(driver, "#fr-status").text)


def choose(driver: Any, name: str, value: str) -> None:
    from selenium.webdriver.support.select import Select

    Select(one(driver, f"#fr-by-{name}")).select_by_value(value)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_anybody_can_read_it(opened: Any, width: int, scheme: str) -> None:
    look(opened, width, scheme)
    assert not too_wide(opened)
    assert violations(opened) == []
    press(opened, "j")  # with a box open, too
    assert len(shown(opened, ".fr-why")) == 1
    assert not too_wide(opened)
    assert violations(opened) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_ground_for_each_scheme(opened: Any, scheme: str) -> None:
    look(opened, scheme=scheme)
    colour = one(opened, "article .framing").value_of_css_property("background-color")
    light = sum(map(int, re.findall(r"\d+", colour)[:3])) > 380
    assert light == (scheme == "light")


def test_hovering_shows_why(opened: Any) -> None:
    from selenium.webdriver import ActionChains

    assert shown(opened, ".fr-why") == []
    ActionChains(opened).move_to_element(one(opened, "mark.fr-s")).perform()
    (box,) = shown(opened, ".fr-why")
    assert "editorial" in box.text
    assert "base" in box.text


def test_the_pointer_can_go_into_the_box_and_escape_closes_it(opened: Any) -> None:
    from selenium.webdriver import ActionChains, Keys

    mark = one(opened, "mark.fr-s")
    opened.execute_script("arguments[0].scrollIntoView({ block: 'center' })", mark)
    ActionChains(opened).move_to_element(mark).perform()
    (box,) = shown(opened, ".fr-why")
    across = ActionChains(opened, duration=0)
    for step in range(0, 60, 4):  # slowly down, over the gap between them
        across.move_to_element_with_offset(mark, 0, mark.rect["height"] // 2 - 8 + step)
    across.perform()
    assert shown(opened, ".fr-why") == [box]
    press(opened, Keys.ESCAPE)
    assert shown(opened, ".fr-why") == []
    ActionChains(opened).move_to_element(every(opened, "mark.fr-s")[1]).perform()
    assert len(shown(opened, ".fr-why")) == 1


def test_boxes_stay_on_the_page(opened: Any) -> None:
    look(opened, 320)
    for number in (0, 2, -1):
        opened.execute_script("arguments[0].focus()", every(opened, "mark.fr-s")[number])
        (box,) = shown(opened, ".fr-why")
        place = box.rect
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= 320


def test_the_keyboard_is_enough(opened: Any) -> None:
    from selenium.webdriver import Keys

    marks = [mark.get_attribute("id") for mark in every(opened, "mark.fr-s")]
    press(opened, "j")
    assert active(opened) == marks[0]
    assert status(opened) == f"Finding 1 of {len(marks)}"
    press(opened, "n")
    assert active(opened) == marks[1]
    press(opened, "k")
    assert active(opened) == marks[0]
    press(opened, "p")
    assert active(opened) == marks[-1]  # round and round
    press(opened, "j")
    press(opened, Keys.TAB)  # into the box
    assert opened.switch_to.active_element.text == "Link to this sentence"
    assert len(shown(opened, ".fr-why")) == 1
    press(opened, Keys.TAB)  # and on to the note on the sentence
    assert opened.switch_to.active_element.text == "1"
    assert shown(opened, ".fr-why") == []
    press(opened, "j")
    press(opened, Keys.ESCAPE)
    assert shown(opened, ".fr-why") == []


def test_keys_go_on_from_where_the_reader_is(opened: Any) -> None:
    last = every(opened, "mark.fr-s")[-1].get_attribute("id")
    sentences = [element.get_attribute("id") for element in every(opened, ".fr-s")]
    before = sentences[sentences.index(last) - 1]
    opened.execute_script("document.getElementById(arguments[0]).focus()", before)
    press(opened, "j")
    assert active(opened) == last


def test_a_link_to_a_sentence_is_copied(opened: Any, page: str) -> None:
    opened.execute_cdp_cmd(
        "Browser.grantPermissions",
        {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]},
    )
    from selenium.webdriver.support.ui import WebDriverWait

    press(opened, "jj")
    name = active(opened)
    press(opened, "c")
    WebDriverWait(opened, 10).until(lambda _: status(opened) == "Link copied")
    assert opened.execute_script("return navigator.clipboard.readText()") == f"{page}#{name}"
    opened.get("about:blank")
    opened.get(f"{page}#{name}")
    assert active(opened) == name
    assert len(shown(opened, ".fr-why")) == 1


def test_the_link_in_the_box_does_the_same(opened: Any) -> None:
    press(opened, "j")
    name = active(opened)
    shown(opened, ".fr-link")[0].click()
    assert opened.execute_script("return location.hash") == f"#{name}"


def test_filters(opened: Any, analyses: list[Analysis]) -> None:
    judged = [verdict for one in analyses for verdict in one if verdict.label]
    editorial = [verdict for verdict in judged if verdict.label == "editorial"]
    choose(opened, "label", "editorial")
    assert status(opened) == f"{len(editorial)} of {len(judged)} sentences shown"
    assert len(shown(opened, "mark.fr-s")) == len(editorial)
    assert len(shown(opened, "article")) == 2  # the third has none
    choose(opened, "label", "reporting")
    assert shown(opened, "mark.fr-s:not(.fr-off)") == []
    press(opened, "j")
    assert active(opened).startswith("fr-")
    choose(opened, "label", "")
    choose(opened, "family", "hedging")
    for mark in shown(opened, ".fr-s:not(.fr-off)"):
        assert "hedging" in mark.get_attribute("data-families").split()
    assert not too_wide(opened)
    assert violations(opened) == []
    choose(opened, "family", "")
    choose(opened, "desk", "opinion")
    (article,) = shown(opened, "article")
    assert article.get_attribute("data-desk") == "opinion"
    assert len(shown(opened, "tr[data-draft]")) == 1
    choose(opened, "desk", "")
    assert status(opened) == ""
    assert len(shown(opened, "article")) == 3


def test_notes_stand_beside_the_text_where_there_is_room(opened: Any) -> None:
    note = one(opened, ".fr-note")
    assert note.is_displayed()
    text = one(opened, ".fr-block:has(.fr-note) .fr-text")
    assert note.rect["x"] >= text.rect["x"] + text.rect["width"]
    note.find_element("css selector", "a").click()
    assert active(opened) == one(opened, "mark.fr-s").get_attribute("id")
    look(opened, 320)
    assert not note.is_displayed()


def test_printed_it_shows_the_reasons_and_no_controls(opened: Any) -> None:
    look(opened, media="print")
    assert one(opened, ".fr-note").is_displayed()
    assert not one(opened, "#fr-controls").is_displayed()
    press(opened, "j")
    assert shown(opened, ".fr-why") == []
    assert opened.execute_cdp_cmd("Page.printToPDF", {})["data"]


def test_without_scripts_it_is_read_all_the_same(opened: Any, page: str) -> None:
    from selenium.webdriver import ActionChains

    scripts(opened, False)
    opened.get(page)
    assert not one(opened, "#fr-controls").is_displayed()
    ActionChains(opened).move_to_element(one(opened, "mark.fr-s")).perform()
    assert len(shown(opened, ".fr-why")) == 1
    one(opened, ".fr-glossary summary").click()
    assert "hover over a sentence" in one(opened, ".fr-glossary").text


@pytest.mark.parametrize("theme", SCHEMES)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_in_a_notebook(
    driver: Any, analyses: list[Analysis], tmp_path: Path, theme: str, scheme: str
) -> None:
    """The notebook's own theme decides, and what stands around it stays as it was."""
    around = "<p id='around'>x <mark>y</mark></p><table><tr><td>1</td></tr></table>"
    light = "true" if theme == "light" else "false"
    bodies = [
        f"<body data-jp-theme-light='{light}'>{around}{inside}<p id='below'>z</p>"
        for inside in ("", analyses[0]._repr_html_())
    ]
    look(driver, 900, scheme)
    styles = []
    for number, body in enumerate(bodies):
        path = tmp_path / f"{number}.html"
        title = "<!doctype html><html lang=en><meta charset=utf-8><title>notebook</title>"
        path.write_text(f"{title}{body}", encoding="utf-8")
        driver.get(path.as_uri())
        styles.append(
            driver.execute_script(
                "return [...document.querySelectorAll('body, #around, #around mark, body > table,"
                " body > table td, #below')].map((e) => [...getComputedStyle(e)]"
                ".filter((p) => !/size|width|height|inset|origin|perspective/.test(p))"
                ".map((p) => `${p}: ${getComputedStyle(e)[p]}`))"
            )
        )
    assert [set(a) ^ set(b) for a, b in zip(*styles, strict=True)] == [set()] * len(styles[0])
    colour = one(driver, ".framing").value_of_css_property("background-color")
    assert (sum(map(int, re.findall(r"\d+", colour)[:3])) > 380) == (theme == "light")
    assert not too_wide(driver)
