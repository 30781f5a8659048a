"""An area's profile straight from files of any kind that is known, told apart by what is in them.

    from_files([Path("b1_children_in_need.csv"), Path("population.csv")], "Trafford", neighbours=Path("sn.csv"))

Fingertips exports, Explore Education Statistics files and LAIT's long table may be given together: an area is then
one area under one code, as far as the files say which code and which number belong together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from wherewithal.analyse.needs.dfe import indicator_rows, la_numbers
from wherewithal.analyse.needs.figures import Figures
from wherewithal.analyse.needs.indicators import Measure, Polarity
from wherewithal.analyse.needs.neighbours import (
    Average,
    NeighbourSet,
    find_neighbours,
    statistical_neighbours,
)
from wherewithal.analyse.needs.profile import AreaProfile, profile
from wherewithal.errors import NothingThere
from wherewithal.sources.explore_education import DataSet, data_set_of, is_data_set
from wherewithal.sources.files import read_text
from wherewithal.sources.fingertips import ENGLAND, IndicatorRow, export_of
from wherewithal.sources.lait import ENGLAND_NUMBER, LaitMeasure, LaitTable, is_lait, read_lait
from wherewithal.sources.statistical_neighbours import Neighbours, read_statistical_neighbours

_POLARITY = {"Low": Polarity.LOW_IS_GOOD, "High": Polarity.HIGH_IS_GOOD, "-": Polarity.NO_JUDGEMENT}


@dataclass
class _Brought:
    """What the files held, before it is one set of figures."""

    rows: list[IndicatorRow] = field(default_factory=list)
    data_sets: list[DataSet] = field(default_factory=list)
    tables: list[LaitTable] = field(default_factory=list)
    editions: list[str] = field(default_factory=list)


def from_files(
    paths: Sequence[Path],
    area: str,
    *,
    peers: Sequence[str] = (),
    neighbours: Path | None = None,
    average: Average = Average.MEDIAN,
    dictionary: Path | None = None,
) -> AreaProfile:
    """Every indicator that the files hold for an area, beside England and its neighbours.

    The neighbours are the ``peers`` named, or those of the department's table in ``neighbours``; ``dictionary``
    describes LAIT's measures. Of files that say the same, the one named last counts. Raises BadInput for a
    file that cannot be read, NothingThere where there is no such area, naming what there is.
    """
    brought = _read(paths, dictionary)
    rows = list(brought.rows)
    if brought.data_sets:
        rows = [*indicator_rows(brought.data_sets), *rows]
    numbers = dict(la_numbers(brought.data_sets))
    table = read_statistical_neighbours(neighbours) if neighbours else {}
    rows += _lait_rows(brought.tables, [area, *peers], numbers, table)
    figures = Figures(rows)
    found = figures.area(area)
    held: NeighbourSet | None = None
    if peers:
        held = replace(find_neighbours(figures, peers, "named on the command line"), average=average)
    elif table:
        held = statistical_neighbours(found.code, table, numbers, average=average)
    measures = {
        f"lait:{code}": measure_of(described)
        for lait in brought.tables
        for code, described in lait.measures.items()
    }
    return profile(
        figures, found.code, edition="; ".join(brought.editions), neighbours=held, measures=measures
    )


def measure_of(described: LaitMeasure) -> Measure:
    """How LAIT's dictionary says to read a measure."""
    unit = described.unit
    words = ""
    if unit.startswith("%"):
        words = "%"
    elif " per " in unit:
        words = f" per {unit.split(' per ', 1)[1]}"
    return Measure(_POLARITY.get(described.polarity, Polarity.UNKNOWN), words, source="LAIT's dictionary")


def _read(paths: Sequence[Path], dictionary: Path | None) -> _Brought:
    brought = _Brought()
    # The first row of a kind counts, and the newest file is named last.
    for path in reversed(paths):
        if _starts_as_lait(path):
            table = read_lait(path, dictionary)
            brought.tables.append(table)
            brought.editions.append(f"{table.name} (sha256 {table.sha256[:12]})")
            continue
        file = read_text(path)
        if is_data_set(file):
            brought.data_sets.append(data_set_of(file))
        else:
            brought.rows += export_of(file).rows
        brought.editions.append(f"{file.name} (sha256 {file.sha256[:12]})")
    brought.editions.reverse()
    return brought


def _starts_as_lait(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return is_lait(stream.read(4))
    except OSError:
        return False  # read_text says what is wrong, in the words used everywhere


def _lait_rows(
    tables: Sequence[LaitTable],
    wanted: Sequence[str],
    numbers: dict[str, int],
    neighbours: Mapping[int, Neighbours],
) -> list[IndicatorRow]:
    """LAIT's rows of the areas that are wanted, their neighbours and England, under the codes of the others.

    ``numbers`` gains the areas that only LAIT knows, under their number. Whole, the table is far too long to
    read for one area.
    """
    rows: list[IndicatorRow] = []
    for table in tables:
        names = {name.casefold(): number for number, name in table.authorities.items()}
        known = set(numbers.values())
        numbers |= {str(number): number for number in table.authorities if number not in known}
        codes = {number: code for code, number in numbers.items()}
        found = {
            number for each in wanted if (number := names.get(each.strip().casefold(), numbers.get(each, 0)))
        }
        if not found:
            raise NothingThere(
                f"{table.name} has no authority called '{wanted[0]}'.",
                [f"{name} ({number})" for number, name in list(table.authorities.items())[:12]],
            )
        near = {each.number for number in found if number in neighbours for each in neighbours[number].near}
        codes[ENGLAND_NUMBER] = ENGLAND
        rows += [
            replace(row, area_code=codes.get(int(row.area_code), row.area_code))
            for row in table.rows_of([*found, *near, ENGLAND_NUMBER])
        ]
    return rows
