"""One row of a register file, cell by cell: read into our words, or every wrong cell named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

from wherewithal.analyse.library.dates import FactDate
from wherewithal.analyse.library.entry import TYPES, Entry
from wherewithal.analyse.library.rating import STUDY_DESIGNS, YES_NO, Rating
from wherewithal.analyse.library.register import Register
from wherewithal.errors import Problem
from wherewithal.plain_english import listed, long_date
from wherewithal.sources.files import Row as FileRow

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for the start of a formula."""

_LONGEST = {
    "programme": 200,
    "title": 300,
    "reference": 40,
    "part_of": 200,
    "link": 500,
    "also_see": 500,
    "cost": 20,
    "rating": 100,
}
_LONGEST_OTHER = 1000


class Cells:
    """The cells of one row while they are checked. A wrong cell is noted in ``problems`` and emptied.

    A column that the file lacks, and may lack, is an empty cell.
    """

    def __init__(self, row: FileRow, columns: tuple[str, ...], today: date, problems: list[Problem]) -> None:
        self.number = row.number
        self.today = today
        self.problems = problems
        self.text = {name: _without_apostrophe(" ".join(row.cells.get(name, "").split())) for name in columns}
        self._wrong: set[str] = set()
        self._check_lengths()

    def __getitem__(self, column: str) -> str:
        return self.text[column]

    def wrong(self, column: str, expected: str, do: str, found: str = "") -> None:
        where = f"row {self.number}, column '{column}'"
        self.problems.append(Problem(where, found or f"'{self.text[column][:80]}'", expected, do))
        self.text[column] = ""
        self._wrong.add(column)

    def _check_lengths(self) -> None:
        for column, text in list(self.text.items()):
            longest = _LONGEST.get(column, _LONGEST_OTHER)
            if "\0" in text:
                self.wrong(column, "readable text", "Export the file again.", "characters that are not text")
            elif len(text) > longest:
                self.wrong(
                    column,
                    f"at most {longest} characters",
                    "Store facts in short words, not the publisher's prose.",
                    f"{len(text):,} characters",
                )

    def check_words(self, column: str, allowed: tuple[str, ...]) -> None:
        """Only certain words, in capitals or not; or nothing, where that is one of them."""
        self.text[column] = self.text[column].lower()
        if self.text[column] not in allowed:
            words = listed([f"'{word}'" for word in allowed if word], "or")
            nothing = "; or nothing where the page does not say" if "" in allowed else ""
            self.wrong(
                column, words + nothing, "Use one of these words.", "" if self.text[column] else "nothing"
            )

    def check_date(self, column: str) -> None:
        if not self.text[column]:
            return
        try:
            when = FactDate.parse(self.text[column])
        except ValueError:
            self.wrong(column, "a date such as 2016, 2016-07 or 2016-07-14", "Write the year first.")
            return
        if when.earliest > self.today:
            self.wrong(
                column,
                f"a date up to today, {long_date(self.today)}",
                "Check the date at the row's link.",
                f"{when.words}, which is in the future",
            )

    def check_links(self) -> None:
        for column in ("link", "also_see"):
            if self.text[column] and not _is_web_address(self.text[column]):
                self.wrong(
                    column,
                    "a web address that starts with https:// or http://",
                    "Copy it from the browser again.",
                )
        if not self.text["link"] and "link" not in self._wrong:
            self.wrong(
                "link", "the page where the facts can be checked", "Give the page's address.", "nothing"
            )


def read_rating(cells: Cells, register: Register) -> Rating:
    """A row of a register that rates programmes, or of single studies."""
    if not cells["programme"]:
        cells.wrong("programme", "the programme's name", "Fill it in, or take the row out.", "nothing")
    if cells["rating"] and register.read_value(cells["rating"]) is None:
        cells.wrong(
            "rating",
            f"a value of this register's scale: {register.scale_in_words}; or nothing",
            "Check it at the row's link. If the register changed its scale, change its data file first.",
        )
    if cells["cost"] and register.cost(cells["cost"]) is None:
        scale = ", ".join(f"'{cost.native}'" for cost in register.costs)
        cells.wrong(
            "cost",
            f"{scale} or nothing" if scale else "nothing: this register gives no cost",
            "Check the row's link.",
        )
    cells.check_words("design", STUDY_DESIGNS)
    for column in ("lasting", "uk_available", "uk_tested"):
        cells.check_words(column, YES_NO)
    for column in ("published", "last_reviewed"):
        cells.check_date(column)
    cells.check_links()
    months = _months(cells, register)
    return Rating(**{**cells.text, "months": months})  # type: ignore[arg-type]


def read_entry(cells: Cells, register: Register) -> Entry:
    """A row of a list of guidance, toolkits or practice examples."""
    if not cells["title"]:
        cells.wrong("title", "what it is called", "Fill it in, or take the row out.", "nothing")
    cells.check_words("type", TYPES[register.kind])
    if cells["type"] in ("key principle", "recommendation") and not cells["part_of"]:
        cells.wrong("part_of", "the title of its guide", "Name the guide it belongs to.", "nothing")
    for column in ("published", "updated"):
        cells.check_date(column)
    cells.check_links()
    entry = Entry(**cells.text)
    if register.facts_only:
        for column in ("says", "happened", "strength"):
            if cells[column]:
                cells.wrong(
                    column,
                    f"nothing: the licence of {register.name} lets us keep references and dates only",
                    "Empty the cell; the link leads to the text.",
                )
        entry = replace(entry, says="", happened="", strength="")
    return entry


def _without_apostrophe(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text


def _months(cells: Cells, register: Register) -> int | None:
    text = cells["months"].replace("−", "-")
    if not text:
        return None
    if not register.months:
        cells.wrong("months", "nothing: this register gives no months of progress", "Empty the cell.")
        return None
    try:
        months = int(text)
    except ValueError:
        months = 99
    if abs(months) > 24:
        cells.wrong(
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
