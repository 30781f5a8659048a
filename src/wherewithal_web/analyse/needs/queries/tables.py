"""The packed figures that a question is put to: file by file, or many small files gathered into one table."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from wherewithal_web.analyse.needs.models import DataFile, EditionTable, GatheredTable, HeldIndicator

GATHER = "needs.gather"

FEWEST = 8
"""So many files asked for one by one are slower than all of them gathered."""

SMALL = 100_000
"""Values of a small file. A larger one is quick to ask by itself, and is left as it is."""

MOST_ROWS = 1_000_000
"""A gathered table has so many values at most: it is made in memory."""


@dataclass(frozen=True)
class Tables:
    """Packed tables and the files they are of, the oldest first; None stands for one whose rows know their file."""

    contents: list[bytes]
    editions: list[int | None]


def tables_of(indicator_ids: Collection[str]) -> Tables:
    """The packed figures of the files that hold some indicators, or of all."""
    files = DataFile.objects.order_by("pk")
    if indicator_ids:
        holding = HeldIndicator.objects.filter(indicator_id__in=indicator_ids).values("file_id")
        files = files.filter(pk__in=holding)
    wanted = list(files.values_list("pk", flat=True))
    gathered: list[tuple[int, int]] = []
    for table in GatheredTable.objects.defer("content"):
        inside = [pk for pk in wanted if table.first <= pk <= table.last]
        if len(inside) >= FEWEST and _is_whole(table):
            gathered.append((table.first, table.pk))
            wanted = [pk for pk in wanted if pk not in set(inside)]
    found: list[tuple[int, bytes, int | None]] = [
        (pk, bytes(content), pk)
        for pk, content in EditionTable.objects.filter(file_id__in=wanted).values_list("file_id", "content")
    ]
    contents = dict(
        GatheredTable.objects.filter(pk__in=[pk for _, pk in gathered]).values_list("pk", "content")
    )
    found += [(first, bytes(contents[pk]), None) for first, pk in gathered if pk in contents]
    found.sort(key=lambda each: each[0])
    return Tables([content for _, content, _ in found], [number for _, _, number in found])


def _is_whole(table: GatheredTable) -> bool:
    """Whether the table still holds what the files hold."""
    return DataFile.objects.filter(pk__range=(table.first, table.last)).count() == table.files


def to_gather() -> list[DataFile]:
    """The small files next to each other that are worth gathering, with those gathered before where there is room.

    Nothing where fewer than ``FEWEST`` came since.
    """
    last = GatheredTable.objects.defer("content").last()
    run: list[DataFile] = []
    adjacent = last is not None
    for file in DataFile.objects.order_by("-pk").iterator(200):
        if last is not None and file.pk <= last.last:
            break
        if file.rows <= SMALL:
            run.append(file)
        elif len(run) >= FEWEST:
            adjacent = False
            break
        else:
            run, adjacent = [], False
    if len(run) < FEWEST:
        return []
    if last is not None and adjacent and last.rows + sum(file.rows for file in run) <= MOST_ROWS:
        run += DataFile.objects.filter(pk__range=(last.first, last.last)).order_by("-pk")
    return run[::-1]


def contents_of(files: Collection[DataFile]) -> list[bytes]:
    """The packed figures of some files, in their order."""
    found = dict(
        EditionTable.objects.filter(file__in=[file.pk for file in files]).values_list("file_id", "content")
    )
    return [bytes(found[file.pk]) for file in files]
