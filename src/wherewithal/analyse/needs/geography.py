"""Areas whose code or borders changed: what may be carried over, and what may not.

An authority that only got another code keeps its figures. One that was divided or joined does not: the figures
of Cumbria belong neither to Cumberland nor to Westmorland and Furness. The changes are a data file with sources
(``geography.toml``); nothing here guesses from names.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import IO, Literal

from wherewithal.errors import BadInput, Problem
from wherewithal.plain_english import listed
from wherewithal.sources.files import read_csv, read_text
from wherewithal.sources.fingertips import IndicatorRow


@dataclass(frozen=True)
class Change:
    """One change: codes before and after, and the first ``year`` of those after."""

    old: tuple[str, ...]
    new: tuple[str, ...]
    kind: Literal["recoded", "reorganised"]
    year: int
    name: str
    source: str
    la_numbers: tuple[int, ...] = ()

    @property
    def words(self) -> str:
        """What it means for figures, as a sentence."""
        if self.kind == "recoded":
            return f"{self.name} has had the code {self.new[0]} since {self.year}, {self.old[0]} before."
        return (
            f"{self.name} ended in {self.year}: figures of before belong to none of the areas of after "
            f"({listed(self.new)}) alone."
        )


@cache
def changes() -> tuple[Change, ...]:
    """Every change that is known, as the data file lists them."""
    text = files("wherewithal.analyse.needs").joinpath("geography.toml").read_text(encoding="utf-8")
    return tuple(
        Change(
            tuple(entry["old"]),
            tuple(entry["new"]),
            entry["kind"],
            entry["year"],
            entry["name"],
            entry["source"],
            tuple(entry.get("la_number", ())),
        )
        for entry in tomllib.loads(text)["change"]
    )


def change_of(code: str) -> Change | None:
    """The change that ended a code; None for one that still stands."""
    return next((change for change in changes() if code in change.old), None)


def current_code(code: str) -> str:
    """The code under which the same area is known today: the code itself, unless it was only recoded."""
    change = change_of(code)
    return change.new[0] if change and change.kind == "recoded" else code


def ended_numbers() -> frozenset[int]:
    """The Department for Education's numbers of authorities that are no more."""
    return frozenset(number for change in changes() for number in change.la_numbers)


def under_current_codes(rows: Iterable[IndicatorRow]) -> tuple[list[IndicatorRow], tuple[Change, ...]]:
    """The rows with areas under their current codes, and every change that this met, reorganisations too."""
    met: dict[str, Change] = {}
    done = []
    for row in rows:
        change = change_of(row.area_code)
        if change:
            met[change.name] = change
        code = current_code(row.area_code)
        done.append(row if code == row.area_code else replace(row, area_code=code))
    return done, tuple(met.values())


_LOWER = re.compile(r"(LTLA|LAD)\d\dCD", re.IGNORECASE)
_UPPER = re.compile(r"(UTLA|CTYUA|CTY)\d\dCD", re.IGNORECASE)


def read_lookup(source: Path | bytes | IO[bytes], *, name: str = "") -> Mapping[str, str]:
    """Which upper-tier authority each district is in, from a lookup of the ONS Open Geography portal.

    The columns carry the year in their names (LTLA23CD, UTLA23CD). Raises BadInput where there are none, or a
    district is in two authorities.
    """
    file = read_text(source, name=name)
    header, rows = read_csv(file, required=(), kind="a lookup of areas")
    lower = next((column for column in header if _LOWER.fullmatch(column)), None)
    upper = next((column for column in header if _UPPER.fullmatch(column)), None)
    if lower is None or upper is None:
        raise BadInput(
            f"{file.name} is not a lookup from districts to upper-tier authorities.",
            [
                Problem(
                    "row 1",
                    f"the columns {listed(header[:12], 'and')}",
                    "columns such as LTLA23CD and UTLA23CD",
                    "Download the lookup from the Open Geography portal.",
                )
            ],
        )
    found: dict[str, str] = {}
    for row in rows:
        district, authority = row.cells[lower].strip(), row.cells[upper].strip()
        if found.setdefault(district, authority) != authority:
            raise BadInput(
                f"{file.name} puts one district in two authorities.",
                [
                    Problem(
                        f"row {row.number}",
                        f"{district} in {authority}",
                        f"in {found[district]}, as above",
                        "Check it.",
                    )
                ],
            )
    return found


def added_up(counts: Mapping[str, float | None], lookup: Mapping[str, str]) -> Mapping[str, float | None]:
    """Districts' counts added up to their authorities; None where a district's count is missing.

    Every district of an authority in ``lookup`` must have a count: half an authority is not reported as one.
    Raises BadInput for an area that the lookup does not hold.
    """
    unknown = [code for code in counts if code not in lookup]
    if unknown:
        raise BadInput(
            f"{len(unknown)} areas are not in the lookup.",
            [
                Problem(
                    code, "not in the lookup", "a district of its year", "Take the lookup of the data's year."
                )
                for code in unknown[:10]
            ],
        )
    sums: dict[str, float | None] = {}
    for district, authority in lookup.items():
        if authority not in {lookup[code] for code in counts}:
            continue
        count, before = counts.get(district), sums.get(authority, 0.0)
        sums[authority] = None if count is None or before is None else before + count
    return sums
