"""Figures: a table of one's own brought in, and people counted for a service, by keyboard and without JavaScript."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import Console, assert_accessible, assert_no_sideways_scroll, follow
from tests.browser.workbench import Workbench

TABLE = b"Ward,Year,Done in time,All\nHarbour,2023,30,60\nHarbour,2024,45,60\n"


@pytest.mark.parametrize("width", [1280, 320])
def test_which_column_is_which(new_page: Callable[..., Page], workbench: Workbench, width: int) -> None:
    page = workbench.sign_in(new_page(width=width), "tom@northmoor.example")
    page.goto(f"{workbench.address}/area/import/")
    file = {"name": "early-help.csv", "mimeType": "text/csv", "buffer": TABLE}
    page.set_input_files("input[type=file]", files=[file])
    follow(page.get_by_role("button", name="Bring it in"), "Enter")
    page.get_by_role("heading", name="Which column is which?").wait_for()
    assert_accessible(page)
    assert_no_sideways_scroll(page)


def test_people_are_counted_without_javascript(new_page: Callable[..., Page], workbench: Workbench) -> None:
    page = workbench.sign_in(new_page(width=320, javascript=False))
    page.goto(f"{workbench.address}/area/X06000001/people/?indicator=990002")
    follow(page.get_by_role("button", name="Work it out"), "Enter")
    page.get_by_role("heading", name="About").wait_for()
    assert_no_sideways_scroll(page)


@pytest.mark.parametrize(("width", "javascript"), [(1280, True), (320, False)])
def test_a_question_that_no_service_could_answer(
    new_page: Callable[..., Page], workbench: Workbench, console: Console, width: int, javascript: bool
) -> None:
    console.expect("422 ")  # what is not right is said beside its field
    page = workbench.sign_in(new_page(width=width, javascript=javascript), "tom@northmoor.example")
    page.goto(f"{workbench.address}/area/import/")
    follow(page.get_by_role("link", name="ask Fingertips, the Department for Education or Nomis"), "Enter")
    field = page.get_by_label("Address of a query")
    field.fill("https://example.org/not-nomis")
    follow(field, "Enter")
    page.get_by_role("heading", name="There is a problem").wait_for()
    expect(page.get_by_role("link", name="That is not the address of a query of Nomis")).to_be_visible()
    expect(page.get_by_label("Address of a query")).to_have_value("https://example.org/not-nomis")
    assert_no_sideways_scroll(page)
    if javascript:
        assert_accessible(page)
