"""The documentation says what the code does."""

from __future__ import annotations

import pytest

from wherewithal_web import reference


@pytest.mark.parametrize("page", sorted(reference.PAGES))
def test_the_page_is_what_the_code_says(page: str) -> None:
    assert (reference.FOLDER / page).read_text() == reference.written(page), (
        "out of date: python3 run.py python -m wherewithal_web.reference"
    )
