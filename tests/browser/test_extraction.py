"""From what was kept to a reconciled result, worked by two people at 1280 and 320 pixels and without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import assert_accessible, assert_no_sideways_scroll, follow, picture
from tests.browser.test_screening import start_review
from tests.browser.workbench import Workbench

ONE = "TY  - JOUR\nAU  - Example, A\nTI  - Parenting groups\nPY  - 2020\nAB  - OR 0.62 (95% CI 0.41 to 0.93).\nER  - \n"
TABLE = (
    "Outcome\tGroups n\tGroups mean (SD)\tList n\tList mean (SD)\nECBI\t58\t118.2 (31.4)*\t55\t134.9 (30.1)\n"
)


def check(page: Page, name: str, width: int) -> None:
    expect(page.locator("h1")).to_have_count(1)
    assert_accessible(page)
    assert_no_sideways_scroll(page)
    picture(page, f"{name}-{width}")


def prepare(page: Page, review: str, people: str) -> str:
    """Keep the record, make its study, plan one outcome, name two arms. The study's address."""
    page.goto(f"{review}next/")
    follow(page.get_by_role("button", name="Keep it"))
    page.goto(f"{review}studies/")
    follow(page.get_by_role("button", name="Make studies of what was kept"))
    page.goto(f"{review}studies/plan/form/")
    page.get_by_label(people, exact=False).check()
    page.get_by_label("The questions").fill("# Who\nAge of the children | text\nCountry | text")
    follow(page.get_by_role("button", name="Change the form"))
    follow(page.get_by_role("button", name="Add an outcome"))
    page.get_by_label("What is the outcome?").fill("Behaviour problems")
    follow(page.get_by_role("button", name="Keep the outcome"))
    follow(page.get_by_role("button", name="Add a measure"))
    page.get_by_label("What is it called?").fill("ECBI intensity")
    follow(page.get_by_role("button", name="Keep the measure"))
    page.goto(f"{review}studies/1/arms/")
    page.get_by_label("What it got").nth(0).fill("Parent groups")
    page.get_by_label("What it got").nth(1).fill("Waiting list")
    follow(page.get_by_role("button", name="Keep the arms"))
    return f"{review}studies/1/"


def fill_numbers(page: Page, mean: str) -> None:
    for label, number in (
        ("People, arm 1", "58"),
        ("Mean, arm 1", mean),
        ("Standard deviation, arm 1", "31.4"),
        ("People, arm 2", "55"),
        ("Mean, arm 2", "134.9"),
        ("Standard deviation, arm 2", "30.1"),
    ):
        page.get_by_label(label, exact=True).fill(number)
    page.get_by_label("Where do they stand?").fill("p 5, Table 2")
    follow(page.get_by_role("button", name="Keep and see the effect"))


@pytest.mark.parametrize("width", [1280, 320], ids=["wide", "narrow"])
def test_two_people_take_a_result_and_settle_it(
    new_page: Callable[..., Page], workbench: Workbench, tmp_path: Path, width: int
) -> None:
    first, second = new_page(width=width), new_page(width=width)
    review = start_review(first, workbench, tmp_path, f"Two extract at {width}", ONE, 0)
    workbench.sign_in(second, "ruth@northmoor.example")
    study = prepare(first, review, "Two, each without seeing")

    first.goto(f"{study}results/new/")
    first.get_by_label("When was it measured?").fill("after the programme")
    follow(first.get_by_role("button", name="Go on to the numbers"))
    check(first, "extract-numbers", width)
    result = first.url.split("?")[0]
    fill_numbers(first, "118.2")
    expect(first.get_by_text("Standardised difference −0.54")).to_be_visible()
    check(first, "extract-effect", width)

    second.goto(result)
    assert "118.2" not in second.locator("main").inner_text()
    second.goto(f"{result}?form=means")
    fill_numbers(second, "119.2")
    follow(second.get_by_role("link", name="Settle what two people took differently"))
    check(second, "extract-reconcile", width)
    second.get_by_label("Those of Priya", exact=False).check()
    second.get_by_label("How was it settled?", exact=False).fill("Table 2 again")
    follow(second.get_by_role("button", name="Settle it", exact=False))
    second.get_by_text("Nothing differs.", exact=False).wait_for()

    first.goto(study)
    follow(first.get_by_role("button", name="Find numbers in the abstract"))
    first.get_by_role("link", name="Take it over", exact=False).wait_for()
    check(first, "extract-study", width)


@pytest.mark.parametrize("width", [1280, 320], ids=["wide", "narrow"])
def test_a_table_is_pasted_without_javascript(
    new_page: Callable[..., Page], workbench: Workbench, tmp_path: Path, width: int
) -> None:
    page = new_page(width=width, javascript=False)
    review = start_review(page, workbench, tmp_path, f"One pastes at {width}", ONE, 0)
    study = prepare(page, review, "One. A second person")
    page.goto(f"{study}paste/")
    page.get_by_label("The table", exact=True).fill(TABLE)
    follow(page.get_by_role("button", name="Read the table"))
    page.get_by_label("What row 2 gives: ECBI").select_option("ecbi-intensity")
    follow(page.get_by_role("button", name="Show what would be kept"))
    expect(page.get_by_text("Standardised difference −0.54")).to_be_visible()
    picture(page, f"extract-paste-{width}")
    follow(page.get_by_role("button", name="Keep these results"))
    page.get_by_text("Kept 1 result from the table.").wait_for()
