"""What people do, from one end to the other: without JavaScript, and by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import follow
from tests.browser.workbench import Workbench


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_from_a_question_to_a_decision(
    new_page: Callable[..., Page], workbench: Workbench, javascript: bool
) -> None:
    """A case of one's own: a programme from the library, a sentence on it, a proposal, and a second person."""
    title = f"Groups for parents {'with' if javascript else 'without'} JavaScript"
    page = workbench.sign_in(new_page(javascript=javascript))
    follow(page.get_by_role("button", name="Start a case"))
    page.get_by_label("What is this case about?").fill(title)
    follow(page.get_by_role("button", name="Start the case"))
    case = page.url.removesuffix("analyse/")

    page.goto(f"{workbench.address}/library/programmes/incredible-years-preschool/")
    page.get_by_label("Which case?").select_option(label=title)
    follow(page.get_by_role("button", name="Add to the case"))
    page.goto(f"{case}sentences/new/")
    page.get_by_label("The sentence").fill("Incredible Years has strong evidence.")
    page.get_by_label("Research: Incredible Years", exact=False).check()
    follow(page.get_by_role("button", name="Save the sentence"))
    page.get_by_text("Incredible Years has strong evidence.").first.wait_for()

    page.goto(f"{case}share/")
    page.get_by_label("Who?").select_option(label="Helen Marsh (Northmoor Council)")
    page.get_by_label("Approver", exact=False).check()
    follow(page.get_by_role("button", name="Share"))

    page.goto(f"{case}decisions/new/")
    page.get_by_label("What is proposed?").fill("Twelve groups a year")
    page.get_by_label("Why this, and why not the others?").fill("It is the best we can run.")
    follow(page.get_by_role("button", name="Propose it"))
    page.get_by_role("heading", name="Proposed: Twelve groups a year").wait_for()
    expect(page.get_by_role("button", name="Confirm")).to_have_count(0)
    decision = page.url

    second = workbench.sign_in(new_page(javascript=javascript), "helen@northmoor.example")
    second.goto(decision)
    follow(second.get_by_role("button", name="Confirm"))
    second.get_by_role("heading", name="Decided: Twelve groups a year").wait_for()


def test_the_case_by_keyboard(page: Page, workbench: Workbench) -> None:
    """Tab reaches everything in the order it is read, and what has the focus can be seen to have it."""
    workbench.sign_in(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.closest('main') !== null")
    assert first
    for _ in range(12):
        focused = page.evaluate(
            """() => {
                const style = getComputedStyle(document.activeElement)
                return style.outlineStyle !== 'none' || style.boxShadow !== 'none'
            }"""
        )
        assert focused, page.evaluate("document.activeElement.outerHTML")
        page.keyboard.press("Tab")


def test_the_case_on_paper(page: Page, workbench: Workbench) -> None:
    workbench.sign_in(page)
    page.goto(f"{workbench.address}/cases/parenting-support-for-families-of-children-aged-3-to-8/")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="The thread")).to_be_visible()
    expect(page.get_by_role("link", name="Add a sentence")).not_to_be_visible()
    expect(page.get_by_text("Look again").first).to_be_visible()


def test_a_partner_who_sees_one_case_finds_no_other(page: Page, workbench: Workbench, console) -> None:
    console.expect("404 ")
    workbench.sign_in(page, "leah@northmoor.example")
    follow(page.get_by_role("link", name="Parenting support"))
    expect(page.get_by_role("heading", name="What was shared with you")).to_be_visible()
    expect(page.get_by_text("Parents tell us they wait too long")).to_be_visible()
    response = page.goto(f"{page.url}history/")
    assert response is not None
    assert response.status == 404
