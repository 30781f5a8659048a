"""An outcome told in words, and which studies are like us, by keyboard: from the number's page to the thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_outcomes import JUDGED, Keyboard, check, with_two_results
from tests.browser.workbench import Workbench


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
@pytest.mark.parametrize("width", [1280, 320], ids=["wide", "narrow"])
def test_an_outcome_in_words_and_the_studies_like_us(
    new_page: Callable[..., Page], workbench: Workbench, tmp_path: Path, width: int, javascript: bool
) -> None:
    title = f"Told otherwise at {width} {'with' if javascript else 'without'} JavaScript"
    review = with_two_results(new_page(width=width), workbench, tmp_path, title)
    page = workbench.sign_in(new_page(width=width, javascript=javascript), "ruth@northmoor.example")
    keyboard = Keyboard(page)
    link, button = (
        (lambda name: page.get_by_role("link", name=name)),
        (lambda name: page.get_by_role("button", name=name)),
    )
    sentence = page.locator(".ww-reading__headline")

    page.goto(f"{review}outcomes/")
    keyboard.press(link("Behaviour problems").first)
    keyboard.press(link("In words"))
    expect(sentence).to_contain_text("Both studies find behaviour problems changed for the better")
    check(page, "in-words-first", width, javascript)

    keyboard.press(link("Choose words or a number"))
    check(page, "in-words-settings", width, javascript)
    keyboard.write(page.get_by_label("Would an average mislead?"), "One was at school, one in a clinic.")
    keyboard.press(button("Save"))
    expect(page.get_by_role("heading", name="Why there is no average")).to_be_visible()

    keyboard.press(button("Write the report"))
    check(page, "in-words-report", width, javascript)
    keyboard.write(page.get_by_label("5 Why studies differ"), "By setting: school or clinic.")
    keyboard.press(button("Save"))
    expect(page.get_by_text("By setting: school or clinic.")).to_be_visible()

    keyboard.press(button("Judge how sure it is"))
    check(page, "in-words-certainty", width, javascript)
    for factor, (steps, reason) in JUDGED.items():
        part = page.get_by_role("region", name=factor)
        keyboard.choose(part, steps)
        keyboard.write(part.get_by_label("Why?"), reason)
    keyboard.press(button("Save"))
    expect(page.get_by_text("Very low certainty").first).to_be_visible()
    check(page, "in-words-judged", width, javascript)

    keyboard.press(button("Add to the thread"))
    keyboard.write("The sentence", "Both trials point to better, in unlike places.")
    keyboard.press(button("Save the sentence"))
    expect(page.get_by_role("link", name="Behaviour problems: 2 studies side by side").first).to_be_visible()

    page.goto(review)
    keyboard.press(link("Which of them are like us"))
    check(page, "alike-first", width, javascript)
    keyboard.press(button("Describe our area"))
    check(page, "alike-describing", width, javascript)
    keyboard.write("What is our area called?", "Northmoor")
    keyboard.press(button("Save and compare"))
    expect(sentence).to_have_text("0 of 2 studies resemble Northmoor; of 2 nobody can tell.")
    keyboard.press(link("Say otherwise").first)
    check(page, "alike-judging", width, javascript)
    part = page.get_by_role("region", name="Country")
    keyboard.choose(part, "Alike")
    keyboard.press(button("Save"))
    expect(page.get_by_role("alert").first.get_by_role("link", name="Country: say why.")).to_be_visible()
    keyboard.write(part.get_by_label("Why, if not by the rule?"), "Its authors work in Leeds.")
    keyboard.press(button("Save"))
    expect(sentence).to_have_text("1 of 2 studies resembles Northmoor; of 1 nobody can tell.")
    expect(
        page.get_by_text("The one study that resembles the area points to better; of all 2,")
    ).to_be_visible()
    check(page, "alike-judged", width, javascript)
    keyboard.press(button("Add to the thread"))
    keyboard.write("The sentence", "One of the two trials was done in a place like ours.")
    keyboard.press(button("Save the sentence"))
    expect(page.get_by_role("link", name="Studies like Northmoor").first).to_be_visible()
    check(page, "alike-thread", width, javascript)
