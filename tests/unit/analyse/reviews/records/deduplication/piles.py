"""Made records, and questions about what became of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from wherewithal.analyse.reviews.records import Record
from wherewithal.analyse.reviews.records.deduplication import Deduplicated, deduplicate

TRIAL = Record(
    title="Parent training for families of young children with conduct problems: a pragmatic trial",
    authors=("Gardner, Frances", "Burton, Jennifer", "Klimes, Ivana"),
    year=2006,
    journal="Journal of Child Psychology and Psychiatry",
    volume="47",
    issue="11",
    pages="1123-1132",
    doi="10.5555/made.2006.1",
)
"""Made up: no such article."""
BARE = replace(TRIAL, doi="")


def changed(**fields: Any) -> Record:
    """The trial, without its DOI, otherwise than it was."""
    return replace(BARE, **fields)


def of(*records: Record) -> Deduplicated:
    return deduplicate(list(records))


def are_one(one: Record, other: Record) -> bool:
    return of(one, other).works == 1


def link_between(one: Record, other: Record) -> str:
    """The kind of link between two records that are not one; empty where there is none."""
    found = of(one, other)
    assert found.works == 2
    return "".join(link.kind for link in found.links)


def is_asked(one: Record, other: Record) -> bool:
    """Whether the two are kept apart and a person is asked about them."""
    found = of(one, other)
    return found.works == 2 and len(found.doubtful) == 1
