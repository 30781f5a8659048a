"""Register files: a dated CSV read row by row, every problem named, nothing half-read; and written again."""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Iterator
from dataclasses import fields
from datetime import date

from wherewithal.analyse.library.edition import Edition, Row, name_key
from wherewithal.analyse.library.entry import Entry
from wherewithal.analyse.library.rating import ADDED, Rating
from wherewithal.analyse.library.register import Register, registers
from wherewithal.analyse.library.row_checks import FORMULA, Cells, read_entry, read_rating
from wherewithal.errors import BadInput, Problem
from wherewithal.plain_english import counted, long_date
from wherewithal.sources.files import Row as FileRow
from wherewithal.sources.files import TextFile, read_csv

RATING_COLUMNS = tuple(field.name for field in fields(Rating))
ENTRY_COLUMNS = tuple(field.name for field in fields(Entry))

LARGEST_BYTES = 5 * 1024 * 1024
"""No register known here comes near it; a larger file is something else."""


def columns_of(register: Register) -> tuple[str, ...]:
    """The columns of this register's files, in the order in which they are written."""
    return RATING_COLUMNS if register.rates else ENTRY_COLUMNS


def read_edition(
    file: TextFile,
    register: Register,
    *,
    edition_date: date,
    today: date,
    as_of: str = "",
    complete: bool = True,
    origin: str = "",
) -> Edition[Row]:
    """Read a register file (UTF-8 CSV with the columns of ``columns_of``) as the edition of ``edition_date``.

    Most cells may be empty. Raises BadInput with every problem found: a missing or renamed column, a rating
    or cost that is not on the register's scale, a row that stands twice, a date that is not one or lies after
    ``today``, a link that is not a web address, words where a column takes only certain ones.
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
    columns = columns_of(register)
    header, rows = read_csv(file, required=(), kind="a register file")
    wrong_columns = _wrong_columns(header, columns)
    if wrong_columns:
        raise _refused(file, register, problems + wrong_columns)
    read: list[Row] = []
    first_seen: dict[str, int] = {}
    for file_row in _complete_rows(rows, problems):
        cells = Cells(file_row, columns, today, problems)
        row: Row = read_rating(cells, register) if register.rates else read_entry(cells, register)
        key = name_key(row.name)
        if key and key in first_seen:
            problems.append(
                Problem(
                    f"row {file_row.number}, column '{columns[0]}'",
                    f"'{row.name}', which row {first_seen[key]} already holds",
                    "each one once",
                    "Keep the newer row, or give the two versions their own names.",
                )
            )
        first_seen.setdefault(key, file_row.number)
        read.append(row)
    if not read and not problems:
        problems.append(
            Problem(
                file.name,
                "a header and no rows",
                "at least one row",
                "Export it again and check its size.",
            )
        )
    if problems:
        raise _refused(file, register, problems)
    return Edition(register.key, edition_date, tuple(read), as_of, complete, origin, file.sha256)


def write_edition(edition: Edition[Row]) -> str:
    """The edition as the CSV that ``read_edition`` reads.

    Text that a spreadsheet would take for a formula gets an apostrophe in front, which reading takes off.
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, columns_of(registers()[edition.register]), lineterminator="\r\n")
    writer.writeheader()
    for row in edition.rows:
        cells = {name: "" if value is None else value for name, value in row.as_dict().items()}
        writer.writerow(
            {
                name: f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
                for name, value in cells.items()
            }
        )
    return out.getvalue()


def _refused(file: TextFile, register: Register, problems: list[Problem]) -> BadInput:
    count = counted(len(problems), "problem")
    return BadInput(f"{file.name} cannot be read as {register.name}: {count}. Nothing was changed.", problems)


def _wrong_columns(header: list[str], columns: tuple[str, ...]) -> list[Problem]:
    unknown = [column for column in header if column and column not in columns]
    problems = []
    for column in columns:
        count = header.count(column)
        if count == 1 or (count == 0 and column in ADDED):
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
            f"only these: {', '.join(columns)}",
            "Take it out, so that nothing in it is silently left behind.",
        )
        for column in unknown
    )
    return problems


def _complete_rows(rows: Iterator[FileRow], problems: list[Problem]) -> Iterator[FileRow]:
    try:
        yield from rows
    except BadInput as error:
        # A row that breaks the table ends the reading; what was wrong before it is still told.
        problems.extend(error.problems)
