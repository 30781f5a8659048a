"""A dated register file: read row by row, every problem named, nothing half-read."""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Protocol
from urllib.parse import urlsplit

from wherewithal.analyse.library.dates import FactDate
from wherewithal.analyse.library.rating import STUDY_DESIGNS, YES_NO, Rating
from wherewithal.analyse.library.register import Register
from wherewithal.errors import BadInput, Problem
from wherewithal.plain_english import counted, listed, long_date
from wherewithal.sources.files import Row, TextFile, read_csv

COLUMNS = tuple(field.name for field in fields(Rating))
"""The columns of a register file, all of them required in the header; most cells may be empty."""

LARGEST_BYTES = 5 * 1024 * 1024
"""No register known here comes near it; a larger file is something else."""

_LONGEST = {"programme": 200, "link": 500, "also_see": 500, "cost": 20, "rating": 100}
_LONGEST_OTHER = 1000


class _Wrong(Protocol):
    """Records one wrong cell."""

    def __call__(self, column: str, expected: str, do: str, found: str = "") -> None: ...


@dataclass(frozen=True)
class Edition:
    """One dated copy of a register.

    ``as_of`` says the date for a reader, and how exactly it is known. ``complete`` is true where the file
    holds every row of the copy: only then does a missing programme mean that it was withdrawn.
    """

    register: str
    date: date
    rows: tuple[Rating, ...]
    as_of: str = ""
    complete: bool = True
    origin: str = ""
    sha256: str = ""

    @property
    def when(self) -> str:
        return self.as_of or long_date(self.date)

    def row(self, programme: str) -> Rating | None:
        wanted = name_key(programme)
        return next((row for row in self.rows if name_key(row.programme) == wanted), None)


def name_key(name: str) -> str:
    """A programme's name as it is compared: case, spacing and typographic quotes make no difference."""
    return " ".join(name.replace("’", "'").replace("–", "-").casefold().split())


def read_edition(
    file: TextFile,
    register: Register,
    *,
    edition_date: date,
    today: date,
    as_of: str = "",
    complete: bool = True,
    origin: str = "",
) -> Edition:
    """Read a register file (UTF-8 CSV with the columns ``COLUMNS``) as the edition of ``edition_date``.

    Raises BadInput with every problem found: a missing or renamed column, a rating or cost that is not on
    the register's scale, a programme that stands twice, a date that is not one or lies after ``today``, a
    link that is not a web address, words where a column takes only certain ones.
    """
    problems: list[Problem] = []
    if edition_date > today:
        problems.append(
            Problem(
                "the edition's date",
                long_date(edition_date),
                f"a date up to today, {long_date(today)}",
                "Give the day the register was copied.",
            )
        )
    header, rows = read_csv(file, required=(), kind="a register file")
    wrong_columns = _wrong_columns(header)
    if wrong_columns:
        raise _refused(file, register, problems + wrong_columns)
    read: list[Rating] = []
    first_seen: dict[str, int] = {}
    for row in _complete_rows(rows, problems):
        rating = _read_row(row, register, today, problems)
        key = name_key(rating.programme)
        if key and key in first_seen:
            problems.append(
                Problem(
                    f"row {row.number}, column 'programme'",
                    f"'{rating.programme}', which row {first_seen[key]} already holds",
                    "each programme once",
                    "Keep the newer row, or give the two versions their own names.",
                )
            )
        first_seen.setdefault(key, row.number)
        read.append(rating)
    if not read and not problems:
        problems.append(
            Problem(
                file.name,
                "a header and no rows",
                "at least one programme",
                "Export it again and check its size.",
            )
        )
    if problems:
        raise _refused(file, register, problems)
    return Edition(register.key, edition_date, tuple(read), as_of, complete, origin, file.sha256)


