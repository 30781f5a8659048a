"""Full texts in a browser: several PDFs brought at once, placed, opened, searched and removed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import Console, assert_accessible, assert_no_sideways_scroll, follow, picture
from tests.browser.test_screening import start_review
from tests.browser.workbench import Workbench
from tests.unit.analyse.reviews.full_texts.made_pdf import made_pdf

RECORDS = "".join(
    f"TY  - JOUR\nAU  - Example, E{n}\nTI  - Parenting groups for young children, trial {n}\nPY  - 2020\n"
    f"DO  - 10.5555/full.{n}\nAB  - Parents met weekly.\nER  - \n"
    for n in (1, 2)
)


@pytest.mark.parametrize(("width", "javascript"), [(1280, True), (320, True), (320, False)])
def test_pdfs_are_brought_placed_read_and_removed(
    new_page: Callable[..., Page],
    workbench: Workbench,
    console: Console,
    tmp_path: Path,
    width: int,
    javascript: bool,
) -> None:
    console.expect("400 ")  # a file that is no PDF
    page = new_page(width=width, javascript=javascript)
    name = f"Full texts {width} {javascript}"
    review = start_review(page, workbench, tmp_path, name, RECORDS, 0)
    for _ in range(2):
        page.goto(f"{review}next/")
        follow(page.get_by_role("button", name="Keep it"))
    first = tmp_path / "first.pdf"
    first.write_bytes(
        made_pdf(
            ["Parenting groups for young\nchildren, trial 1", "Parents met weekly"], doi="10.5555/full.1"
        )
    )
    other = (
        tmp_path / "a-file-with-a-very-long-name-as-publishers-give-them-1-s2.0-S0000000000000000-main.pdf"
    )
    other.write_bytes(made_pdf(["Something else"]))
    wrong = tmp_path / "sign-in.pdf"
    wrong.write_bytes(b"<!DOCTYPE html><html>Sign in to read</html>")

    def look(called: str) -> None:
        if javascript:
            assert_accessible(page)
            assert_no_sideways_scroll(page)
            picture(page, f"full-texts-{called}-{width}")

    page.goto(f"{review}texts/")
    look("before")
    page.get_by_label("PDFs").set_input_files([first, other, wrong])
    follow(page.get_by_role("button", name="Bring them in"))
    expect(
        page.get_by_role("link", name="sign-in.pdf was not taken: a web page.", exact=False)
    ).to_be_visible()
    expect(page.get_by_text("Recognised by its DOI.")).to_be_visible()
    look("waiting")
    page.get_by_label("Attach to: a-file", exact=False).select_option(label="None: throw the file away")
    follow(page.get_by_role("button", name="Attach them"))
    expect(page.get_by_text("1 full text attached, 1 file thrown away.")).to_be_visible()

    page.goto(f"{review}records/?show=kept")
    follow(page.get_by_role("link", name="trial 1", exact=False))
    follow(page.get_by_role("link", name="Decide on its full text"))
    for _ in range(240):  # a worker reads
        if page.get_by_label("Search the PDF").count():
            break
        page.wait_for_timeout(250)
        page.reload()
    look("read")
    page.get_by_label("Search the PDF").fill("met weekly")
    follow(page.get_by_role("button", name="Search", exact=True))
    expect(page.get_by_text("Page 2")).to_be_visible()
    look("searched")
    link = page.get_by_role("link", name="Open first.pdf", exact=False)
    assert link.get_attribute("target") == "_blank"
    address = workbench.address + str(link.get_attribute("href"))
    assert page.request.get(address).body() == first.read_bytes()

    page.get_by_text("Change the full text").click()
    look("changing")
    page.get_by_label("Remove first.pdf", exact=False).fill("Our licence ended.")
    follow(page.get_by_role("button", name="Delete it"))
    expect(page.get_by_text("The file and the words read from it were deleted.", exact=False)).to_be_visible()
    look("removed")
    assert page.request.get(address).status == 404
