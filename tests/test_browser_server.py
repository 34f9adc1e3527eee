"""``framing serve`` in Chromium: a draft is marked while it is written."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import (
    SCHEMES,
    WIDTHS,
    chromium,
    console,
    look,
    needs_chromium,
    one,
    scripts,
    too_wide,
    violations,
)

pytestmark = needs_chromium

DRAFT = "The council voted on Monday. A new pier is much needed.\n\nWhat a shameful betrayal!"


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with chromium(tmp_path_factory.mktemp("profile")) as driver:
        yield driver


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    command = [sys.executable, "-m", "framing", "serve", "--port", "0", "--isolated"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8") as server:
        assert server.stderr
        found = re.search(r"http://\S+", server.stderr.readline())
        assert found
        yield found.group()
        server.terminate()
        server.wait(60)


@pytest.fixture
def opened(driver: Any, url: str) -> Iterator[Any]:
    """The screen, newly opened; it must have said nothing to the console in the end."""
    scripts(driver, True)
    look(driver)
    driver.get("about:blank")
    console(driver)
    driver.get(url)
    yield driver
    assert console(driver) == []


def marks(driver: Any) -> list[str]:
    script = "return [...document.querySelectorAll('mark.fr-s')].map((one) => one.textContent)"
    return list(driver.execute_script(script))


def empty(field: Any) -> None:
    from selenium.webdriver import Keys

    field.send_keys(Keys.CONTROL, "a")
    field.send_keys(Keys.DELETE)


def until(driver: Any, true: Callable[[], Any]) -> None:
    from selenium.webdriver.support.ui import WebDriverWait

    WebDriverWait(driver, 30, poll_frequency=0.05).until(lambda _: true())


def test_it_marks_while_one_types(opened: Any) -> None:
    field = one(opened, "#fr-draft")
    assert not one(opened, "#fr-mark").is_displayed()
    assert not one(opened, ".fr-download").is_enabled()
    field.send_keys(DRAFT)
    until(opened, lambda: len(marks(opened)) == 2)
    assert marks(opened)[1] == "What a shameful betrayal!"
    assert one(opened, ".fr-download").is_enabled()
    field.send_keys(" Shame on the mayor!")
    until(opened, lambda: len(marks(opened)) == 3)
    empty(field)
    until(opened, lambda: marks(opened) == [])
    assert not one(opened, "#fr-problem").is_displayed()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_anybody_can_use_it(opened: Any, width: int, scheme: str) -> None:
    look(opened, width, scheme)
    assert violations(opened) == []
    one(opened, "#fr-draft").send_keys(DRAFT)
    until(opened, lambda: len(marks(opened)) == 2)
    assert violations(opened) == []
    assert not too_wide(opened)


def test_a_box_is_reached_by_the_keyboard(opened: Any) -> None:
    from selenium.webdriver import ActionChains, Keys

    one(opened, "#fr-draft").send_keys(DRAFT)
    until(opened, lambda: len(marks(opened)) == 2)
    for _ in range(12):
        ActionChains(opened).send_keys(Keys.TAB).perform()
        if "fr-editorial" in opened.switch_to.active_element.get_attribute("class"):
            break
    box = one(opened, f"#{opened.switch_to.active_element.get_attribute('id')}-why")
    assert box.is_displayed()
    assert "much needed" in box.text


def test_a_file_is_opened(opened: Any, tmp_path: Path) -> None:
    path = tmp_path / "draft.txt"
    path.write_text(DRAFT, encoding="utf-16")
    one(opened, "#fr-file").send_keys(str(path))
    until(opened, lambda: len(marks(opened)) == 2)
    assert one(opened, "#fr-draft").get_property("value") == DRAFT
    assert one(opened, ".fr-name-of").text == "draft.txt"


def test_a_dropped_file_is_opened(opened: Any) -> None:
    opened.execute_script(
        """
        const data = new DataTransfer();
        data.items.add(new File([arguments[0]], "dropped.txt", { type: "text/plain" }));
        for (const kind of ["dragenter", "dragover", "drop"]) {
            document.body.dispatchEvent(
                new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true })
            );
        }
        """,
        DRAFT,
    )
    until(opened, lambda: len(marks(opened)) == 2)
    assert one(opened, ".fr-name-of").text == "dropped.txt"


def test_what_is_wrong_is_said_and_the_draft_kept(driver: Any, url: str, tmp_path: Path) -> None:
    scripts(driver, True)
    driver.get(url)
    field = one(driver, "#fr-draft")
    field.send_keys(DRAFT)
    path = tmp_path / "wrong.txt"
    path.write_bytes(b"caf\xe9")
    one(driver, "#fr-file").send_keys(str(path))
    problem = one(driver, "#fr-problem")
    until(driver, problem.is_displayed)
    assert "save the file as UTF-8" in problem.text
    assert field.get_property("value") == DRAFT
    field.send_keys(" It rained.")
    until(driver, lambda: not problem.is_displayed())
    driver.execute_script("arguments[0].value = 'a '.repeat(150000)", field)
    field.send_keys("b")
    until(driver, problem.is_displayed)
    assert "200,000 characters" in problem.text
    empty(field)
    field.send_keys("By Jane Roe")
    until(driver, lambda: "nothing to judge" in problem.text)
    assert not too_wide(driver)
    assert violations(driver) == []
    # The browser itself notes that each of the requests was refused, and nothing else.
    assert all("the server responded with a status of 4" in message for message in console(driver))


def test_downloads(opened: Any, tmp_path: Path) -> None:
    opened.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)}
    )
    one(opened, "#fr-draft").send_keys(DRAFT)
    until(opened, lambda: len(marks(opened)) == 2)
    for kind in ("html", "json", "csv"):
        one(opened, f"[formaction$={kind}]").click()
        path = tmp_path / f"framing-report.{kind}"
        until(opened, path.exists)
        assert "betrayal" in path.read_text(encoding="utf-8")
    assert json.loads((tmp_path / "framing-report.json").read_bytes())["profile"]["editorial"] == 2
    assert one(opened, "#fr-draft").get_property("value") == DRAFT


def test_without_scripts_a_button_does_it(opened: Any, url: str) -> None:
    scripts(opened, False)
    opened.get(url)
    one(opened, "#fr-draft").send_keys(DRAFT)
    one(opened, "#fr-mark").click()
    until(opened, lambda: opened.find_elements("css selector", "mark.fr-s"))
    assert len(opened.find_elements("css selector", "mark.fr-s")) == 2
    assert one(opened, "#fr-draft").text.replace("\r", "").split() == DRAFT.split()


def test_a_hostile_draft_stays_text(opened: Any) -> None:
    image = "<img src=x onerror=document.title=1>"
    hostile = f"It is {image} a shameful <script>document.title=1</script> plan of the council."
    one(opened, "#fr-draft").send_keys(hostile)
    until(opened, lambda: opened.find_elements("css selector", ".fr-s"))
    assert opened.find_elements("css selector", "main img, main script") == []
    assert opened.title == "framing: mark a draft"


def test_nothing_is_stored(opened: Any, url: str) -> None:
    one(opened, "#fr-draft").send_keys(DRAFT)
    until(opened, lambda: len(marks(opened)) == 2)
    assert opened.get_cookies() == []
    assert opened.execute_script("return localStorage.length + sessionStorage.length") == 0
    opened.get("about:blank")
    opened.get(url)
    assert one(opened, "#fr-draft").get_property("value") == ""
