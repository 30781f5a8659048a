"""The papers that the library and its threads name, and what was published about them since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max

from wherewithal.analyse.library.papers import doi_of
from wherewithal_web.analyse.library.models import StoredRating, Study, StudyNotice
from wherewithal_web.cases.models import StoredFinding

DOI = "doi:"
"""How the key of a source begins that is a paper known by its DOI."""


def named_dois() -> list[str]:
    """Every DOI, in small letters, of a study kept here, of a source on a thread, and of a register's row."""
    found = {study.lower() for study in Study.objects.exclude(doi="").values_list("doi", flat=True)}
    found.update(papers_on_threads())
    for links in StoredRating.objects.values_list("body__link", "body__also_see"):
        found.update(doi_of(link or "") for link in links)
    return sorted(found - {""})


@dataclass(frozen=True)
class Paper:
    """A paper as findings name it: under which keys (a DOI is the same in capitals, a key is not).

    ``newest`` is the day of the newest finding that names it; ``besides`` says that others do than those about
    the study itself, which tell of its notices in their own words.
    """

    keys: frozenset[str]
    newest: date
    besides: bool


def papers_on_threads() -> dict[str, Paper]:
    """The papers that findings name as their source, by DOI in small letters."""
    found: dict[str, Paper] = {}
    for subject, found_on, body in StoredFinding.objects.values_list("subject", "found_on", "body"):
        for source in body["sources"]:
            if not source["key"].startswith(DOI):
                continue
            doi = source["key"].removeprefix(DOI).lower()
            here = Paper(frozenset({source["key"]}), found_on, not subject.startswith("library:study:"))
            there = found.get(doi, here)
            found[doi] = Paper(
                there.keys | here.keys, max(there.newest, found_on), there.besides or here.besides
            )
    return found


def notices_about(dois: Iterable[str]) -> dict[str, list[StudyNotice]]:
    """What was published about these papers, by DOI, in the order in which it was found."""
    found: dict[str, list[StudyNotice]] = defaultdict(list)
    for notice in StudyNotice.objects.filter(doi__in=[doi.lower() for doi in dois]):
        found[notice.doi].append(notice)
    return dict(found)


def notices_asked_at() -> datetime | None:
    """When services were last asked about any study."""
    return Study.objects.aggregate(last=Max("asked_at"))["last"]
