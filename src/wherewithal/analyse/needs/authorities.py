"""The upper-tier authorities of England as they are today: code, name, the department's number, region and place.

Facts of public registers, one line an authority (``authorities.csv``): codes, names and the middle of each area in
kilometres east and north of the National Grid's origin from the Office for National Statistics (December 2023, with
the codes of Barnsley and Sheffield of 2025), numbers and regions from the Department for Education. They resolve an
area that a file names by number or by name, and say where it lies on a map of tiles.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from wherewithal.analyse.needs.geography import changes, current_code
from wherewithal.sources.fingertips import ENGLAND
from wherewithal.sources.lait import ENGLAND_NUMBER

REGIONS: Mapping[int, str] = {
    980: "E12000001",
    981: "E12000002",
    982: "E12000003",
    983: "E12000004",
    984: "E12000005",
    985: "E12000006",
    986: "E12000007",
    987: "E13000001",
    988: "E13000002",
    989: "E12000008",
    990: "E12000009",
}
"""The department's numbers of the regions, London's two halves among them, with the codes they have elsewhere."""

_TIERS = (
    ("E92", "England"),
    ("E12", "Region"),
    ("E13", "Region"),
    ("E06", "Upper-tier authority"),
    ("E08", "Upper-tier authority"),
    ("E09", "Upper-tier authority"),
    ("E10", "Upper-tier authority"),
    ("E07", "District"),
    ("E05", "Ward"),
)


@dataclass(frozen=True)
class Authority:
    """One authority. ``east`` and ``north`` are the middle of its area in kilometres."""

    code: str
    name: str
    number: int
    region: str
    east: float
    north: float


@cache
def authorities() -> Mapping[str, Authority]:
    """Every authority by its current code."""
    text = files("wherewithal.analyse.needs").joinpath("authorities.csv").read_text(encoding="utf-8")
    return {
        row["code"]: Authority(
            row["code"],
            row["name"],
            int(row["number"]),
            row["region"],
            float(row["east_km"]),
            float(row["north_km"]),
        )
        for row in csv.DictReader(text.splitlines())
    }


@cache
def codes_by_number() -> Mapping[int, str]:
    """The code of every number of the department's, England, the regions and authorities that ended included."""
    ended = {
        number: code
        for change in changes()
        for number, code in zip(change.la_numbers, change.old, strict=False)
    }
    today = {authority.number: authority.code for authority in authorities().values()}
    return {ENGLAND_NUMBER: ENGLAND, **REGIONS, **ended, **today}


@cache
def numbers_by_code() -> Mapping[str, int]:
    """The department's number of every authority of today."""
    return {authority.code: authority.number for authority in authorities().values()}


def code_named(name: str) -> str | None:
    """The code of the authority of that name, whatever its case and points; None where none is called so."""
    return _by_name().get(_plain(name))


@cache
def _by_name() -> Mapping[str, str]:
    return {_plain(authority.name): authority.code for authority in authorities().values()} | {
        "england": ENGLAND
    }


def _plain(name: str) -> str:
    return re.sub(r"[^a-z]+", " ", name.casefold().replace("&", "and")).strip()


def tier_of(code: str, otherwise: str = "") -> str:
    """What kind of area a code is of, the same whatever a file calls it; ``otherwise`` for codes of another register.

    Publishers give one kind of area many names ("Counties & UAs (from Apr 2023)", "Local authority").
    """
    return next((tier for start, tier in _TIERS if code.startswith(start)), otherwise)


def region_of(code: str) -> str:
    """The region that an authority lies in; empty for any other area."""
    found = authorities().get(current_code(code))
    return found.region if found else ""
