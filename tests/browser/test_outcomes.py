"""From results to a sentence of the case, by keyboard: put together, judged how sure, put on the thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.checks import assert_accessible, assert_no_sideways_scroll, follow, picture
from tests.browser.test_extraction import fill_numbers, prepare
from tests.browser.test_screening import start_review
from tests.browser.workbench import Workbench

TWO = "".join(
    f"TY  - JOUR\nAU  - Example, {author}\nTI  - {title}\nPY  - {year}\nER  - \n"
    for author, title, year in (
        ("A", "Parenting groups in children's centres", 2019),
        ("B", "A trial of evening groups at school", 2021),
    )
)
MOST_STOPS = 150
JUDGED = {
    "Risk of bias": ("No serious concern", "Both were randomised, and nearly everybody answered."),
    "Studies that disagree": ("No serious concern", "Both point the same way."),
    "Studies unlike our question": ("Serious concern, down 1", "Both were done in another country."),
    "Too little information": ("Very serious concern, down 2", "Two small trials."),
    "Results that may be missing": ("No serious concern", "Both trials were registered beforehand."),
}


class Keyboard:
    """Works a page by Tab, arrows and typing alone."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, target: Locator) -> None:
        """Tab on until the target has the focus."""
        for _ in range(MOST_STOPS):
            if target.and_(self.page.locator(":focus")).count():
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not reach {target}")

    def press(self, target: Locator) -> None:
        """Follow a link or press a button, and wait for the page that comes."""
        self.reach(target)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def write(self, label: str | Locator, words: str) -> None:
        field = self.page.get_by_label(label) if isinstance(label, str) else label
        self.reach(field)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(words)

    def choose(self, group: Locator, label: str) -> None:
        """Tab into a group of radio buttons, then go through it by arrow."""
        self.reach(group.get_by_role("radio"))
        for _ in range(group.get_by_role("radio").count()):
            if group.get_by_label(label, exact=True).is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        assert group.get_by_label(label, exact=True).is_checked()


def check(page: Page, name: str, width: int, javascript: bool) -> None:
    expect(page.locator("h1")).to_have_count(1)
    assert_no_sideways_scroll(page)
    picture(page, f"{name}-{width}{'' if javascript else '-without'}")
    if javascript:
        assert_accessible(page)


def with_two_results(page: Page, workbench: Workbench, folder: Path, title: str) -> str:
    """A case with two studies and a result of each. Its review's address."""
    review = start_review(page, workbench, folder, title, TWO, 0)
    page.goto(f"{review}next/")
    follow(page.get_by_role("button", name="Keep it"))
    prepare(page, review, "One. A second person")
    page.goto(f"{review}studies/2/arms/")
    page.get_by_label("What it got").nth(0).fill("Evening groups")
    page.get_by_label("What it got").nth(1).fill("Waiting list")
    follow(page.get_by_role("button", name="Keep the arms"))
    for study, mean in ((1, "118.2"), (2, "121.0")):
        page.goto(f"{review}studies/{study}/results/new/")
        page.get_by_label("When was it measured?").fill("after the programme")
        follow(page.get_by_role("button", name="Go on to the numbers"))
        fill_numbers(page, mean)
    return review


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
@pytest.mark.parametrize("width", [1280, 320], ids=["wide", "narrow"])
def test_an_outcome_becomes_a_sentence(
    new_page: Callable[..., Page], workbench: Workbench, tmp_path: Path, width: int, javascript: bool
) -> None:
    title = f"An outcome at {width} {'with' if javascript else 'without'} JavaScript"
    review = with_two_results(new_page(width=width), workbench, tmp_path, title)
    page = workbench.sign_in(new_page(width=width, javascript=javascript), "ruth@northmoor.example")
    keyboard = Keyboard(page)
    link, button = (
        (lambda name: page.get_by_role("link", name=name)),
        (lambda name: page.get_by_role("button", name=name)),
    )
    sentence = page.locator(".ww-reading__headline")

    page.goto(review)
    check(page, "outcome-path", width, javascript)
    keyboard.press(link("What they say together"))
    check(page, "outcome-list", width, javascript)
    keyboard.press(link("Behaviour problems").first)
    check(page, "outcome-first", width, javascript)
    first = sentence.inner_text()

    keyboard.press(link("Change how it is put together"))
    check(page, "outcome-settings", width, javascript)
    keyboard.write("What was tried?", "evening groups for parents")
    keyboard.write(page.get_by_label("How many in 100 here", exact=False), "20")
    keyboard.press(button("Save"))
    summary = page.get_by_role("alert").first
    expect(summary.get_by_role("link"), "a share goes with whose it is and where it is from").to_have_count(2)
    check(page, "outcome-settings-error", width, javascript)
    keyboard.write("Of whom is that?", "children aged 3 to 8 in Northmoor")
    keyboard.write("Where is that figure from?", "School health survey, 2025")
    keyboard.press(button("Save"))
    named = sentence.inner_text()
    assert named != first
    assert "evening groups for parents" in named.lower()
    expect(page.get_by_text("School health survey, 2025", exact=False).first).to_be_visible()
    check(page, "outcome-named", width, javascript)

    keyboard.press(button("Judge how sure it is"))
    check(page, "outcome-certainty", width, javascript)
    for factor, (steps, reason) in JUDGED.items():
        part = page.get_by_role("region", name=factor)
        keyboard.choose(part, steps)
        keyboard.write(part.get_by_label("Why?"), reason)
    keyboard.press(button("Save"))
    judged = sentence.inner_text()
    assert judged != named
    expect(page.get_by_text("Very low certainty").first).to_be_visible()
    check(page, "outcome-judged", width, javascript)

    keyboard.press(button("Add to the thread"))
    check(page, "outcome-sentence", width, javascript)
    keyboard.write("The sentence", "Two small trials do not tell whether evening groups help.")
    keyboard.press(button("Save the sentence"))
    page.get_by_text("Two small trials do not tell whether evening groups help.").first.wait_for()
    expect(page.get_by_role("link", name="Behaviour problems: 2 studies together").first).to_be_visible()
    check(page, "outcome-thread", width, javascript)
