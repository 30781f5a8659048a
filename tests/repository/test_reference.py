"""Pages of the documentation that are written from code: they fail here when the code has moved on."""

from __future__ import annotations

from tests.repository.files import ROOT
from wherewithal_web.people.roles import reference_page


def test_the_page_of_roles_is_what_the_code_says() -> None:
    page = (ROOT / "docs" / "reference" / "roles.md").read_text(encoding="utf-8")
    assert page == reference_page(), (
        "write it again: python3 run.py python -m wherewithal_web.people.roles > docs/reference/roles.md"
    )
