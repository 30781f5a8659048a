"""A search that is asked again: added, looked at and paused by keyboard and without JavaScript."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.checks import assert_accessible, assert_no_sideways_scroll, follow, picture
from tests.browser.test_pages import CASE
from tests.browser.workbench import Workbench


@pytest.mark.parametrize("width", [1280, 320])
def test_a_search_is_kept_and_paused(new_page: Callable[..., Page], workbench: Workbench, width: int) -> None:
    page = workbench.sign_in(new_page(width=width, javascript=False))
    page.goto(f"{workbench.address}{CASE}/reviews/living/add/")
    page.get_by_label("Europe PMC").press("Space")
    page.get_by_label("What is searched for?").fill(f"parenting AND groups AND {width}")
    page.get_by_label("Every six months").press("Space")
    follow(page.get_by_role("button", name="Keep it and ask now"), "Enter")
    page.get_by_role("heading", name="Searches that are asked again").wait_for()
    assert_no_sideways_scroll(page)
    follow(page.get_by_role("button", name="Pause").first, "Enter")
    page.get_by_text("It is paused. What it brought stays.").wait_for()
    assert_no_sideways_scroll(page)
    picture(page, f"living-paused-{width}")


def test_a_list_with_a_search_is_accessible(new_page: Callable[..., Page], workbench: Workbench) -> None:
    page = workbench.sign_in(new_page(width=1280))
    page.goto(f"{workbench.address}{CASE}/reviews/living/add/")
    page.get_by_label("OpenAlex").check()
    page.get_by_label("What is searched for?").fill("parenting groups for fathers")
    follow(page.get_by_role("button", name="Keep it and ask now"))
    page.get_by_text("parenting groups for fathers").wait_for()
    assert_accessible(page)
    follow(page.get_by_role("button", name="Stop for good").last)
    page.get_by_text("It is stopped. What it brought stays.").wait_for()
    assert_accessible(page)