def write_edition(edition: Edition) -> str:
    """The edition as the CSV that ``read_edition`` reads.

    Text that a spreadsheet would take for a formula gets an apostrophe in front, which reading takes off.
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for row in edition.rows:
        cells = {name: "" if value is None else value for name, value in row.as_dict().items()}
        writer.writerow(
            {
                name: f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
                for name, value in cells.items()
            }
        )
    return out.getvalue()


_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _without_apostrophe(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text


def _refused(file: TextFile, register: Register, problems: list[Problem]) -> BadInput:
    count = counted(len(problems), "problem")
    return BadInput(f"{file.name} cannot be read as {register.name}: {count}. Nothing was changed.", problems)


def _wrong_columns(header: list[str]) -> list[Problem]:
    unknown = [column for column in header if column and column not in COLUMNS]
    problems = []
    for column in COLUMNS:
        count = header.count(column)
        if count == 1:
            continue
        if count > 1:
            found, do = f"it stands {count} times", "Keep one of them."
        else:
            close = difflib.get_close_matches(column, [name.lower() for name in unknown], 1, 0.6)
            renamed = next((name for name in unknown if close and name.lower() == close[0]), "")
            found = f"no such column, but one named '{renamed}'" if renamed else "no such column"
            do = (
                f"If '{renamed}' holds the same thing, name it '{column}' again."
                if renamed
                else "Add it; its cells may be empty."
            )
        problems.append(Problem(f"row 1, column '{column}'", found, f"one column named '{column}'", do))
    problems.extend(
        Problem(
            f"row 1, column '{column}'",
            "a column that register files do not have",
            f"only these: {', '.join(COLUMNS)}",
            "Take it out, so that nothing in it is silently left behind.",
        )
        for column in unknown
    )
    return problems


def _complete_rows(rows: Iterator[Row], problems: list[Problem]) -> Iterator[Row]:
    try:
        yield from rows
    except BadInput as error:
        # A row that breaks the table ends the reading; what was wrong before it is still told.
        problems.extend(error.problems)


def _read_row(row: Row, register: Register, today: date, problems: list[Problem]) -> Rating:
    cells = {name: _without_apostrophe(" ".join(row.cells[name].split())) for name in COLUMNS}

    def wrong(column: str, expected: str, do: str, found: str = "") -> None:
        problems.append(
            Problem(f"row {row.number}, column '{column}'", found or f"'{cells[column][:80]}'", expected, do)
        )
        cells[column] = ""

    for column, text in list(cells.items()):
        longest = _LONGEST.get(column, _LONGEST_OTHER)
        if "\0" in text:
            wrong(column, "readable text", "Export the file again.", "characters that are not text")
        elif len(text) > longest:
            wrong(
                column,
                f"at most {longest} characters",
                "Store facts in short words, not the register's prose.",
                f"{len(text):,} characters",
            )
    if not cells["programme"]:
        wrong("programme", "the programme's name", "Fill it in, or take the row out.", "nothing")
    if cells["rating"] and register.read_value(cells["rating"]) is None:
        wrong(
            "rating",
            f"a value of this register's scale: {register.scale_in_words}; or nothing",
            "Check it at the row's link. If the register changed its scale, change its data file first.",
        )
    if cells["cost"] and register.cost(cells["cost"]) is None:
        scale = ", ".join(f"'{cost.native}'" for cost in register.costs)
        wrong(
            "cost",
            f"{scale} or nothing" if scale else "nothing: this register gives no cost",
            "Check the row's link.",
        )
    _check_words(cells, wrong)
    for column in ("published", "last_reviewed"):
        _check_date(column, cells, today, wrong)
    for column in ("link", "also_see"):
        if cells[column] and not _is_web_address(cells[column]):
            wrong(
                column,
                "a web address that starts with https:// or http://",
                "Copy it from the browser again.",
            )
    if not cells["link"] and not any(
        problem.where == f"row {row.number}, column 'link'" for problem in problems
    ):
        wrong("link", "the page where the facts can be checked", "Give the page's address.", "nothing")
    months = _months(cells, register, wrong)
    return Rating(**{**cells, "months": months})  # type: ignore[arg-type]


def _check_words(cells: dict[str, str], wrong: _Wrong) -> None:
    for column, allowed in (
        ("design", STUDY_DESIGNS),
        ("lasting", YES_NO),
        ("uk_available", YES_NO),
        ("uk_tested", YES_NO),
    ):
        cells[column] = cells[column].lower()
        if cells[column] not in allowed:
            words = listed([f"'{word}'" for word in allowed if word], "or")
            wrong(column, f"{words}; or nothing where the page does not say", "Use one of these words.")


def _check_date(column: str, cells: dict[str, str], today: date, wrong: _Wrong) -> None:
    if not cells[column]:
        return
    try:
        when = FactDate.parse(cells[column])
    except ValueError:
        wrong(column, "a date such as 2016, 2016-07 or 2016-07-14", "Write the year first.")
        return
    if when.earliest > today:
        wrong(
            column,
            f"a date up to today, {long_date(today)}",
            "Check the date at the row's link.",
            f"{when.words}, which is in the future",
        )


def _months(cells: dict[str, str], register: Register, wrong: _Wrong) -> int | None:
    text = cells["months"].replace("−", "-")
    if not text:
        return None
    if not register.months:
        wrong("months", "nothing: this register gives no months of progress", "Empty the cell.")
        return None
    try:
        months = int(text)
    except ValueError:
        months = 99
    if abs(months) > 24:
        wrong(
            "months", "a whole number of months of progress, such as 3 or -2", "Check it at the row's link."
        )
        return None
    return months


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in host and "@" not in parts.netloc and " " not in text
