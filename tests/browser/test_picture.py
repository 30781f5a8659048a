"""The picture in the README shows the case page as it is now, or this fails.

``docs/pictures/case.json`` holds what the page said and how it was styled when the picture was taken. To
take it again: ``WHEREWITHAL_TAKE_PICTURE=1 python3 run.py test tests/browser/test_picture.py``
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.workbench import Workbench

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
STYLES = (
    Path(__file__).resolve().parents[2] / "src" / "wherewithal_web" / "static" / "build" / "wherewithal.css"
)
HEIGHT = 1500


def test_the_picture_in_the_readme_is_of_today(page: Page, workbench: Workbench) -> None:
    workbench.sign_in(page)
    page.goto(f"{workbench.address}/cases/parenting-support-for-families-of-children-aged-3-to-8/")
    words = re.sub(r"\s+", " ", page.locator("body").inner_text())
    words = re.sub(
        r"Started by .+? in \w+ \d{4}", "", words
    )  # the day the demo was loaded, whatever today is
    shown = {
        "words": hashlib.sha256(words.encode()).hexdigest(),
        "styles": hashlib.sha256(STYLES.read_bytes()).hexdigest(),
    }
    if os.environ.get("WHEREWITHAL_TAKE_PICTURE") == "1":
        page.screenshot(
            path=PICTURES / "case.png", clip={"x": 0, "y": 0, "width": 1280, "height": HEIGHT}, full_page=True
        )
        (PICTURES / "case.json").write_text(json.dumps(shown, indent=2) + "\n")
    taken = json.loads((PICTURES / "case.json").read_text())
    assert taken == shown, f"the case page has changed since its picture was taken; {__doc__}"
