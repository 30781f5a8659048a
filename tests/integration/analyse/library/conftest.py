"""A library with the starter editions in it, up to the older copy of the EEF toolkit."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from wherewithal.analyse.library import Edition, starter_editions
from wherewithal_web.analyse.library import actions

OLDER = date(2026, 3, 31)


@pytest.fixture(autouse=True)
def on_a_day(settings) -> None:
    settings.WHEREWITHAL_TODAY = date(2026, 11, 23)


@pytest.fixture
def library(people: SimpleNamespace) -> None:
    actions.load_starter_editions(by=people.admin, up_to={"eef-toolkit": OLDER})


@pytest.fixture
def newer_toolkit() -> Edition:
    return next(each for each in starter_editions() if each.register == "eef-toolkit" and each.date > OLDER)
