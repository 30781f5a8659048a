"""The demo's made-up figures, as they come and as a later edition would bring them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

import wherewithal_web.demo
from wherewithal.analyse.needs.arrival import Arrival, Given, read_all
from wherewithal_web.analyse.needs import actions, queries
from wherewithal_web.analyse.needs.models import DataFile

NORTHMOOR = Path(wherewithal_web.demo.__file__).with_name("figures") / "northmoor.csv"
REREFERRALS = "990001"
BEHAVIOUR = "990002"
AREA = "X06000001"


def arrived(content: bytes, name: str = "figures.csv") -> Arrival:
    """One file as it arrives."""
    (arrival,) = read_all([Given(name, content)]).arrivals
    return arrival


@pytest.fixture(scope="session")
def northmoor() -> Arrival:
    return arrived(NORTHMOOR.read_bytes(), NORTHMOOR.name)


@pytest.fixture(scope="session")
def edited() -> Callable[..., bytes]:
    """The same file with some cells changed: ``edited(lambda row: {...})`` gives the changes for a row."""

    def change(changes: Callable[[dict[str, str]], dict[str, str]]) -> bytes:
        reader = csv.DictReader(io.StringIO(NORTHMOOR.read_text()))
        out = io.StringIO()
        writer = csv.DictWriter(out, reader.fieldnames or [])
        writer.writeheader()
        for row in reader:
            writer.writerow({**row, **changes(row)})
        return out.getvalue().encode()

    return change


@pytest.fixture(scope="session")
def revised(edited) -> Arrival:
    """A later edition: Northmoor's newest re-referrals are lower."""

    def lower(row: dict[str, str]) -> dict[str, str]:
        if (row["Indicator ID"], row["Area Code"], row["Time period"]) != (REREFERRALS, AREA, "2024/25"):
            return {}
        return {"Value": "22.5", "Lower CI 95.0 limit": "21.3", "Upper CI 95.0 limit": "23.8"}

    return arrived(edited(lower), "northmoor-later.csv")


@pytest.fixture
def held(people, northmoor) -> DataFile:
    """The figures brought in by the champion, and Northmoor's neighbours named."""
    file = actions.import_file(by=people.champion, arrival=northmoor).file
    others = [code for code, area in queries.areas().items() if area.type != "England" and code != AREA]
    actions.set_neighbours(by=people.champion, area_code=AREA, neighbours=others, source="made up for tests")
    return file
