"""Excel workbooks (.xlsx) as rows of text: checked before they are opened, and never trusted about their size.

python-calamine reads a workbook in a fraction of the time that readers written in Python take, without following
entities or links. What it does not do is refuse: it would unpack a file of a kilobyte to gigabytes, or make room for
every cell between A1 and the last cell of the sheet. So the parts of the file are unpacked once and thrown away, with
their size and the furthest cell noted, before it sees them.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import IO

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from wherewithal.errors import BadInput, NothingThere, Problem
from wherewithal.sources import refusals

LARGEST_UNPACKED = 2 * 1024**3
"""Bytes of all parts together."""
LARGEST_AREA = 20_000_000
"""Cells between the first and the furthest of a sheet: a million rows of twenty columns. About 50 bytes each."""

ZIP = b"PK\x03\x04"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_AT_ONCE = 256 * 1024
_PLACE = re.compile(rb"""=\s*["']([A-Za-z]{0,3})(\d{1,7})["']""")
"""What could say where a cell or row is: any attribute like "B7" or "7", quicker to find than the right one."""
_LONGEST_PLACE = 32
_LAST_ROW = 1_048_576
_DO = "Open it in Excel or LibreOffice and save it as .xlsx or as CSV."

Cell = int | float | str | bool | time | date | datetime | timedelta


def is_workbook(head: bytes) -> bool:
    """Whether a file that begins so may be a workbook: it is opened as one, and refused in words that fit."""
    return head.startswith((ZIP, OLD_OFFICE))


class Workbook:
    """One workbook, checked and opened. ``sheets`` are the names of its sheets with cells, in their order."""

    def __init__(self, source: Path | bytes | IO[bytes], *, name: str = "", largest: int) -> None:
        """Open it. Raises BadInput where it cannot be opened, is larger than ``largest`` bytes or unpacks to too much,
        is protected by a password, of another program, or broken.
        """
        self.name = name or (source.name if isinstance(source, Path) else "the file")
        data = _bytes_of(source, self.name, largest)
        self.size = len(data)
        self.sha256 = hashlib.sha256(data).hexdigest()
        _check(data, self.name)
        with _broken_told(self.name):
            self._book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        self.sheets = tuple(
            sheet.name for sheet in self._book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet
        )
        if not self.sheets:
            raise _refused(self.name, "a workbook without a sheet of cells", _DO)

    def rows(self, sheet: str = "") -> Iterator[tuple[int, Sequence[Cell]]]:
        """The rows of ``sheet`` (its name; the first sheet if empty), each with its number as Excel counts, from the
        first column that holds anything. Empty cells and errors such as #REF! are ""; a formula is its value. Raises
        NothingThere with the sheets there are.
        """
        if sheet and sheet not in self.sheets:
            raise NothingThere(f"{self.name} has no sheet '{sheet}'.", list(self.sheets))
        with _broken_told(self.name):
            found = self._book.get_sheet_by_name(sheet or self.sheets[0])
        yield from enumerate(found.iter_rows(), start=1)


def text_of(cell: Cell) -> str:
    """A cell as people read it: a year that is a number without ".0", a day without a time of midnight."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return str(cell)


@contextmanager
def _broken_told(name: str) -> Iterator[None]:
    """What the reader says of a broken workbook, in our words."""
    try:
        yield
    except (CalamineError, OSError, ValueError) as error:
        raise _broken(name, str(error)) from error
    except BaseException as error:
        # A fault inside the reader arrives as an exception that is meant to end the program.
        if type(error).__name__ == "PanicException":
            raise _broken(name, "parts that contradict each other") from error
        raise


def _bytes_of(source: Path | bytes | IO[bytes], name: str, largest: int) -> bytes:
    if isinstance(source, bytes):
        data = source
    elif isinstance(source, Path):
        try:
            if source.stat().st_size > largest:
                raise refusals.too_large(name, largest)
            data = source.read_bytes()
        except OSError as error:
            raise refusals.not_opened(source, name, error) from error
    else:
        data = source.read(largest + 1)
    if len(data) > largest:
        raise refusals.too_large(name, largest)
    return data


def _check(data: bytes, name: str) -> None:
    """Raises BadInput where the file is no workbook, or one that would take too much memory."""
    if data.startswith(OLD_OFFICE):
        if _ENCRYPTED in data:
            raise _refused(
                name,
                "a workbook protected by a password",
                "Open it in Excel, take the password off (File, Info, Protect Workbook) and save it again.",
            )
        raise _refused(name, "a file of an old Excel or Word (.xls, .doc)", _DO)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise _broken(name, str(error)) from error
    names = {part.filename.lower() for part in parts}
    if "xl/workbook.xml" not in names:
        raise _refused(name, _kind_of(names), _DO)
    left = LARGEST_UNPACKED
    for part in parts:
        if part.flag_bits & 1:
            raise _refused(name, "a zip archive protected by a password", _DO)
        try:
            left -= _unpacked(archive, part, left, name)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise _broken(name, str(error)) from error


def _kind_of(names: set[str]) -> str:
    if "xl/workbook.bin" in names:
        return "a binary workbook (.xlsb)"
    if "content.xml" in names:
        return "an OpenDocument file (.ods, .odt)"
    if "word/document.xml" in names:
        return "a Word document (.docx)"
    return "a zip archive"


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int, name: str) -> int:
    """The size of one part, unpacked a little at a time; raises BadInput where it is too large or spans too much."""
    # What the archive says of the size is the sender's word: read on to where the data really end.
    part.file_size = LARGEST_UNPACKED * 2
    size = rows = columns = 0
    tail = b""
    with archive.open(part) as file:
        while chunk := file.read(_AT_ONCE):
            size += len(chunk)
            if size > left:
                words = f"more than {LARGEST_UNPACKED // 1024**3} GB"
                raise _refused(name, f"content that unpacks to {words}", "Export fewer records, or as CSV.")
            if part.filename.lower().startswith("xl/worksheets/"):
                furthest = set(_PLACE.findall(tail + chunk))
                rows = max(rows, *(int(row) for _, row in furthest if int(row) <= _LAST_ROW), 0)
                columns = max(columns, *(_column(letters) for letters in {found[0] for found in furthest}), 0)
                tail = chunk[-_LONGEST_PLACE:]
    if rows * columns > LARGEST_AREA:
        raise _refused(
            name,
            f"a sheet whose cells reach to row {rows:,} and column {columns:,}",
            "Delete the empty rows and columns behind the table, or save it as CSV.",
        )
    return size


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _refused(name: str, found: str, do: str) -> BadInput:
    return BadInput(
        f"{name} is not read as a workbook.", [Problem(name, found, "an Excel workbook (.xlsx)", do)]
    )


def _broken(name: str, found: str) -> BadInput:
    return BadInput(
        f"{name} could not be read as a workbook: it may be damaged or cut off.",
        [Problem(name, found, "an Excel workbook (.xlsx)", f"Get it again. {_DO}")],
    )
