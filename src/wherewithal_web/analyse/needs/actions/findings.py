"""A figure on the thread of a case, and read again when the figures move."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from wherewithal.analyse.needs import indicator_finding
from wherewithal.errors import NothingThere
from wherewithal.thread import Finding
from wherewithal_web.analyse.needs import addresses, queries
from wherewithal_web.cases.actions import add_finding, refresh_finding
from wherewithal_web.cases.models import Case, StoredFinding
from wherewithal_web.clock import today
from wherewithal_web.people.models import User


@transaction.atomic
def add_indicator_to_case(
    *, by: User, case: Case, area_code: str, indicator_id: str, sex: str = "", age: str = ""
) -> StoredFinding:
    """Put what an indicator says about an area on a case's thread. Raises NothingThere for what is not held."""
    shown = queries.reading_of(area_code, indicator_id, sex=sex, age=age)
    return add_finding(by=by, case=case, finding=finding_of(shown), shared=True)


def refresh_findings(
    *, by: User, indicator_ids: Iterable[str] = (), area_code: str = ""
) -> list[StoredFinding]:
    """Read again every figure on the thread that may have changed; returns the findings that did.

    Called inside the transaction of the import or change that moved the figures.
    """
    wanted = set(indicator_ids)
    subjects = StoredFinding.objects.filter(subject__startswith="needs:", case__isnull=True)
    changed = []
    for subject in subjects.order_by("subject").values_list("subject", flat=True).distinct():
        _room, indicator_id, area, sex, age = subject.split(":", 4)
        if (wanted and indicator_id not in wanted) or area_code not in ("", area):
            continue
        try:
            shown = queries.reading_of(area, indicator_id, sex=sex, age=age)
        except NothingThere:
            continue
        stored = refresh_finding(by=by, finding=finding_of(shown))
        if stored is not None:
            changed.append(stored)
    return changed


def finding_of(shown: queries.Shown) -> Finding:
    """The finding that a reading makes today."""
    key = shown.reading.series.key
    return indicator_finding(
        shown.reading,
        edition=shown.edition,
        on=today(),
        link=addresses.indicator(key),
        made_up=shown.made_up,
    )
