"""Two searches that overlap: see what was merged and why, settle a doubtful pair by keyboard, undo a merge, screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.checks import assert_accessible, assert_no_sideways_scroll, follow, picture
from tests.browser.workbench import Workbench
from tests.integration.analyse.reviews.conftest import COSTS, FIRST, SECOND, TRIAL


def bring_in(page: Page, review: str, file: Path, database: str) -> None:
    page.goto(f"{review}bring-in/")
    page.get_by_label("The file of records").set_input_files(file)
    page.get_by_label("Which database was searched?").fill(database)
    follow(page.get_by_role("button", name="Bring it in"))


def wait_for_the_look(page: Page, review: str, works: int) -> None:
    """The worker looks in the background: what the page says changes when it is done."""
    for _ in range(240):
        page.goto(f"{review}duplicates/")
        if page.get_by_text("Duplicates are being looked for").count() == 0 and (
            page.get_by_text(f"{works} works", exact=True).count()
        ):
            return
        page.wait_for_timeout(500)
    raise AssertionError("the look for duplicates did not end")


def test_overlapping_searches_become_works(
    new_page: Callable[..., Page], workbench: Workbench, tmp_path: Path
) -> None:
    page, narrow = new_page(), new_page(width=320, height=640)
    plain = new_page(javascript=False)
    for each in (page, narrow, plain):
        workbench.sign_in(each)
    page.goto(f"{workbench.address}/cases/new/")
    page.get_by_label("What is this case about?").fill("Two searches that overlap")
    follow(page.get_by_role("button", name="Start the case"))
    review = page.url.removesuffix("analyse/") + "reviews/"
    for name, records, database in (("one.ris", FIRST, "Made One"), ("two.ris", SECOND, "Made Two")):
        (tmp_path / name).write_bytes(records)
        bring_in(page, review, tmp_path / name, database)
    wait_for_the_look(page, review, 5)

    expect(page.get_by_role("link", name=TRIAL)).to_be_visible()
    expect(page.get_by_text("the same DOI", exact=False).first).to_be_visible()
    assert_accessible(page)
    picture(page, "duplicates")

    follow(page.get_by_role("button", name="Settle 1 doubtful pair"))
    pair = page.url
    expect(page.locator("mark.rev-differs").first).to_be_visible()
    assert_accessible(page)
    picture(page, "duplicates-pair")
    narrow.goto(pair)
    assert_no_sideways_scroll(narrow)
    picture(narrow, "duplicates-pair-narrow")
    plain.goto(pair)
    expect(plain.get_by_role("button", name="Two different works")).to_be_visible()

    page.locator(".rev-keys").wait_for()
    page.keyboard.press("s")
    page.get_by_text("No pair waits any more.").wait_for()
    expect(page.get_by_text("4 works", exact=True)).to_be_visible()
    page.goto(pair)
    expect(page.get_by_text("They are one work already.")).to_be_visible()
    follow(page.get_by_role("link", name="See its records"))
    expect(page.get_by_text("A person said that it is the same work.")).to_be_visible()

    page.goto(f"{review}duplicates/")
    follow(page.get_by_role("link", name=TRIAL))
    assert_accessible(page)
    picture(page, "duplicates-group")
    narrow.goto(page.url)
    assert_no_sideways_scroll(narrow)
    plain.goto(page.url)
    plain.get_by_text("Take it out", exact=False).nth(2).click()
    plain.get_by_label("Why is it another work?").last.fill("Another sample.")
    follow(plain.get_by_role("button", name="Take it out", exact=False).last)
    expect(plain.get_by_text("back to be looked at on its own", exact=False)).to_be_visible()

    page.goto(f"{review}next/")
    titles = []
    while page.locator("#decide").count() and "/records/" in page.url:
        titles.append(page.locator("h1").inner_text())
        before = page.url
        page.locator(".rev-keys").wait_for()
        page.keyboard.press("i")
        page.wait_for_url(lambda url, before=before: url != before)
    assert len(titles) == 5
    assert titles.count(COSTS) == 1
    assert titles.count(TRIAL) == 2
    page.goto(f"{review}account/")
    expect(page.get_by_text("1 removed: 0 by the machine, 1 by a person.", exact=False)).to_be_visible()
    assert_accessible(page)
