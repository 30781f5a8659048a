"""What is held: files, areas, indicators, who is like whom, and what was said of a table's columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from wherewithal.analyse.needs import Area, Average, NeighbourSet
from wherewithal.analyse.needs.arrival import Given
from wherewithal.analyse.needs.figures import find_area
from wherewithal.errors import BadInput, NothingThere
from wherewithal.sources.files import read_csv, read_text
from wherewithal.sources.own_table import Columns, suggest
from wherewithal.thread import fingerprint_of
from wherewithal_web.analyse.needs.models import (
    ColumnMapping,
    DataFile,
    HeldArea,
    HeldIndicator,
    Neighbours,
    WaitingFile,
)
from wherewithal_web.people.models import User


def files() -> list[DataFile]:
    """Every file, newest first, with its indicators and areas."""
    return list(DataFile.objects.select_related("imported_by").prefetch_related("indicators", "areas"))


def areas() -> dict[str, Area]:
    """Every area held by code, under the name and type it has in the newest file that names it."""
    found = HeldArea.objects.order_by("pk").values_list("code", "name", "type")
    return {code: Area(code, name, type_) for code, name, type_ in found}


def indicators() -> dict[str, str]:
    """Every indicator held: its name in the newest file, by identifier."""
    return dict(HeldIndicator.objects.order_by("pk").values_list("indicator_id", "name"))


def area_named(wanted: str) -> Area:
    """The area with that code or name. Raises NothingThere, naming the nearest areas that are held."""
    held = areas()
    if not held:
        raise NothingThere("No figures are held yet, so there is no area to show. Bring in a file first.")
    return held[wanted] if wanted in held else find_area(held, wanted)


def neighbours_of(area_code: str, kind: str = "", average: str = "") -> NeighbourSet | None:
    """The neighbours set for an area last, or the last set of a kind; None where nobody has set any.

    ``average`` asks for another average of theirs than was set. A kind or an average that is not known is left aside.
    """
    found = Neighbours.objects.filter(area_code=area_code)
    newest = (found.filter(kind=kind) if kind in Neighbours.Kind.values else found).first()
    if newest is None or not newest.codes:
        return None
    wanted = average if average in set(Average) else newest.average
    return NeighbourSet(tuple(newest.codes), newest.source, Average(wanted), newest.closeness)


def neighbour_sets(area_code: str) -> list[Neighbours]:
    """The newest set of each kind that names somebody, in the order in which they were set."""
    newest = {row.kind: row for row in Neighbours.objects.filter(area_code=area_code).order_by("pk")}
    return sorted((row for row in newest.values() if row.codes), key=lambda row: row.pk)


def header_fingerprint(header: Sequence[str]) -> str:
    """What makes two tables have the same columns: their names, whatever their order."""
    return fingerprint_of(sorted(header))


def mapping_for(header: Sequence[str]) -> Columns | None:
    """What was last said of a table with these columns, in whatever order; None where nothing was."""
    newest = ColumnMapping.objects.filter(fingerprint=header_fingerprint(header)).first()
    return Columns.from_dict(newest.columns) if newest else None


def waiting_file(user: User, pk: int) -> WaitingFile | None:
    """A file of theirs that waits for somebody to say which column is which."""
    return WaitingFile.objects.filter(brought_by=user, pk=pk).first()


def first_look(given: Given) -> tuple[list[str], list[list[str]], Columns | None]:
    """A table's columns, its first rows, and what the names of its columns suggest."""
    header, rows = read_csv(read_text(given.content, name=given.name), required=(), kind="a table")
    first = [[row.cells[column] for column in header] for row in islice(rows, 5)]
    try:
        return header, first, suggest(header)
    except BadInput:
        return header, first, None
