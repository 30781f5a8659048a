"""Figures: a table of one's own brought in, and people counted for a service, by keyboard and without JavaScript."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.checks import assert_accessible, assert_no_sideways_scroll
from tests.browser.workbench import Workbench

TABLE = b"Ward,Year,Done in time,All\nHarbour,2023,30,60\nHarbour,2024,45,60\n"


@pytest.mark.parametrize("width", [1280, 320])
def test_which_column_is_which(new_page: Callable[..., Page], workbench: Workbench, width: int) -> None:
    page = workbench.sign_in(new_page(width=width), "tom@northmoor.example")
    page.goto(f"{workbench.address}/area/import/")
    file = {"name": "early-help.csv", "mimeType": "text/csv", "buffer": TABLE}
    page.set_input_files("input[type=file]", files=[file])
    page.get_by_role("button", name="Bring it in").press("Enter")
    page.get_by_role("heading", name="Which column is which?").wait_for()
    assert_accessible(page)
    assert_no_sideways_scroll(page)


def test_people_are_counted_without_javascript(new_page: Callable[..., Page], workbench: Workbench) -> None:
    page = workbench.sign_in(new_page(width=320, javascript=False))
    page.goto(f"{workbench.address}/area/X06000001/people/?indicator=990002")
    page.get_by_role("button", name="Work it out").press("Enter")
    page.get_by_role("heading", name="About").wait_for()
    assert_no_sideways_scroll(page)
