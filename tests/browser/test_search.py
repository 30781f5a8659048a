"""Searching in a browser: with the keyboard, without JavaScript, and on a narrow screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import assert_accessible, assert_no_sideways_scroll, follow
from tests.browser.workbench import Workbench


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no-javascript"])
def test_filters_narrow_a_search_and_come_off_again(
    new_page: Callable[..., Page], workbench: Workbench, javascript: bool
) -> None:
    page = workbench.sign_in(new_page(javascript=javascript))
    page.goto(f"{workbench.address}/library/")
    page.get_by_label("Search everything in the library").fill("behaviour")
    follow(page.get_by_role("button", name="Search"))
    all_of_them = page.get_by_role("heading", name="results for “behaviour”").inner_text()
    page.locator("summary", has_text="Our reading").click()
    page.get_by_role("checkbox", name="Strong").check()
    follow(page.get_by_role("button", name="Apply filters"))
    narrower = page.get_by_role("link", name="Take off the filter Our reading: Strong")
    expect(narrower).to_be_visible()
    assert page.get_by_role("heading", name="for “behaviour”").inner_text() != all_of_them
    expect(page.get_by_label("Search everything in the library")).to_have_value("behaviour")
    follow(narrower)
    expect(narrower).to_have_count(0)
    assert page.get_by_role("heading", name="for “behaviour”").inner_text() == all_of_them


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no-javascript"])
def test_programmes_are_put_aside_and_compared(
    new_page: Callable[..., Page], workbench: Workbench, javascript: bool
) -> None:
    page = workbench.sign_in(new_page(javascript=javascript))
    page.goto(f"{workbench.address}/library/?q=triple+p")
    follow(page.get_by_role("link", name="Add to compare").first)
    expect(page.get_by_role("heading", name="To compare")).to_be_visible()
    follow(page.get_by_role("link", name="Add to compare").first)
    expect(page.get_by_role("button", name="Compare these 2")).to_be_visible()


def test_filters_are_folded_on_a_narrow_screen(narrow_page: Page, workbench: Workbench) -> None:
    page = workbench.sign_in(narrow_page)
    page.goto(f"{workbench.address}/library/?q=parenting")
    kind = page.get_by_role("checkbox", name="Programmes")
    expect(kind).to_be_hidden()
    page.locator("summary", has_text="Filters").first.press("Enter")
    expect(kind).to_be_visible()
    kind.check()
    follow(page.get_by_role("button", name="Apply filters"))
    expect(page.get_by_role("link", name="Take off the filter What it is: Programmes")).to_be_visible()
    assert_no_sideways_scroll(page)


def test_a_search_is_worked_by_keyboard(page: Page, workbench: Workbench) -> None:
    workbench.sign_in(page)
    page.goto(f"{workbench.address}/library/")
    page.get_by_label("Search everything in the library").focus()
    page.keyboard.type("parent")
    page.keyboard.press("Enter")
    page.wait_for_url("**/library/?q=parent")
    page.get_by_role("checkbox", name="Guidance").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")  # a form is sent from any of its fields
    page.wait_for_url("**kind=guidance**")
    expect(page.get_by_text("Filters that are on")).to_be_visible()


def test_a_search_is_saved_run_again_and_deleted(page: Page, workbench: Workbench, console) -> None:
    console.expect("422 ")
    workbench.sign_in(page)
    page.goto(f"{workbench.address}/library/?q=anxiety")
    page.get_by_text("Save this search").click()
    page.get_by_label("A name for it").fill("Anxious children")
    follow(page.get_by_role("button", name="Save", exact=True))
    expect(page.get_by_role("heading", name="Your saved search “Anxious children”")).to_be_visible()
    assert_accessible(page)
    follow(page.get_by_role("link", name="All your saved searches"))
    page.get_by_text("Rename").first.click()
    page.get_by_label("New name").fill("")
    follow(page.get_by_role("button", name="Rename"))
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    assert_accessible(page)
    follow(page.get_by_role("button", name="Delete Anxious children"))
    expect(page.get_by_text("The search “Anxious children” was deleted.")).to_be_visible()
