"""What every page must stand: no accessibility violation, no sideways scroll, a quiet console."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page

AXE = Path(__file__).resolve().parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
WCAG_2_2_AA = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")


class Console:
    """What the browser complained of on the pages of one test: its console's errors and refused addresses."""

    def __init__(self) -> None:
        self._heard: list[str] = []
        self._expected: list[str] = []

    def add(self, complaint: str) -> None:
        self._heard.append(complaint)

    def expect(self, words: str) -> None:
        """A complaint that holds ``words`` is meant: "403 " where a page is to be refused."""
        self._expected.append(words)

    @property
    def unexpected(self) -> list[str]:
        return [heard for heard in self._heard if not any(words in heard for words in self._expected)]

    def fail_on_the_unexpected(self) -> None:
        if self.unexpected:
            pytest.fail("the browser complained:\n" + "\n".join(self.unexpected), pytrace=False)


def follow(what: Locator, key: str = "") -> None:
    """Click ``what``, or press ``key`` on it, and wait for the page that it leads to.

    A click is over before the browser has sent the form: whoever looked at once would see the page that was there, and
    whoever went elsewhere would take the form back.
    """
    with what.page.expect_navigation():
        what.press(key) if key else what.click()


def violations(page: Page) -> dict[str, list[str]]:
    """The WCAG 2.2 AA rules of axe that the page breaks, each with the elements that break it.

    axe is evaluated in the page, not added as a script: the page's own Content-Security-Policy would
    rightly block that. A page without JavaScript cannot be checked: open it with.
    """
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}}).then(result => result.violations)",
        list(WCAG_2_2_AA),
    )
    return {rule["id"]: [node["html"] for node in rule["nodes"]] for rule in found}


def assert_accessible(page: Page) -> None:
    broken = violations(page)
    assert not broken, f"{page.url} breaks WCAG 2.2 AA:\n{json.dumps(broken, indent=2)}"


def assert_no_sideways_scroll(page: Page) -> None:
    """WCAG 1.4.10: at 320 pixels wide, reading needs no scrolling in two directions."""
    wider = page.evaluate(
        """() => {
            const width = document.documentElement.clientWidth
            if (document.documentElement.scrollWidth <= width) return null
            return [...document.querySelectorAll('body *')]
                .filter(element => element.getBoundingClientRect().right > width + 1)
                .slice(0, 5)
                .map(element => element.outerHTML.slice(0, 200))
        }"""
    )
    assert wider is None, f"{page.url} scrolls sideways at {page.viewport_size}; too wide:\n" + "\n".join(
        wider
    )


def picture(page: Page, name: str) -> None:
    """Keep a picture of the whole page where ``$WHEREWITHAL_PICTURES`` names a folder; otherwise nothing."""
    folder = os.environ.get("WHEREWITHAL_PICTURES")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True, animations="disabled")
