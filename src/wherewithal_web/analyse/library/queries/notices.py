"""The papers that the library and its threads name, and what was published about them since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max

from wherewithal.analyse.library.papers import doi_of
from wherewithal_web.analyse.library.models import StoredRating, Study, StudyNotice
from wherewithal_web.cases.models import StoredFinding

DOI = "doi:"
"""How the key of a source begins that is a paper known by its DOI."""


def named_dois() -> list[str]:
    """Every DOI, in small letters, of a study kept here, of a source on a thread, and of a register's row."""
    found = {study.lower() for study in Study.objects.exclude(doi="").values_list("doi", flat=True)}
    found.update(keys_of_papers())
    for links in StoredRating.objects.values_list("body__link", "body__also_see"):
        found.update(doi_of(link or "") for link in links)
    return sorted(found - {""})


def keys_of_papers() -> dict[str, set[str]]:
    """The keys under which findings name each paper as their source, by its DOI in small letters.

    A DOI is the same in capitals and small letters; a key is not.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for body in StoredFinding.objects.values_list("body", flat=True):
        for source in body["sources"]:
            if source["key"].startswith(DOI):
                doi = source["key"].removeprefix(DOI).lower()
                found[doi] |= {f"{DOI}{doi}", source["key"]}
    return dict(found)


def notices_about(dois: Iterable[str]) -> dict[str, list[StudyNotice]]:
    """What was published about these papers, by DOI, in the order in which it was found."""
    found: dict[str, list[StudyNotice]] = defaultdict(list)
    for notice in StudyNotice.objects.filter(doi__in=[doi.lower() for doi in dois]):
        found[notice.doi].append(notice)
    return dict(found)


def notices_asked_at() -> datetime | None:
    """When services were last asked about any study."""
    return Study.objects.aggregate(last=Max("asked_at"))["last"]
