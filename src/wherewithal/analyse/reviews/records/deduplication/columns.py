"""What is compared of a pile's forms, as arrays: equal numbers for equal texts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wherewithal.analyse.reviews.records.deduplication import titles
from wherewithal.analyse.reviews.records.deduplication.comparable import Form

_ARCHIVES = (
    "10.2307/", "10.13140/", "10.5281/", "10.6084/", "10.17615/", "10.7939/", "10.17863/", "10.5167/", "10.5451/",
)  # fmt: skip
"""Registrants that give a second DOI to works of others: JSTOR, ResearchGate, Zenodo, figshare, universities."""
_VERSION = re.compile(r"(?:\.pub\d+|[/.]?v\d+)$")
"""What tells versions of one preprint, or updates of one Cochrane review, in their DOIs."""
_RUNNING_NUMBER = 60
"""No journal has so many issues a year: a number above counts through the years, or through the export."""


class Columns(NamedTuple):
    """What is compared of all forms, as arrays: numbers for texts (equal texts, equal numbers; 0 for none)."""

    forms: Sequence[Form]
    title: NDArray[np.int64]
    closed: list[str]
    length: NDArray[np.int64]
    generic: NDArray[np.bool_]
    numbers: list[tuple[str, ...]]
    number_code: NDArray[np.int64]
    people: list[frozenset[str]]
    year: NDArray[np.int64]
    journal: NDArray[np.int64]
    volume: NDArray[np.int64]
    issue: NDArray[np.int64]
    first_page: NDArray[np.int64]
    last_page: NDArray[np.int64]
    low_page: NDArray[np.bool_]
    spans: NDArray[np.bool_]
    doi: NDArray[np.int64]
    archived: NDArray[np.bool_]
    pmid: NDArray[np.int64]
    has_abstract: NDArray[np.bool_]
    doi_root: NDArray[np.int64]
    of_cochrane: NDArray[np.bool_]
    kind: NDArray[np.int64]
    kinds: Mapping[str, int]
    has_forms: NDArray[np.bool_]
    notice: NDArray[np.int64]


def columns_of(forms: Sequence[Form]) -> Columns:
    closed = [form.title.replace(" ", "") for form in forms]
    content = [titles.length_of(form.title) for form in forms]
    numbers = [titles.numbers_in(form.title) for form in forms]
    kind = _codes([form.kind for form in forms])
    return Columns(
        forms=forms,
        title=_codes(closed),
        closed=closed,
        length=np.array(content, dtype=np.int64),
        generic=np.array([titles.is_generic(form.title) for form in forms], dtype=bool),
        numbers=numbers,
        number_code=_codes(numbers),
        people=[frozenset(word for family in form.authors for word in family.split()) for form in forms],
        year=np.array([form.year for form in forms], dtype=np.int64),
        journal=_codes([form.journal for form in forms]),
        # A volume that is the year says nothing that the year does not.
        volume=_codes(["" if form.volume == str(form.year) else form.volume for form in forms]),
        issue=_codes([_issue(form.issue) for form in forms]),
        first_page=_codes([form.first_page for form in forms]),
        last_page=_codes([form.last_page for form in forms]),
        low_page=np.array([len(form.first_page) < 2 for form in forms], dtype=bool),
        spans=np.array([_spans(form) for form in forms], dtype=bool),
        doi=_codes([form.doi for form in forms]),
        archived=np.array([form.doi.startswith(_ARCHIVES) for form in forms], dtype=bool),
        pmid=_codes([form.pmid for form in forms]),
        has_abstract=np.array([len(form.abstract) > 80 for form in forms], dtype=bool),
        doi_root=_codes([_VERSION.sub("", form.doi) for form in forms]),
        of_cochrane=np.array(["cochrane database" in form.journal for form in forms], dtype=bool),
        kind=kind,
        kinds={form.kind: number for form, number in zip(forms, kind.tolist(), strict=True)},
        has_forms=np.array([bool(form.other_titles) for form in forms], dtype=bool),
        notice=_codes([form.notice for form in forms]),
    )


def _codes(texts: Sequence[object]) -> NDArray[np.int64]:
    numbers: dict[object, int] = {"": 0, (): 0}
    return np.array([numbers.setdefault(text, len(numbers)) for text in texts], dtype=np.int64)


def _issue(issue: str) -> str:
    return "" if issue.isdecimal() and int(issue) > _RUNNING_NUMBER else issue


def _spans(form: Form) -> bool:
    """Whether the pages are more than two: short pieces share a page, an article has its span to itself."""
    first, last = form.first_page, form.last_page
    return first.isdecimal() and last.isdecimal() and int(last) - int(first) >= 2
