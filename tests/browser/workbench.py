"""The real thing for the browser tests: the command that people run, with the demo, in a folder of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.checks import follow

DAY = "2026-11-23"
"""The demo's story is told from today. A fixed day keeps its pictures comparable."""


class Workbench:
    """``wherewithal serve --demo`` as a process, on a port that it chooses and a day that does not move."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.said: list[str] = []
        env = {
            **os.environ,
            "WHEREWITHAL_HOME": str(folder),
            "WHEREWITHAL_TODAY": DAY,
            "PYTHONUNBUFFERED": "1",
        }
        for name in ("DATABASE_URL", "WHEREWITHAL_TEST_DATABASE", "DJANGO_SETTINGS_MODULE"):
            env.pop(name, None)
        command = [sys.executable, "-m", "wherewithal", "serve", "--demo", "--port", "8970"]
        self._process = subprocess.Popen(
            command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self.address = self._wait_for_the_address()

    def _wait_for_the_address(self) -> str:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.said.append(line.rstrip())
            if found := re.search(r"The workbench: (http://\S+)/ ", line):
                return found[1]
        raise AssertionError("the workbench did not start:\n" + "\n".join(self.said))

    def stop(self) -> None:
        self._process.terminate()
        self._process.communicate(timeout=60)

    def sign_in(self, page: Page, email: str = "priya@northmoor.example") -> Page:
        """Sign in through the page, as a person does."""
        page.goto(f"{self.address}/sign-in/")
        page.get_by_label("Email").fill(email)
        page.get_by_label("Password", exact=True).fill("look-around-northmoor")
        follow(page.get_by_label("Password", exact=True), "Enter")
        page.wait_for_url(f"{self.address}/")
        return page
