"""Chromium, driven through the pages; tests skip themselves where it is not installed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium")
DRIVER = shutil.which("chromedriver")
FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
needs_chromium = pytest.mark.skipif(
    not (CHROMIUM and DRIVER), reason="needs chromium and chromedriver"
)
WIDTHS = [320, 1440]
SCHEMES = ["light", "dark"]


@contextmanager
def chromium(profile: Path) -> Iterator[Any]:
    """A browser with an empty profile."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM or ""
    for flag in [*FLAGS, f"--user-data-dir={profile}"]:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    try:
        yield driver
    finally:
        driver.quit()


def look(driver: Any, width: int = 1440, scheme: str = "light", media: str = "screen") -> None:
    """Show pages in another size, scheme or medium."""
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False},
    )
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": features})


def scripts(driver: Any, on: bool) -> None:
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not on})


def console(driver: Any) -> list[str]:
    """What the page said to its console since it was last asked."""
    return [entry["message"] for entry in driver.get_log("browser")]


@cache
def _axe() -> str:
    import axe_core_python

    return (Path(axe_core_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def violations(driver: Any) -> list[str]:
    """What axe-core finds against WCAG 2 A and AA, and against its good practices."""
    driver.execute_cdp_cmd("Runtime.evaluate", {"expression": _axe()})
    found = driver.execute_cdp_cmd(
        "Runtime.evaluate",
        {
            "expression": "axe.run().then((result) => JSON.stringify(result.violations))",
            "awaitPromise": True,
            "returnByValue": True,
        },
    )
    return [
        f"{one['id']}: {node['html'][:200]} {node.get('failureSummary', '')}"
        for one in json.loads(found["result"]["value"])
        for node in one["nodes"]
    ]


def too_wide(driver: Any) -> bool:
    """Whether the page must be scrolled sideways."""
    root = "document.documentElement"
    return bool(driver.execute_script(f"return {root}.scrollWidth > {root}.clientWidth"))


def active(driver: Any) -> str:
    """Id of the element that has the focus."""
    return str(driver.execute_script("return document.activeElement.id"))


def one(driver: Any, selector: str) -> Any:
    """The first element that a CSS selector finds."""
    return driver.find_element("css selector", selector)
