"""A figure on the thread of a case, and read again when the figures move."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction

from wherewithal.analyse.needs import (
    Known,
    Step,
    cohort,
    cohort_finding,
    gap_of,
    indicator_finding,
    parts_finding,
    parts_of,
)
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


@transaction.atomic
def add_parts_to_case(
    *, by: User, case: Case, area_code: str, indicator_id: str, kind: str, sex: str = "", age: str = ""
) -> StoredFinding:
    """Put a difference inside an area on a case's thread. Raises NothingThere for what is not held."""
    return add_finding(
        by=by,
        case=case,
        finding=_parts_finding(queries.reading_of(area_code, indicator_id, sex=sex, age=age), kind),
        shared=True,
    )


def add_cohort_to_case(
    *, by: User, case: Case, area_code: str, start: Known, steps: Sequence[Step]
) -> StoredFinding:
    """Put how many people a service would be for on a case's thread; it belongs to that case alone.

    Raises BadInput for steps that cannot be, NothingThere for an area that is not held.
    """
    area = queries.area_named(area_code)
    return add_finding(by=by, case=case, finding=cohort_finding(cohort(start, steps), area, on=today()))


def refresh_findings(
    *, by: User, indicator_ids: Iterable[str] = (), area_code: str = ""
) -> list[StoredFinding]:
    """Read again every figure on the thread that may have changed; returns the findings that did.

    Called inside the transaction of the import or change that moved the figures.
    """
    wanted = set(indicator_ids)
    subjects = StoredFinding.objects.filter(subject__regex=r"^needs(-parts)?:", case__isnull=True)
    changed = []
    for subject in subjects.order_by("subject").values_list("subject", flat=True).distinct():
        indicator_id, area, sex, age, kind = _parts_of_subject(subject)
        if (wanted and indicator_id not in wanted) or area_code not in ("", area):
            continue
        try:
            shown = queries.reading_of(area, indicator_id, sex=sex, age=age)
            finding = _parts_finding(shown, kind) if kind else finding_of(shown)
        except NothingThere:
            continue
        stored = refresh_finding(by=by, finding=finding)
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
        address=shown.files[0].address if shown.files else "",
    )


def _parts_of_subject(subject: str) -> tuple[str, str, str, str, str]:
    """Indicator, area, sex, age, and for a difference inside an area what divides it.

    An indicator of a publisher's may hold a colon itself ("dfe:cla31"), areas and sexes do not.
    """
    room, rest = subject.split(":", 1)
    kind = ""
    if room == "needs-parts":
        rest, kind = rest.rsplit(":", 1)
    indicator_id, area, sex, age = rest.rsplit(":", 3)
    return indicator_id, area, sex, age, kind


def _parts_finding(shown: queries.Shown, kind: str) -> Finding:
    """The finding that one division of the area makes today. Raises NothingThere where it is not divided so."""
    reading = shown.reading
    every = parts_of(shown.held.rows, reading)
    parts = next((each for each in every if each.kind == kind), None)
    if parts is None:
        raise NothingThere(
            f"{reading.series.indicator} is not divided by '{kind}' in {reading.series.area.name}.",
            [each.kind for each in every],
        )
    files = shown.held.files_of(parts.rows)
    return parts_finding(
        reading,
        parts,
        gap_of(parts),
        edition="; ".join(file.edition for file in files),
        on=today(),
        link=addresses.indicator(reading.series.key),
        made_up=shown.made_up,
        address=files[0].address if files else "",
    )
