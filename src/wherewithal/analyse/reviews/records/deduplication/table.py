"""What deduplication says as a table: every record that came in, in its order, with its cluster and the reason."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import IO

from wherewithal.analyse.reviews.records.deduplication.arriving import STANDINGS, Arrivals
from wherewithal.analyse.reviews.records.deduplication.results import Deduplicated, Doubt, Link
from wherewithal.analyse.reviews.records.headings import OTHER
from wherewithal.analyse.reviews.records.record import Record
from wherewithal.analyse.reviews.records.table_rows import WRITTEN, cells_of, harmless

OWN = ("row", "file", "cluster", "duplicate_of", "why", "look_at", "linked")
"""``row`` counts from 1 through all files; ``duplicate_of`` is the row that says most in the cluster; ``look_at``
has the rows that a person should compare this one with, and ``linked`` those that belong with it."""
OWN_OF_ARRIVALS = ("row", "file", "standing", "held_row", "why", "look_at", "linked")
"""``row`` counts from 1 through the new files and ``held_row`` through those that are held."""
_MOST_COLUMNS = 200
"""Columns of the files that came in which stay columns: more are kept in "Other fields"."""


def write_table(found: Deduplicated, records: Sequence[Record], files: Sequence[str], out: IO[str]) -> None:
    """Write the table of ``records``; ``files`` names the file of each. Columns of tables that came in stay columns."""
    main = {number: cluster.main for cluster in found.clusters for number in cluster.members}
    look_at, linked = _beside(found)

    def own(number: int) -> list[str]:
        reason = found.reason_of.get(number)
        return [
            str(number + 1), files[number], str(found.of_record[number] + 1),
            str(main[number] + 1) if reason else "",
            f"As row {reason.other + 1}: {reason.words}" if reason else "",
            "\n".join(look_at[number]), "\n".join(linked[number]),
        ]  # fmt: skip

    _write(OWN, own, records, out)


def write_arrivals(
    found: Arrivals, held: int, records: Sequence[Record], files: Sequence[str], out: IO[str]
) -> None:
    """Write the table of the new ``records``, with how each stands to the ``held`` ones (their number)."""

    def row(number: int) -> str:
        return f"held row {number + 1}" if number < held else f"row {number - held + 1}"

    def beside(pair: Doubt | Link, cluster: int) -> str:
        return row(pair.other if found.together.of_record[pair.one] == cluster else pair.one)

    def own(number: int) -> list[str]:
        arrival, cluster = found.arrivals[number], found.together.of_record[held + number]
        reason = arrival.reason
        return [
            str(number + 1), files[number], STANDINGS[arrival.standing],
            "" if arrival.held is None else str(arrival.held + 1),
            f"As {row(reason.other)}: {reason.words}" if reason else "",
            "\n".join(f"{beside(doubt, cluster).capitalize()}? {doubt.words}" for doubt in arrival.doubts),
            "\n".join(f"{beside(link, cluster).capitalize()}: {link.words}" for link in arrival.links),
        ]  # fmt: skip

    _write(OWN_OF_ARRIVALS, own, records, out)


def _write(
    headings: Sequence[str], own: Callable[[int], list[str]], records: Sequence[Record], out: IO[str]
) -> None:
    """A row a record: what ``own`` says of its number, then its fields."""
    columns = _columns_that_came(records, headings)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*headings, *WRITTEN[:-1], *columns, OTHER])
    for number, record in enumerate(records):
        said: dict[str, str] = {}
        others = []
        for name, text in record.extra:
            column = columns.get(name.removeprefix("csv:"), "") if name.startswith("csv:") else ""
            if column and column not in said:
                said[column] = text
            else:
                others.append((name, text))
        *cells, other = cells_of(record, others)
        writer.writerow(
            [
                *map(harmless, own(number)),
                *cells,
                *(harmless(said.get(name, "")) for name in columns.values()),
                other,
            ]
        )


def _columns_that_came(records: Sequence[Record], headings: Sequence[str]) -> Mapping[str, str]:
    """The columns of tables that are no field of a record, by their own names, where these are free."""
    taken = {name.lower() for name in (*headings, *WRITTEN)}
    found: dict[str, str] = {}
    for record in records:
        for name, _ in record.extra:
            if name.startswith("csv:") and not name.endswith(" as written"):
                column = name.removeprefix("csv:")
                if column not in found and column.lower() not in taken and len(found) < _MOST_COLUMNS:
                    found[column] = column
    return found


def _beside(found: Deduplicated) -> tuple[Mapping[int, list[str]], Mapping[int, list[str]]]:
    look_at: dict[int, list[str]] = defaultdict(list)
    linked: dict[int, list[str]] = defaultdict(list)
    for doubt in found.doubtful:
        for number, other in _both_ways(doubt.one, doubt.other):
            look_at[number].append(f"Row {other + 1}? {doubt.words}")
    for link in found.links:
        for number, other in _both_ways(link.one, link.other):
            linked[number].append(f"Row {other + 1}: {link.words}")
    return look_at, linked


def _both_ways(one: int, other: int) -> Iterator[tuple[int, int]]:
    yield one, other
    yield other, one
