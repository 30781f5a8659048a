"""Several interventions set beside each other, by keyboard: compared, matched otherwise with the reason, and back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_outcomes import Keyboard, check
from tests.browser.workbench import Workbench

NETWORK = "/cases/ways-of-helping-people-to-stop-smoking/reviews/outcomes/stopping"


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
@pytest.mark.parametrize("width", [1280, 320], ids=["wide", "narrow"])
def test_interventions_are_compared_and_matched_otherwise(
    new_page: Callable[..., Page], workbench: Workbench, width: int, javascript: bool
) -> None:
    page = workbench.sign_in(new_page(width=width, javascript=javascript), "ruth@northmoor.example")
    keyboard = Keyboard(page)
    link, button = (
        (lambda name: page.get_by_role("link", name=name)),
        (lambda name: page.get_by_role("button", name=name)),
    )
    sentence = page.locator(".ww-reading__headline")

    page.goto(f"{workbench.address}{NETWORK}/")
    keyboard.press(link("Set each intervention beside every other"))
    check(page, "network", width, javascript)
    expect(sentence).to_contain_text("Set against No contact")
    expect(page.get_by_text("Do not use an order of these interventions to choose one.")).to_be_visible()

    keyboard.press(link("Change which arms are the same"))
    check(page, "network-arms", width, javascript)
    keyboard.write("Self-help", "No contact")
    keyboard.press(button("Save"))
    expect(page.get_by_role("alert").get_by_role("link"), "a change after the answer says why").to_have_count(
        1
    )
    check(page, "network-arms-error", width, javascript)
    keyboard.write("Why is it changed?", "A leaflet is what people get anyway.")
    keyboard.press(button("Save"))
    expect(sentence).not_to_contain_text("Self-help")
    expect(page.get_by_text("Two of its arms are ‘No contact’ here", exact=False)).to_have_count(0)
    expect(page.get_by_text("both arms are ‘No contact’ here", exact=False).first).to_be_visible()
    check(page, "network-matched", width, javascript)

    keyboard.press(link("Change which arms are the same"))
    keyboard.write("Self-help", "Self-help")
    keyboard.write("Why is it changed?", "Leaflets are told apart after all.")
    keyboard.press(button("Save"))
    keyboard.press(link("Change how they are compared"))
    check(page, "network-settings", width, javascript)
    page.get_by_label("Which intervention are the others set against?").select_option("Self-help")
    keyboard.write("Why is it changed?", "Most places give a leaflet.")
    keyboard.press(button("Save"))
    expect(sentence).to_contain_text("Set against Self-help")
    page.goto(f"{workbench.address}{NETWORK}/network/settle/")
    page.get_by_label("Which intervention are the others set against?").select_option("")
    keyboard.write("Why is it changed?", "As it was.")
    keyboard.press(button("Save"))
    expect(sentence).to_contain_text("Set against No contact")
