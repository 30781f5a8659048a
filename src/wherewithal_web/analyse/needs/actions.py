"""Everything that changes what figures are held, and how a figure reaches a case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from wherewithal.analyse.needs import indicator_finding, measure
from wherewithal.errors import BadInput, NothingThere, Problem
from wherewithal.plain_english import counted, long_date
from wherewithal.sources.fingertips import Export
from wherewithal.thread import Finding
from wherewithal_web.analyse.needs import addresses, queries
from wherewithal_web.analyse.needs.models import (
    DataFile,
    HeldArea,
    HeldIndicator,
    IndicatorValue,
    Neighbours,
)
from wherewithal_web.audit.actions import record
from wherewithal_web.cases.actions import add_finding, refresh_finding
from wherewithal_web.cases.models import Case, StoredFinding
from wherewithal_web.clock import today
from wherewithal_web.people.models import User
from wherewithal_web.people.permissions import may, require
from wherewithal_web.people.roles import Permission

_BATCH = 2000
_NOT_STORED = ("indicator", "area_name", "area_type")


@dataclass(frozen=True)
class Imported:
    """What bringing in a file did. ``fresh`` is False where the same file was held already.

    ``revised`` counts values that an earlier file gave differently; ``changed`` are findings on the thread
    that the new figures supersede.
    """

    file: DataFile
    fresh: bool
    revised: int = 0
    changed: tuple[StoredFinding, ...] = ()

    @property
    def words(self) -> str:
        """What happened, for the person who brought the file."""
        file = self.file
        if not self.fresh:
            return (
                f"The same file is held already: {file.name}, brought in by {file.imported_by.name} on "
                f"{long_date(file.imported_on)}. Nothing was changed."
            )
        words = [
            f"{file.name} is in: {counted(file.rows, 'value')} of "
            f"{counted(file.indicators.count(), 'indicator')} for {counted(file.area_count, 'area')}, "
            f"{file.first_period} to {file.last_period}."
        ]
        if file.repeated:
            words.append(
                f"{counted(file.repeated, 'row')} said the same again and {_was(file.repeated)} left out."
            )
        if self.revised:
            words.append(
                f"{counted(self.revised, 'value')} {_was(self.revised)} revised; the earlier ones are kept."
            )
        if self.changed:
            words.append(
                f"{counted(len(self.changed), 'figure')} that cases rest on changed, and the cases say so."
            )
        return " ".join(words)


def _was(count: int) -> str:
    return "was" if count == 1 else "were"


@transaction.atomic
def import_file(*, by: User, export: Export, made_up: bool = False) -> Imported:
    """Keep an export, whole or not at all. The same file a second time changes nothing.

    Figures that cases rest on and that the file changes become newer findings, so that the cases show it.
    ``made_up`` marks demonstration figures; a file of made-up indicators is marked in any case. Raises
    BadInput where figures that are made up and figures that are not would stand under one indicator.
    """
    require(may(by, Permission.CURATE))
    held = DataFile.objects.filter(sha256=export.file.sha256).first()
    if held is not None:
        return Imported(held, fresh=False)
    described = export.description
    made_up = made_up or all(measure(indicator).made_up for indicator in described.indicators)
    _keep_apart(export, made_up)
    file = DataFile.objects.create(
        name=export.file.name[:255],
        sha256=export.file.sha256,
        made_up=made_up,
        rows=described.rows,
        repeated=described.repeated,
        without_value=described.without_value,
        first_period=described.periods[0],
        last_period=described.periods[-1],
        imported_by=by,
        imported_on=today(),
    )
    revised = _keep_rows(file, export)
    record(
        by=by,
        action="needs.import_file",
        summary=f"brought in the figures of {file.name}",
        details={"sha256": file.sha256, "rows": file.rows, "revised": revised, "made_up": made_up},
    )
    changed = refresh_findings(by=by, indicator_ids=described.indicators)
    return Imported(file, fresh=True, revised=revised, changed=tuple(changed))


def _keep_apart(export: Export, made_up: bool) -> None:
    other = HeldIndicator.objects.filter(indicator_id__in=export.description.indicators).exclude(
        file__made_up=made_up
    )
    clash = other.select_related("file").first()
    if clash is None:
        return
    kinds = ("made up", "published")
    new, old = kinds if made_up else kinds[::-1]
    raise BadInput(
        f"{export.file.name} holds {new} figures for an indicator whose {old} figures are held.",
        [
            Problem(
                f"indicator {clash.indicator_id}, {clash.name}",
                f"{new} figures",
                f"{old} figures, as in {clash.file.name}",
                "Keep made-up figures in the demo, or give them an indicator of their own.",
            )
        ],
    )


def _keep_rows(file: DataFile, export: Export) -> int:
    """Store every row; returns how many values an earlier file gave differently."""
    rows = export.rows
    earlier = _earlier_values(export)
    names = {row.indicator_id: row.indicator for row in rows}
    places = {(row.area_code, row.area_type): row.area_name for row in rows}
    HeldIndicator.objects.bulk_create(
        HeldIndicator(file=file, indicator_id=key, name=name) for key, name in names.items()
    )
    HeldArea.objects.bulk_create(
        HeldArea(file=file, code=code, name=name, type=type_) for (code, type_), name in places.items()
    )
    area_of = {(area.code, area.type): area.pk for area in file.areas.all()}
    fields = [name for name in type(rows[0]).__dataclass_fields__ if name not in _NOT_STORED]
    IndicatorValue.objects.bulk_create(
        (
            IndicatorValue(
                file=file,
                area_id=area_of[row.area_code, row.area_type],
                **{name: getattr(row, name) for name in fields},
            )
            for row in rows
        ),
        batch_size=_BATCH,
    )
    return sum(row.key in earlier and earlier[row.key] != row.value for row in rows)


def _earlier_values(export: Export) -> dict[tuple[str, ...], float | None]:
    values = IndicatorValue.objects.filter(indicator_id__in=export.description.indicators)
    fields = ("indicator_id", "area_code", "area__type", "sex", "age", "category_type", "category", "period")
    return {tuple(key): value for *key, value in values.order_by("file_id").values_list(*fields, "value")}


@transaction.atomic
def set_neighbours(*, by: User, area_code: str, neighbours: Sequence[str], source: str) -> Neighbours:
    """Name the areas that an area is held against, by code or name, and who says that they are like it.

    An empty list takes them away. The earlier set stays in the history. Raises NothingThere for an area that
    is not held, BadInput for an area named as its own neighbour or a missing source.
    """
    require(may(by, Permission.CURATE))
    area = queries.area_named(area_code)
    codes = list(dict.fromkeys(queries.area_named(name).code for name in neighbours))
    if area.code in codes:
        raise BadInput(
            f"{area.name} cannot be its own neighbour.",
            [Problem("the neighbours", area.name, "other areas", "Leave it out.")],
        )
    if codes and not source.strip():
        raise BadInput(
            "Say who says that these areas are alike.",
            [
                Problem(
                    "the source",
                    "nothing",
                    "a name and a date, such as 'DfE statistical neighbours, May 2025'",
                    "Write where the list is from.",
                )
            ],
        )
    kept = Neighbours.objects.create(area_code=area.code, codes=codes, source=source.strip(), set_by=by)
    record(
        by=by,
        action="needs.set_neighbours",
        summary=f"set {counted(len(codes), 'neighbour')} for {area.name}",
        details={"area": area.code, "neighbours": codes, "source": kept.source},
    )
    refresh_findings(by=by, area_code=area.code)
    return kept


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
