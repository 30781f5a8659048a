"""Rows and editions made up for tests."""

from __future__ import annotations

import csv
import io
from datetime import date

from wherewithal.analyse.library import Edition, Rating, Standing, columns_of, registers, standing
from wherewithal.sources.files import TextFile, read_text

TODAY = date(2026, 11, 23)


COLUMNS = columns_of(registers()["foundations-guidebook"])


def csv_file(rows: list[dict[str, str]], columns: tuple[str, ...] = COLUMNS) -> TextFile:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, extrasaction="ignore")
    writer.writeheader()
    writer.writerows({"link": "https://register.example/page", **row} for row in rows)
    return read_text(out.getvalue().encode(), name="register.csv")


def edition(
    register: str, *rows: Rating, on: date = date(2026, 1, 1), complete: bool = True, as_of: str = ""
) -> Edition:
    return Edition(register, on, rows, as_of=as_of, complete=complete)


def stands(register: str, row: Rating, on: date = date(2026, 1, 1)) -> Standing:
    (found,) = standing([edition(register, row, on=on)]).values()
    return found


def rated(register: str, rating: str, **facts: object) -> Standing:
    """One register's row with that rating, and whatever else matters to the test."""
    facts = {"programme": "A programme", "link": "https://register.example/page", **facts}
    return stands(register, Rating(rating=rating, **facts))  # type: ignore[arg-type]
