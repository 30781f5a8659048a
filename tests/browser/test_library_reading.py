"""Reading the library: telling what was done, keeping a study, putting programmes side by side. With a screen's
width and a phone's, without JavaScript, and by keyboard. The demo is left as it was found.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import Console, assert_accessible, assert_no_sideways_scroll, follow, picture
from tests.browser.workbench import Workbench


def check(page: Page, name: str, width: int) -> None:
    expect(page.locator("h1")).to_have_count(1)
    assert_accessible(page)
    assert_no_sideways_scroll(page)
    picture(page, f"{name}-{width}")


@pytest.mark.parametrize("width", [1280, 320])
def test_telling_what_was_done(
    new_page: Callable[..., Page], workbench: Workbench, console: Console, width: int
) -> None:
    console.expect("400 ")  # a form that is not right
    page = workbench.sign_in(new_page(width=width))
    page.goto(f"{workbench.address}/library/programmes/family-nurse-partnership/")
    follow(page.get_by_role("link", name="Tell what you did"))
    expect(page.get_by_label("Which programmes was it about?")).to_have_value(
        "Family Nurse Partnership (England)"
    )
    page.get_by_label("Whom can others ask?").fill("family hubs team")
    follow(page.get_by_role("button", name="Save"))
    summary = page.get_by_role("alert")
    summary.get_by_role("link", name="Tick this once they have agreed, or leave the contact out.").click()
    expect(page.get_by_label("They agree to be asked")).to_be_focused()
    check(page, "example-error", width)
    page.get_by_label("What was done, in a few words").fill(f"Home visits from two hubs, {width}")
    page.get_by_label("Where", exact=True).fill("Easttown")
    page.get_by_label("What was done", exact=True).fill("Nurses visited forty families.")
    page.get_by_label("They agree to be asked").check()
    follow(page.get_by_role("button", name="Save"))
    page.get_by_text("Thank you. Others can read it now.").wait_for()
    check(page, "example", width)
    follow(page.get_by_role("button", name="Change it"))
    page.get_by_label("What happened").fill("Thirty stayed to the end.")
    follow(page.get_by_role("button", name="Save"))
    expect(page.get_by_text("Thirty stayed to the end.")).to_be_visible()
    follow(page.get_by_role("link", name="Remove it"))
    check(page, "example-remove", width)
    follow(page.get_by_role("button", name="Remove it"))
    page.get_by_text("The example was removed, with its contact and text.").wait_for()
    check(page, "examples-after", width)


@pytest.mark.parametrize("width", [1280, 320])
def test_keeping_a_study(
    new_page: Callable[..., Page], workbench: Workbench, console: Console, width: int
) -> None:
    console.expect("400 ")  # a form that is not right
    page = workbench.sign_in(new_page(width=width, javascript=True))
    page.goto(f"{workbench.address}/library/studies/")
    follow(page.get_by_role("button", name="Add a study"))
    follow(page.get_by_role("link", name="By hand"))
    follow(page.get_by_role("button", name="Add the study"))
    page.get_by_role("alert").get_by_role("link", name="Write its title.").click()
    check(page, "study-error", width)
    page.get_by_label("Title").fill(f"A made-up trial of home visits, {width}")
    page.get_by_label("Year").fill("2024")
    page.get_by_label("What it says, in one sentence of your own").fill("It made no difference.")
    page.get_by_label("Which programmes is it about?").fill("Good Behaviour Game")
    follow(page.get_by_role("button", name="Add the study"))
    page.get_by_text("The study is in the library.").wait_for()
    check(page, "study", width)
    follow(page.get_by_role("button", name="Change what is said of it"))
    check(page, "study-edit", width)
    follow(page.get_by_role("button", name="Save"))
    follow(page.get_by_role("button", name=re.compile("Take it out")))
    page.get_by_text("The study was taken out of the library.").wait_for()


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_putting_programmes_side_by_side(
    new_page: Callable[..., Page], workbench: Workbench, javascript: bool
) -> None:
    page = workbench.sign_in(new_page(javascript=javascript))
    page.goto(f"{workbench.address}/library/programmes/incredible-years-preschool/")
    link, button = (page.get_by_role(role, name="Compare with…") for role in ("link", "button"))
    follow(link.or_(button))
    page.get_by_label("Incredible Years Toddler", exact=False).first.check()
    follow(page.get_by_role("button", name="Compare these"))
    page.get_by_label("Programme, family or outcome").fill("good behavior game")
    follow(page.get_by_role("button", name="Search"))
    page.get_by_label("Good Behaviour Game", exact=False).first.check()
    follow(page.get_by_role("button", name="Compare these"))
    heads = page.locator("thead th")
    expect(heads.nth(0)).to_have_text("Incredible Years Preschool (Basic)")
    expect(heads.nth(2)).to_have_text("Good Behaviour Game")
    follow(page.get_by_role("link", name="Leave out Incredible Years Preschool (Basic)"))
    expect(page.locator("thead th")).to_have_count(2)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download for Word").or_(
            page.get_by_role("button", name="Download for Word")
        ).click()
    assert download.value.suggested_filename == "programmes-compared-2026-11-23.docx"


def test_the_comparison_by_keyboard_and_on_paper(page: Page, workbench: Workbench) -> None:
    """The wide table scrolls by keyboard, being a region that takes the focus; on paper it needs no scrolling."""
    workbench.sign_in(page)
    slugs = ("paths-elementary", "good-behaviour-game", "incredible-years-preschool", "multisystemic-therapy")
    query = "&".join(f"p={slug}" for slug in (*slugs, "family-nurse-partnership"))
    page.goto(f"{workbench.address}/library/compare/?{query}")
    region = page.get_by_role("region", name="Programmes side by side")
    region.evaluate(
        "region => region.addEventListener('scroll', () => { region.title = 'scrolled' }, {once: true})"
    )
    region.focus()
    page.keyboard.press("ArrowRight")
    page.locator(".ww-scroll[title=scrolled]").wait_for()
    page.emulate_media(media="print")
    expect(page.get_by_role("link", name=re.compile("Leave out")).first).not_to_be_visible()
    expect(page.get_by_role("rowheader", name="What is not known")).to_be_visible()


def test_where_to_look_by_question(page: Page, workbench: Workbench) -> None:
    workbench.sign_in(page)
    page.goto(f"{workbench.address}/library/where-to-look/")
    questions = page.get_by_role("navigation", name="Questions")
    follow(questions.get_by_role("link", name="What should services do?"))
    expect(page).to_have_url(re.compile("#guidance$"))
    follow(page.get_by_role("link", name=re.compile("Read it here.*Foundations Practice Guides")))
    follow(page.get_by_role("link", name="Kinship navigator programmes"))
    page.get_by_label("Which case?").wait_for()
