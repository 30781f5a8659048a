"""The register editions that come with the product, so that a newcomer searches something real."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from importlib import resources

from wherewithal.analyse.library.edition import Edition, Row
from wherewithal.analyse.library.edition_file import read_edition
from wherewithal.analyse.library.register import registers
from wherewithal.sources.files import read_text


def starter_editions(up_to: Mapping[str, date] | None = None) -> tuple[Edition[Row], ...]:
    """The shipped editions, oldest first within a register, registers in their usual order.

    ``up_to`` holds, by register key, the date of the last edition wanted: later ones are left out, so that
    they can be imported afterwards. Raises BadInput if a shipped file is not right.
    """
    folder = resources.files(__package__).joinpath("editions")
    index = tomllib.loads(folder.joinpath("editions.toml").read_text(encoding="utf-8"))["edition"]
    found = []
    for entry in index:
        key, day = entry["register"], entry["date"]
        if up_to and key in up_to and day > up_to[key]:
            continue
        name = f"{day.isoformat()}.csv"
        data = folder.joinpath(key).joinpath(name).read_bytes()
        found.append(
            read_edition(
                read_text(data, name=f"{key}/{name}"),
                registers()[key],
                edition_date=day,
                # A machine whose clock is wrong must still start.
                today=max(day, date.today()),  # noqa: DTZ011
                as_of=entry["as_of"],
                complete=entry["complete"],
                origin=entry["origin"],
            )
        )
    order = list(registers())
    return tuple(sorted(found, key=lambda edition: (order.index(edition.register), edition.date)))
