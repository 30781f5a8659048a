"""The work of ``wherewithal records new``: what a new search brings to records that are held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from wherewithal.analyse.reviews.records import Format, Record
from wherewithal.analyse.reviews.records.conversion import written_whole
from wherewithal.analyse.reviews.records.deduplication import (
    STANDINGS,
    Arrivals,
    deduplicate,
    merged,
    what_is_new,
    write_arrivals,
)
from wherewithal.cli.dedupe import Opening, Progress, read_all

_TO_LOOK_AT = ("new", "linked", "doubtful")


def arrivals(
    held_sources: Sequence[Path],
    new_sources: Sequence[Path],
    target: Path,
    new_target: Path | None,
    to: Format | None,
    opened: Opening,
    *,
    replace: bool,
    progress: Progress,
) -> dict[str, Any]:
    """Write how the records of ``new_sources`` stand to the held ones, and give the figures of the command's JSON.

    Raises BadInput where a source cannot be read or a target cannot be written; both targets are then as they were.
    """
    held, _, held_notices = read_all(held_sources, opened, progress)
    new, files, notices = read_all(new_sources, opened, progress)

    def told(step: str, done: int, of: int) -> None:
        progress.say(f"{step}: {done:,} of {of:,} …")

    clusters: Sequence[int] | None = _clusters(held) if len(held_sources) == 1 else None
    if clusters is None:
        clusters = deduplicate(held, together=_kept_together(held), progress=told).of_record
    found = what_is_new(held, new, clusters=clusters, progress=told)
    with written_whole(target, replace=replace) as out:
        write_arrivals(found, len(held), new, files, out)
        if new_target and to and to.write:
            with written_whole(new_target, replace=replace, binary=to.binary) as new_out:
                to.write(_works(found, len(held), [*held, *new]), new_out)
    counts = Counter(arrival.standing for arrival in found.arrivals)
    return {
        "out": str(target),
        "new_out": str(new_target) if new_target else None,
        "held_records": len(held),
        "records": len(new),
        **{standing: counts[standing] for standing in STANDINGS},
        "to_look_at": sum(counts[standing] for standing in _TO_LOOK_AT),
        "notices": {**held_notices, **notices},
    }


def _clusters(held: Sequence[Record]) -> list[int] | None:
    """The clusters of a table that ``records dedupe`` wrote; None where the records have none."""
    said = [_cluster_said(record) for record in held]
    numbers: dict[str, int] = {}
    return [numbers.setdefault(cluster, len(numbers)) for cluster in said] if all(said) else None


def _cluster_said(record: Record) -> str:
    own = {name: text for name, text in record.extra if name in ("csv:row", "csv:cluster")}
    return own.get("csv:cluster", "") if len(own) == 2 else ""


def _kept_together(held: Sequence[Record]) -> list[tuple[int, int]]:
    """What the tables among several files of held records put together, as pairs. Numbers are each table's own."""
    pairs = []
    first: dict[str, int] = {}
    before = 0
    for number, record in enumerate(held):
        cluster = _cluster_said(record)
        row = int(dict(record.extra).get("csv:row", "0")) if cluster else 0
        if row <= before:
            first = {}
        before = row
        if cluster and (beside := first.setdefault(cluster, number)) != number:
            pairs.append((beside, number))
    return pairs


def _works(found: Arrivals, held: int, records: Sequence[Record]) -> Iterator[Record]:
    """One record for each work that is not held for sure, with the best of each field."""
    members: dict[int, list[int]] = {}
    for number in range(held, len(records)):
        members.setdefault(found.together.of_record[number], []).append(number)
    for arrival in found.standing(*_TO_LOOK_AT):
        numbers = members[found.together.of_record[held + arrival.record]]
        yield merged(records, numbers).record if len(numbers) > 1 else records[numbers[0]]
