"""Sixty records screened by two people at the keyboard, their differences settled, and the record taken along."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import assert_accessible, assert_no_sideways_scroll, follow, picture
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
    follow(page.get_by_role("button", name="Start the case"))
    case = page.url.removesuffix("analyse/")
    page.goto(f"{case}share/")
    page.get_by_label("Who?").select_option(label="Ruth Bell (Northmoor Council)")
    page.get_by_label("Contributor: Adds", exact=False).check()
    follow(page.get_by_role("button", name="Share"))
    page.goto(f"{case}reviews/protocol/write/")
    page.get_by_label("Population", exact=True).fill("Parents of young children")
    page.get_by_label("Intervention", exact=True).fill("Parenting groups")
    page.get_by_label("Outcome", exact=True).fill("Behaviour")
    page.get_by_label("Keep a record if").fill("It is a trial")
    page.get_by_label("How many of the records should two people decide about", exact=False).fill(str(share))
    follow(page.get_by_role("button", name="Save the protocol"))
    file = folder / "sixty.ris"
    file.write_text(records)
    page.goto(f"{case}reviews/bring-in/")
    page.get_by_label("The file of records").set_input_files(file)
    page.get_by_label("Which database was searched?").fill("Made Database")
    follow(page.get_by_role("button", name="Bring it in"))
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
    expect(first.locator("main")).to_contain_text("The rest waits for a second person")
    assert screen(second, review, differs=True) == 60

    first.goto(f"{review}differ/")
    assert_accessible(first)
    picture(first, "screening-differ")
    expect(first.get_by_text("Two people agreed on 59 of 60 records")).to_be_visible()
    first.get_by_label("Settle as", exact=False).select_option(label="Keep it")
    first.get_by_label("How was it settled?", exact=False).fill("We read it together.")
    follow(first.get_by_role("button", name="Settle it", exact=False))
    expect(first.get_by_text("Nothing is left to settle.")).to_be_visible()

    first.goto(f"{review}stopping/")
    assert_accessible(first)
    follow(first.get_by_role("button", name="Record that everything was read"))
    expect(first.get_by_text("Reading was stopped").first).to_be_visible()
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
    expect(page.get_by_label("Note", exact=True)).to_have_value("i u e 1 b ?")
    page.locator("h1").click()
    page.keyboard.press("e")
    expect(page.get_by_text("press the number of the reason")).to_be_visible()
    expect(page.locator("[data-number='1']")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("button", name="Turn keys off")).to_be_focused()
    page.keyboard.press("Enter")
    page.locator("h1").click()
    page.keyboard.press("i")
    assert page.url == here
    page.reload()
    page.keyboard.press("i")
    expect(page.get_by_role("button", name="Turn keys on")).to_be_visible()
    page.get_by_role("button", name="Turn keys on").click()
    page.keyboard.press("e")
    page.keyboard.press("9")
    expect(page.get_by_label("Another reason", exact=False)).to_be_focused()
    page.locator("h1").click()
    page.keyboard.press("u")
    page.wait_for_url(lambda url: url != here)
    expect(page.get_by_role("status").filter(has_text="Unsure.")).to_be_visible()
    page.keyboard.press("b")
    page.wait_for_url(here)
    expect(page.get_by_text("Change this decision")).to_be_visible()
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
    follow(page.get_by_role("button", name="Label it"))
    follow(page.get_by_role("button", name="Keep it"))
    follow(page.get_by_role("button", name="Not about this question", exact=False))
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
        expect(page.locator("h1")).to_have_count(1)
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
        follow(page.get_by_role("button", name=press, exact=False))
    page.get_by_label("Another reason", exact=False).fill("A poster")
    follow(page.get_by_role("button", name="Leave it out"))
    assert len(seen) == 3
    follow(page.get_by_role("link", name="Back", exact=False))
    expect(page.get_by_text("Another reason: A poster")).to_be_visible()
    follow(page.get_by_role("link", name="Next to look at"))
    assert title_of(page) not in seen
