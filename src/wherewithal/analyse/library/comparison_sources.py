"""What a comparison rests on: each register's copy, with its date, licence and page. For its page and its files."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wherewithal.analyse.library.comparison import Comparison, comparison_csv
from wherewithal.analyse.library.reading import ProgrammeReading
from wherewithal.plain_english import long_date


@dataclass(frozen=True)
class Copy:
    """The copy of one register that a comparison was read from: which, as of when, on what terms."""

    key: str
    register: str
    when: str
    licence: str
    home: str


def copies_of(readings: Sequence[ProgrammeReading]) -> tuple[Copy, ...]:
    """Every copy behind these readings, once, in the order in which they are met."""
    return tuple(
        dict.fromkeys(
            Copy(
                view.register.key,
                view.register.name,
                view.standing.edition.when,
                view.register.licence,
                view.register.home if view.register.home.startswith(("https://", "http://")) else "",
            )
            for reading in readings
            for view in reading.views
        )
    )


def comparison_table(comparison: Comparison, copies: Sequence[Copy], *, day: date) -> str:
    """The comparison as CSV (see ``comparison_csv``), with the day it was made and the copies it was read from."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["As it stood on", long_date(day)])
    for copy in copies:
        writer.writerow(["Read from", f"{copy.register}, {copy.when}", copy.licence, copy.home])
    return comparison_csv(comparison) + out.getvalue()
