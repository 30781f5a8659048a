"""Starting from an earlier review in a browser: the file is looked at, used and withdrawn; then its record."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import assert_accessible, assert_no_sideways_scroll, follow, picture
from tests.browser.test_screening import start_review
from tests.browser.workbench import Workbench
from tests.integration.analyse.reviews.conftest import SIXTY

OLD = (
    "title,year,included\nParenting group trial 06,2006,1\nCrop yield survey 01,2001,0\n"
    "A title that is nowhere in this case at all,2001,1\n"
)


@pytest.mark.parametrize(("width", "javascript"), [(1280, True), (320, True), (320, False)])
def test_an_earlier_review_is_a_start(
    new_page: Callable[..., Page], workbench: Workbench, tmp_path: Path, width: int, javascript: bool
) -> None:
    page = new_page(width=width, javascript=javascript)
    review = start_review(page, workbench, tmp_path, f"Earlier {width} {javascript}", SIXTY, 0)

    def look(called: str) -> None:
        if javascript:
            assert_accessible(page)
            assert_no_sideways_scroll(page)
            picture(page, f"earlier-{called}-{width}")

    file = tmp_path / "an-export-of-the-review-that-we-did-in-2019-with-all-decisions-in-it.csv"
    file.write_text(OLD)
    page.goto(f"{review}earlier/")
    look("before")
    page.get_by_label("The file of the earlier review").set_input_files(file)
    follow(page.get_by_role("button", name="Look at it"))
    expect(page.get_by_text("2 records of this case are in it: 1 included, 1 excluded.")).to_be_visible()
    page.get_by_text("1 in the file that no record here is").click()
    look("preview")
    follow(page.get_by_role("button", name="Use it", exact=True))
    expect(page.get_by_text("now teaches the order of reading", exact=False)).to_be_visible()
    look("used")
    page.get_by_label("Withdraw it, because", exact=False).fill("Another question.")
    follow(page.get_by_role("button", name="Withdraw", exact=False))
    expect(page.get_by_text("Withdrawn by", exact=False)).to_be_visible()
    look("withdrawn")
    page.goto(f"{review}next/")
    follow(page.get_by_role("button", name="Keep it"))
    page.goto(f"{review}account/")
    look("account")
    with page.expect_download() as download:
        page.get_by_role("link", name="All of it in one folder").click()
    assert download.value.suggested_filename.endswith("-review.zip")
