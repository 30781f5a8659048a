"""Sixty records screened by two people at the keyboard, their differences settled, and the record taken along."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.checks import assert_accessible, assert_no_sideways_scroll, picture
from tests.browser.workbench import Workbench
from tests.integration.analyse.reviews.conftest import SIXTY

SECOND = "ruth@northmoor.example"
DISAGREED = 12
"""The record (by its number in the title) that the second person decides about otherwise."""


def start_review(page: Page, workbench: Workbench, folder: Path, title: str, records: str, share: int) -> str:
    """A case of one's own, shared with a second person, with a protocol and a search. Its review's address."""
    workbench.sign_in(page)
    page.goto(f"{workbench.address}/cases/new/")
    page.get_by_label("What is this case about?").fill(title)
    page.get_by_role("button", name="Start the case").click()
    case = page.url.removesuffix("analyse/")
    page.goto(f"{case}share/")
    page.get_by_label("Who?").select_option(label="Ruth Bell (Northmoor Council)")
    page.get_by_label("Contributor: Adds", exact=False).check()
    page.get_by_role("button", name="Share").click()
    page.goto(f"{case}reviews/protocol/write/")
    page.get_by_label("Population", exact=True).fill("Parents of young children")
    page.get_by_label("Intervention", exact=True).fill("Parenting groups")
    page.get_by_label("Outcome", exact=True).fill("Behaviour")
    page.get_by_label("Keep a record if").fill("It is a trial")
    page.get_by_label("How many of the records should two people decide about", exact=False).fill(str(share))
    page.get_by_role("button", name="Save the protocol").click()
    file = folder / "sixty.ris"
    file.write_text(records)
    page.goto(f"{case}reviews/bring-in/")
    page.get_by_label("The file of records").set_input_files(file)
    page.get_by_label("Which database was searched?").fill("Made Database")
    page.get_by_role("button", name="Bring it in").click()
    return f"{case}reviews/"


def title_of(page: Page) -> str:
    return page.locator("h1").inner_text()


def screen(page: Page, review: str, *, differs: bool) -> int:
    """Decide about every record by keys alone. How many there were."""
    page.goto(f"{review}next/")
    done = 0
    while page.locator("#decide").count() and "/records/" in page.url:
        title = title_of(page)
        before = page.url
        kept = title.startswith("Parenting")
        if differs and title.endswith(f" {DISAGREED:02}"):
            kept = not kept
        page.locator(".rev-keys").wait_for()
        page.keyboard.press("i") if kept else page.keyboard.press("e")
        if not kept:
            page.keyboard.press("1")
        page.wait_for_url(lambda url, before=before: url != before)
        done += 1
    return done


def test_two_people_screen_sixty_records_by_keyboard(
    new_page: Callable[..., Page], workbench: Workbench, tmp_path: Path
) -> None:
    first, second = new_page(), new_page()
    review = start_review(first, workbench, tmp_path, "Sixty records, two people", SIXTY, 100)
    workbench.sign_in(second, SECOND)

    assert screen(first, review, differs=False) == 60
    assert "The rest waits for a second person" in first.locator("main").inner_text()
    assert screen(second, review, differs=True) == 60

    first.goto(f"{review}differ/")
    assert_accessible(first)
    picture(first, "screening-differ")
    assert first.get_by_text("Two people agreed on 59 of 60 records").is_visible()
    first.get_by_label("Settle as", exact=False).select_option(label="Keep it")
    first.get_by_label("How was it settled?", exact=False).fill("We read it together.")
    first.get_by_role("button", name="Settle it", exact=False).click()
    assert first.get_by_text("Nothing is left to settle.").is_visible()

    first.goto(f"{review}stopping/")
    assert_accessible(first)
    first.get_by_role("button", name="Record that everything was read").click()
    assert first.get_by_text("Reading was stopped").first.is_visible()
    picture(first, "screening-stopping")

    first.goto(f"{review}account/")
    assert_accessible(first)
    picture(first, "screening-account")
    with first.expect_download() as download:
        first.get_by_role("link", name="Download for Word").click()
    assert download.value.suggested_filename.endswith("-flow.docx")
    with first.expect_download() as download:
        first.get_by_role("link", name="Download as a drawing (SVG)").click()
    assert "Records found: 60" in Path(download.value.path()).read_text()


def test_keys_can_be_turned_off_and_leave_fields_alone(
    new_page: Callable[..., Page], workbench: Workbench, tmp_path: Path
) -> None:
    page = new_page()
    review = start_review(page, workbench, tmp_path, "Keys", SIXTY, 0)
    page.goto(f"{review}next/")
    here = page.url
    page.get_by_label("Note", exact=True).press_sequentially("i u e 1 b ?")
    assert page.get_by_label("Note", exact=True).input_value() == "i u e 1 b ?"
    page.locator("h1").click()
    page.keyboard.press("e")
    assert page.get_by_text("press the number of the reason").is_visible()
    assert page.locator("[data-number='1']").evaluate("field => field === document.activeElement")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert page.get_by_role("button", name="Turn keys off").evaluate(
        "field => field === document.activeElement"
    )
    page.keyboard.press("Enter")
    page.locator("h1").click()
    page.keyboard.press("i")
    assert page.url == here
    page.reload()
    page.keyboard.press("i")
    assert page.get_by_role("button", name="Turn keys on").is_visible()
    page.get_by_role("button", name="Turn keys on").click()
    page.keyboard.press("e")
    page.keyboard.press("9")
    assert page.get_by_label("Another reason", exact=False).evaluate(
        "field => field === document.activeElement"
    )
    page.locator("h1").click()
    page.keyboard.press("u")
    page.wait_for_url(lambda url: url != here)
    assert page.get_by_role("status").filter(has_text="Unsure.").is_visible()
    page.keyboard.press("b")
    page.wait_for_url(here)
    assert page.get_by_text("Change this decision").is_visible()
    page.keyboard.press("i")  # folded away: a record that was decided about is not changed by one key
    assert page.url == here
    page.keyboard.press("n")
    page.wait_for_url(lambda url: url != here)


@pytest.mark.parametrize("width", [1280, 320])
def test_every_page_of_a_review(
    new_page: Callable[..., Page], workbench: Workbench, tmp_path: Path, width: int
) -> None:
    page = new_page(width=width)
    review = start_review(page, workbench, tmp_path, f"Every page at {width}", SIXTY, 0)
    page.goto(f"{review}next/")
    page.get_by_label("Label", exact=True).fill("UK trial")
    page.get_by_role("button", name="Label it").click()
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("button", name="Not about this question", exact=False).click()
    page.wait_for_timeout(2_500)  # a worker learns
    page.reload()
    for name in (
        "screening",
        "protocol/",
        "protocol/write/",
        "differ/",
        "stopping/",
        "account/",
        "",
        "records/?show=all",
    ):
        if name != "screening":
            page.goto(f"{review}{name}")
        assert page.locator("h1").count() == 1
        assert_accessible(page)
        assert_no_sideways_scroll(page)
        picture(page, f"review-{name.strip('/').replace('/', '-').split('?')[0] or 'home'}-{width}")


def test_without_javascript(new_page: Callable[..., Page], workbench: Workbench, tmp_path: Path) -> None:
    page = new_page(width=320, javascript=False)
    review = start_review(page, workbench, tmp_path, "Without JavaScript", SIXTY, 0)
    page.goto(f"{review}next/")
    seen = set()
    for press in ("Keep it", "Unsure", "Wrong population"):
        seen.add(title_of(page))
        page.get_by_role("button", name=press, exact=False).click()
    page.get_by_label("Another reason", exact=False).fill("A poster")
    page.get_by_role("button", name="Leave it out").click()
    assert len(seen) == 3
    page.get_by_role("link", name="Back", exact=False).click()
    assert page.get_by_text("Another reason: A poster").is_visible()
    page.get_by_role("link", name="Next to look at").click()
    assert title_of(page) not in seen
