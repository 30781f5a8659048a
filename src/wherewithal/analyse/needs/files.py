"""Areas' profiles straight from files of any kind that is known, told apart by what is in them.

    from_files([Path("b1_children_in_need.csv"), Path("population.csv")], "Trafford", neighbours=Path("sn.csv"))

Fingertips exports, Explore Education Statistics files, LAIT's long table, tables of Nomis and a council's own may be
given together: an area is one area under one code.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from wherewithal.analyse.needs import columns
from wherewithal.analyse.needs.arrival import Given, MappingOf, known_measures, nothing_said, read_all
from wherewithal.analyse.needs.authorities import numbers_by_code
from wherewithal.analyse.needs.figures import ENGLAND_TYPE, Area, Figures, find_area
from wherewithal.analyse.needs.indicators import Measure
from wherewithal.analyse.needs.neighbours import Average, NeighbourSet, statistical_neighbours
from wherewithal.analyse.needs.profile import AreaProfile, profile
from wherewithal.errors import NothingThere
from wherewithal.sources.statistical_neighbours import Neighbours


@dataclass(frozen=True)
class Together:
    """Everything that some files hold, each value from the file named last, ready to be asked for any area."""

    frame: pl.DataFrame
    areas: Mapping[str, Area]
    measures: Mapping[str, Measure]
    neighbours: Mapping[int, Neighbours]
    edition: str

    def profile_of(
        self, area: str, *, peers: Sequence[str] = (), average: Average = Average.MEDIAN
    ) -> AreaProfile:
        """Every indicator of an area, given by name or code. Raises NothingThere, naming the nearest there are."""
        found = find_area(self.areas, area)
        near = self._near(found, peers, average)
        return profile(
            self._figures({found.code, *(near.codes if near else ())}),
            found.code,
            edition=self.edition,
            neighbours=near,
            measures=self.measures,
        )

    def every_authority(self, *, average: Average = Average.MEDIAN) -> Iterator[AreaProfile]:
        """The profile of every upper-tier authority of today that has figures, in the order of their codes.

        Raises NothingThere where the files hold none.
        """
        codes = sorted(set(self.areas) & set(numbers_by_code()))
        if not codes:
            raise NothingThere(
                "The files hold no upper-tier authority of England.",
                [f"{area.name} ({area.code})" for area in list(self.areas.values())[:12]],
            )
        figures = self._figures(codes)
        for code in codes:
            yield profile(
                figures,
                code,
                edition=self.edition,
                neighbours=self._near(self.areas[code], (), average),
                measures=self.measures,
            )

    def _near(self, area: Area, peers: Sequence[str], average: Average) -> NeighbourSet | None:
        if peers:
            codes = tuple(find_area(self.areas, name).code for name in peers)
            return NeighbourSet(codes, "named on the command line", average)
        if not self.neighbours or area.type == ENGLAND_TYPE:
            return None
        return statistical_neighbours(area.code, self.neighbours, numbers_by_code(), average=average)

    def _figures(self, codes: Sequence[str] | set[str]) -> Figures:
        england = [area.code for area in self.areas.values() if area.type == ENGLAND_TYPE]
        wanted = self.frame.filter(
            pl.col("area_code").is_in([*codes, *england]) & (pl.col("category_type") == "")
        )
        return Figures(columns.rows_of(wanted))


def together(
    paths: Sequence[Path],
    *,
    neighbours: Path | None = None,
    dictionary: Path | None = None,
    mapping_of: MappingOf = nothing_said,
) -> Together:
    """Read files as one set of figures. Raises BadInput and NothingThere as ``read_all`` does."""
    beside = [path for path in (neighbours, dictionary) if path]
    brought = read_all([Given.at(path) for path in (*paths, *beside)], mapping_of=mapping_of)
    frame = columns.newest(pl.concat([arrival.frame for arrival in brought.arrivals]))
    places = frame.select("area_code", "area_name", "area_type").unique("area_code", maintain_order=True)
    measures: dict[str, Measure] = {}
    for arrival in brought.arrivals:
        measures |= known_measures(arrival)
    editions = [f"{arrival.name} (sha256 {arrival.sha256[:12]})" for arrival in brought.arrivals]
    return Together(
        frame,
        {code: Area(code, name, kind) for code, name, kind in places.iter_rows()},
        measures,
        brought.neighbours,
        "; ".join(reversed(editions)),
    )


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
    held = together(paths, neighbours=neighbours, dictionary=dictionary)
    return held.profile_of(area, peers=peers, average=average)
