"""Files of figures brought in, each whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import polars as pl
from django.db import transaction
from django.utils import timezone

from wherewithal.analyse.needs import columns, measure
from wherewithal.analyse.needs.arrival import Arrival, Brought, Given, own_arrival
from wherewithal.errors import BadInput, NothingThere, Problem
from wherewithal.plain_english import counted, long_date
from wherewithal.sources.own_table import Columns
from wherewithal_web.analyse.needs.actions import findings
from wherewithal_web.analyse.needs.actions.gathering import ask_to_gather
from wherewithal_web.analyse.needs.actions.neighbours import set_statistical_neighbours
from wherewithal_web.analyse.needs.models import (
    ColumnMapping,
    DataFile,
    EditionTable,
    HeldArea,
    HeldIndicator,
    WaitingFile,
)
from wherewithal_web.analyse.needs.queries.figures import newest_frame
from wherewithal_web.analyse.needs.queries.held import area_named, header_fingerprint
from wherewithal_web.audit.actions import record
from wherewithal_web.cases.models import StoredFinding
from wherewithal_web.clock import today
from wherewithal_web.people.models import User
from wherewithal_web.people.permissions import may, require
from wherewithal_web.people.roles import Permission

_WAITS = timedelta(days=1)


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
        return " ".join([*words, *file.said])


def _was(count: int) -> str:
    return "was" if count == 1 else "were"


@transaction.atomic
def import_files(*, by: User, brought: Brought, made_up: bool = False) -> list[Imported]:
    """Keep everything that files given together hold, or nothing of it; who is like whom as well.

    Raises as ``import_file`` does.
    """
    require(may(by, Permission.CURATE))
    done = [import_file(by=by, arrival=arrival, made_up=made_up) for arrival in brought.arrivals]
    if brought.neighbours:
        set_statistical_neighbours(by=by, table=brought.neighbours)
    return done


@transaction.atomic
def import_file(*, by: User, arrival: Arrival, made_up: bool = False) -> Imported:
    """Keep the figures of a file, whole or not at all. The same file a second time changes nothing.

    Figures that cases rest on and that the file changes become newer findings, so that the cases show it.
    ``made_up`` marks demonstration figures; a file of made-up indicators is marked in any case. Raises
    BadInput where figures that are made up and figures that are not would stand under one indicator.
    """
    require(may(by, Permission.CURATE))
    held = DataFile.objects.filter(sha256=arrival.sha256).first()
    if held is not None:
        return Imported(held, fresh=False)
    indicators = arrival.indicators
    made_up = made_up or all(measure(indicator).made_up for indicator in indicators)
    _keep_apart(arrival, made_up)
    revised = _revised(arrival)
    file = DataFile.objects.create(
        name=arrival.name[:255],
        sha256=arrival.sha256,
        provider=arrival.provider,
        made_up=made_up,
        rows=arrival.frame.height,
        repeated=arrival.repeated,
        without_value=arrival.frame["value"].null_count(),
        first_period=arrival.periods[0],
        last_period=arrival.periods[-1],
        said=list(arrival.said),
        address=arrival.address,
        imported_by=by,
        imported_on=today(),
    )
    _keep(file, arrival)
    record(
        by=by,
        action="needs.import_file",
        summary=f"brought in the figures of {file.name}",
        details={
            "sha256": file.sha256,
            "rows": file.rows,
            "revised": revised,
            "made_up": made_up,
            "address": file.address,
        },
    )
    changed = findings.refresh_findings(by=by, indicator_ids=indicators)
    ask_to_gather(by=by)
    return Imported(file, fresh=True, revised=revised, changed=tuple(changed))


def _keep_apart(arrival: Arrival, made_up: bool) -> None:
    other = HeldIndicator.objects.filter(indicator_id__in=arrival.indicators).exclude(file__made_up=made_up)
    clash = other.select_related("file").first()
    if clash is None:
        return
    kinds = ("made up", "published")
    new, old = kinds if made_up else kinds[::-1]
    raise BadInput(
        f"{arrival.name} holds {new} figures for an indicator whose {old} figures are held.",
        [
            Problem(
                f"indicator {clash.indicator_id}, {clash.name}",
                f"{new} figures",
                f"{old} figures, as in {clash.file.name}",
                "Keep made-up figures in the demo, or give them an indicator of their own.",
            )
        ],
    )


def _revised(arrival: Arrival) -> int:
    """How many values an earlier file gave differently."""
    earlier = newest_frame(list(arrival.indicators)).select(*columns.KEY, "value")
    both = arrival.frame.join(earlier, on=columns.KEY, how="inner", suffix="_was")
    return both.filter(pl.col("value").ne_missing(pl.col("value_was"))).height


def _keep(file: DataFile, arrival: Arrival) -> None:
    HeldIndicator.objects.bulk_create(
        HeldIndicator(
            file=file,
            indicator_id=key,
            name=name,
            measure=arrival.measures[key].as_dict() if key in arrival.measures else None,
        )
        for key, name in arrival.indicators.items()
    )
    HeldArea.objects.bulk_create(
        HeldArea(file=file, code=code, name=name, type=kind) for code, name, kind in arrival.areas
    )
    EditionTable.objects.create(file=file, content=columns.packed(arrival.frame))


# --- a table of one's own -------------------------------------------------------------------------------


@transaction.atomic
def leave_waiting(*, by: User, given: Given) -> WaitingFile:
    """Keep a table until its bringer has said which column is which; what has waited for a day goes."""
    require(may(by, Permission.CURATE))
    WaitingFile.objects.filter(brought_at__lt=timezone.now() - _WAITS).delete()
    return WaitingFile.objects.create(name=given.name[:255], content=given.content, brought_by=by)


@transaction.atomic
def say_columns(*, by: User, header: Sequence[str], said: Columns) -> ColumnMapping:
    """Say which column is which in tables with these columns, from now on. The earlier word stays in the history."""
    require(may(by, Permission.CURATE))
    named = [value for role, value in said.as_dict().items() if role not in ("shape", "multiplier", "always")]
    unknown = [column for column in named if column and column not in header]
    if unknown:
        raise NothingThere(f"There is no column '{unknown[0]}'.", header)
    kept = ColumnMapping.objects.create(
        header=list(header), fingerprint=header_fingerprint(header), columns=said.as_dict(), set_by=by
    )
    record(
        by=by,
        action="needs.say_columns",
        summary=f"said which column is which in tables with {counted(len(header), 'column')}",
        details={"header": list(header), "columns": said.as_dict()},
    )
    return kept


@transaction.atomic
def import_own(*, by: User, waiting: WaitingFile, header: Sequence[str], said: Columns) -> Imported:
    """Bring in a table that waited, by what was said of its columns, which is remembered for the next such table.

    Raises as ``read_own`` and ``import_file`` do, and NothingThere where the authority that its areas are said to lie
    in is not held; nothing is kept then, and the table goes on waiting.
    """
    require(may(by, Permission.CURATE))
    inside = said.said("parent_code")
    if inside:
        said = replace(said, always={**(said.always or {}), "parent_code": area_named(inside).code})
    arrival = own_arrival(Given(waiting.name, bytes(waiting.content)), said)
    say_columns(by=by, header=header, said=said)
    done = import_file(by=by, arrival=arrival)
    waiting.delete()
    return done
