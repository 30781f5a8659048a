from __future__ import annotations

import json
from datetime import date

import pytest

from wherewithal.sources.page import Page
from wherewithal.sources.work import Notice, Work, may_be_passed_on, notice_kind

WORK = Work(
    title="A trial",
    authors=("Berg, Ada",),
    year=2020,
    published=date(2020, 3, 1),
    doi="10.1000/one",
    keywords=("Parenting",),
    retracted=False,
    notices=(Notice("correction", "10.1000/note", date(2021, 1, 2), "Crossref"),),
    source="OpenAlex",
)


def test_a_work_survives_json() -> None:
    assert Work.from_dict(json.loads(json.dumps(WORK.as_dict()))) == WORK
    assert Work.from_dict({}) == Work()
    assert Work.from_dict({**WORK.as_dict(), "from a later version": 1}) == WORK


def test_not_said_to_be_retracted_is_not_said_not_to_be() -> None:
    assert "retracted" not in Work().as_dict()
    assert WORK.as_dict()["retracted"] is False


def test_a_page_survives_json() -> None:
    page = Page("A", "https://www.gov.uk/a", updated=date(2024, 1, 1), organisations=("DfE",), reference="x")
    assert Page.from_dict(json.loads(json.dumps(page.as_dict()))) == page
    assert Page.from_dict({}) == Page("", "")


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("retraction", "retraction"),
        ("Expression of concern", "expression of concern"),
        ("expression_of_concern", "expression of concern"),
        ("Corrigendum", "correction"),
        ("erratum", "correction"),
        ("partial_retraction", "partial retraction"),
        ("new_version", "new version"),
        ("", "notice of an unnamed kind"),
    ],
)
def test_notices_are_named_alike(said: str, kind: str) -> None:
    assert notice_kind(said) == kind


@pytest.mark.parametrize(
    ("licence", "may"),
    [
        ("cc-by", True),
        ("cc by-nc", True),
        ("http://creativecommons.org/licenses/by/4.0/", True),
        ("public-domain", True),
        ("Open Government Licence v3.0", True),
        ("publisher-specific-oa", False),
        ("https://www.elsevier.com/tdm/userlicense/1.0/", False),
        ("All rights reserved", False),
        ("", False),
    ],
)
def test_an_abstract_is_passed_on_only_where_the_licence_lets_it(licence: str, may: bool) -> None:
    assert may_be_passed_on(licence) is may
