"""Gathered files: facts from many registers in one file, read as a part of each register.

The format is that of a person's notes: one row a programme and register, with the columns of ``COLUMNS``. Each row
goes to the register that goes by the name in its column ``registry`` (``also_called`` in the register's data file;
a name's ending in brackets may be left off). Its cells are read by the rules of ``gathered_cells`` and
``gathered_rows``; a rating must stand on the register's scale, by its native value, its label or an alias.

Our own starter rows were worded by hand from such a file. ``gathered.csv`` keeps, for each of them, a digest of
every cell it was worded from: where a cell is still the one we read, our wording of it stands; where it differs,
it is read afresh. So bringing in the file we started from changes nothing, and one changed cell shows as one change.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from hashlib import sha256
from importlib import resources

from wherewithal.analyse.library.difference import as_it_stands
from wherewithal.analyse.library.edition import Edition, Row, name_key
from wherewithal.analyse.library.entry import Entry
from wherewithal.analyse.library.gathered_rows import GatheredCells, entry_of, rating_of
from wherewithal.analyse.library.register import Register, registers
from wherewithal.analyse.library.row_checks import Cells, read_entry, read_rating
from wherewithal.analyse.library.starter import starter_editions
from wherewithal.errors import BadInput, Problem
from wherewithal.plain_english import counted, long_date
from wherewithal.sources.files import Row as FileRow
from wherewithal.sources.files import TextFile, read_csv

COLUMNS = (
    "programme",
    "registry",
    "evidence_rating",
    "cost_rating",
    "age_range",
    "targeting",
    "outcome_domains",
    "delivery",
    "rating_date",
    "uk",
    "source_url",
    "note",
)
"""The columns of a gathered file, in the order in which they are written."""

DIGESTED = COLUMNS[2:]

FEEDS: Mapping[str, tuple[str, ...]] = {
    "rating": ("evidence_rating",),
    "rating_words": ("evidence_rating", "note"),
    "months": ("evidence_rating", "note"),
    "cost": ("cost_rating",),
    "ages_offered": ("age_range",),
    "ages_evaluated": ("age_range",),
    "ages": ("age_range",),
    "targeting": ("targeting",),
    "outcomes": ("outcome_domains",),
    "topics": ("outcome_domains",),
    "delivery": ("delivery",),
    "says": ("delivery",),
    "setting": ("delivery",),
    "workforce": ("delivery", "note"),
    "training": ("delivery", "note"),
    "design": ("delivery", "evidence_rating"),
    "lasting": ("delivery", "evidence_rating"),
    "happened": ("evidence_rating", "note"),
    "strength": ("evidence_rating",),
    "published": ("rating_date", "note"),
    "updated": ("rating_date", "note"),
    "last_reviewed": ("rating_date", "note"),
    "uk_available": ("uk",),
    "uk_tested": ("uk",),
    "place": ("uk",),
    "link": ("source_url", "note"),
    "also_see": ("source_url", "note"),
    # What we say about a rating and its date holds no longer where either has moved.
    "caveat": ("note", "evidence_rating", "rating_date"),
}
"""Which cells of a gathered file each of our columns is worded from; those not named here from ``note``."""


@dataclass(frozen=True)
class Made:
    """From which gathered row one of our starter rows was worded: its name, and a digest of every cell."""

    register: str
    row: str
    digests: Mapping[str, str]


def digest(text: str) -> str:
    """A short digest of a cell, the same however it is spaced; "" for an empty one."""
    text = " ".join(text.split())
    return sha256(text.encode()).hexdigest()[:8] if text else ""


@cache
def made_from() -> Mapping[tuple[str, str], Made]:
    """What our starter rows were worded from, by registry and programme as they stand in a gathered file."""
    text = resources.files(__package__).joinpath("gathered.csv").read_text(encoding="utf-8")
    return {
        (row["registry"].casefold(), name_key(row["programme"])): Made(
            row["register"], row["row"], {column: row[column] for column in DIGESTED}
        )
        for row in csv.DictReader(text.splitlines())
    }


@cache
def _ours() -> Mapping[tuple[str, str], Row]:
    """Our starter rows as they stand, by register and compared name."""
    found: dict[tuple[str, str], Row] = {}
    for key in registers():
        held = as_it_stands([edition for edition in starter_editions() if edition.register == key])
        found.update({(key, name_key(row.name)): row for row in (held.rows if held else ())})
    return found


def register_of(registry: str) -> Register | None:
    """The register that goes by that name in a gathered file; its ending in brackets may be unknown to us."""
    names = [registry.strip(), re.sub(r"\s*\([^()]*\)$", "", registry.strip())]
    for name in map(str.casefold, names):
        for one in registers().values():
            if name and name in (
                one.key.casefold(),
                one.name.casefold(),
                *map(str.casefold, one.also_called),
            ):
                return one
    return None


def read_gathered(
    file: TextFile,
    *,
    edition_date: date,
    today: date,
    origin: str = "",
    only: str | None = None,
    our_wording: bool = True,
) -> tuple[Edition[Row], ...]:
    """Read a gathered file (UTF-8 CSV with the columns of ``COLUMNS``) as one edition for each register in it.

    Editions come in the registers' order and are parts: a row that is missing says nothing, since nobody promises
    that such a file holds the whole of any register. ``only`` reads the rows of one register, by its key, and
    nothing in the rows of the others but their registry. ``our_wording=False`` reads every cell afresh, even
    where our starter rows word it.

    Raises BadInput with every problem found, row by row: a column missing, renamed or added; a registry that no
    register goes by; a rating or cost that is not on its register's scale; one programme twice in a register; a date
    that is not one or lies after ``today``; a row without a link.
    """
    if only is not None and only not in registers():
        raise BadInput(f"There is no register '{only}'. There is: {', '.join(registers())}.")
    header, rows = read_csv(file, required=(), kind="a gathered file")
    problems = _wrong_columns(header)
    if edition_date > today:
        problems.append(
            Problem(
                "the edition's date",
                long_date(edition_date),
                f"a date up to today, {long_date(today)}",
                "Give the day the facts were gathered.",
            )
        )
    if problems:
        raise _refused(file, problems)
    read: dict[str, list[Row]] = {}
    seen: dict[tuple[str, str], int] = {}
    try:
        for file_row in rows:
            register = _register_for(file_row, problems)
            if register is None or (only is not None and register.key != only):
                continue
            row = _read_row(file_row, register, today, problems, our_wording=our_wording)
            if row is None:
                continue
            key = (register.key, name_key(row.name))
            if key in seen and isinstance(row, Entry) and row.reference:
                # Two editions of one guideline have one title: the reference tells them apart.
                row = replace(row, title=f"{row.title} ({row.reference})")
                key = (register.key, name_key(row.name))
            if key in seen:
                problems.append(
                    Problem(
                        f"row {file_row.number}, column 'programme'",
                        f"'{row.name}' of {register.name}, which row {seen[key]} already holds",
                        "each programme once in a register",
                        "Keep the newer row, or give the two versions their own names.",
                    )
                )
            seen.setdefault(key, file_row.number)
            read.setdefault(register.key, []).append(row)
    except BadInput as error:
        # A row that breaks the table ends the reading; what was wrong before it is still told.
        problems.extend(error.problems)
    if not problems and not read:
        what = f"no rows of {registers()[only].name}" if only else "a header and no rows"
        problems.append(Problem(file.name, what, "at least one row", "Export it again and check its size."))
    if problems:
        raise _refused(file, problems)
    return tuple(
        Edition(
            key,
            edition_date,
            tuple(read[key]),
            complete=False,
            origin=origin or f"A gathered file, {file.name}: the page linked in each row.",
            sha256=file.sha256,
        )
        for key in registers()
        if key in read
    )


def _refused(file: TextFile, problems: list[Problem]) -> BadInput:
    count = counted(len(problems), "problem")
    return BadInput(f"{file.name} cannot be read as a gathered file: {count}. Nothing was changed.", problems)


def _wrong_columns(header: list[str]) -> list[Problem]:
    problems = [
        Problem(
            f"row 1, column '{column}'",
            "no such column" if column not in header else f"it stands {header.count(column)} times",
            f"one column named '{column}'",
            "Name the columns as they were; their cells may be empty."
            if column not in header
            else "Keep one of them.",
        )
        for column in COLUMNS
        if header.count(column) != 1
    ]
    problems.extend(
        Problem(
            f"row 1, column '{column}'",
            "a column that gathered files do not have",
            f"only these: {', '.join(COLUMNS)}",
            "Take it out, so that nothing in it is silently left behind.",
        )
        for column in header
        if column and column not in COLUMNS
    )
    return problems


def _register_for(row: FileRow, problems: list[Problem]) -> Register | None:
    registry = " ".join(row.cells["registry"].split())
    found = register_of(registry)
    if found is None:
        names = "; ".join(
            f"{one.name} ({', '.join(one.also_called)})" if one.also_called else one.name
            for one in registers().values()
        )
        problems.append(
            Problem(
                f"row {row.number}, column 'registry'",
                f"'{registry}', a name that no register here goes by" if registry else "nothing",
                f"one of these: {names}",
                "Use one of these names, or add the name to the register's data file.",
            )
        )
    return found


def _read_row(
    file_row: FileRow, register: Register, today: date, problems: list[Problem], *, our_wording: bool
) -> Row | None:
    """The row, or None where something in it is wrong, or it adds nothing to another row of ours."""
    before = len(problems)
    cells = GatheredCells(file_row.number, {name: " ".join(file_row.cells[name].split()) for name in COLUMNS})
    plain: Row = (
        rating_of(cells, register, today, problems)
        if register.rates
        else entry_of(cells, register, today, problems)
    )
    if len(problems) > before:
        return None
    made = made_from().get((cells["registry"].casefold(), name_key(cells["programme"])))
    row: Row | None = plain
    if made and made.register == register.key:
        same = {column for column in DIGESTED if digest(cells[column]) == made.digests[column]}
        row = _in_our_words(plain, made, same, our_wording=our_wording)
    if row is not None:
        _check(row, file_row.number, register, today, problems)
    return row if len(problems) == before else None


def _in_our_words(plain: Row, made: Made, same: set[str], *, our_wording: bool) -> Row | None:
    """``plain`` under our name for it, with our wording of every column whose cells are still those we read."""
    if made.row.startswith("+"):
        # A second row on something that another row of the file is already about.
        return None if same == set(DIGESTED) else plain
    ours = _ours()[made.register, name_key(made.row)]
    if not our_wording:
        same = set()
    keep: dict[str, object] = {
        column.name: getattr(ours, column.name)
        for column in fields(ours)
        if all(cell in same for cell in FEEDS.get(column.name, ("note",)))
    }
    if not plain.published and "note" in same:
        # The cell gives the review's date: the page's own was worded from the note.
        keep["published"] = ours.published
    # What makes it the same row.
    keep |= {"programme": ours.name} if not isinstance(ours, Entry) else _identity(ours)
    return replace(plain, **keep)  # type: ignore[arg-type]


def _identity(entry: Entry) -> dict[str, object]:
    return {"title": entry.title, "part_of": entry.part_of, "type": entry.type, "reference": entry.reference}


def _check(row: Row, number: int, register: Register, today: date, problems: list[Problem]) -> None:
    """What holds for every row of the register's own files must hold for this one: lengths, dates, links.

    A wrong cell is named by the column of the gathered file that it was read from.
    """
    texts = {name: "" if value is None else str(value) for name, value in row.as_dict().items()}
    found: list[Problem] = []
    cells = Cells(FileRow(number, texts), tuple(texts), today, found)
    if register.rates:
        read_rating(cells, register)
    else:
        read_entry(cells, register)
    for problem in found:
        ours = re.search(r"column '(.+)'", problem.where)
        column = "programme" if ours is None or ours[1] in ("programme", "title") else ours[1]
        read_from = FEEDS.get(column, ("note",))[0] if column != "programme" else column
        problems.append(replace(problem, where=f"row {number}, column '{read_from}'"))
