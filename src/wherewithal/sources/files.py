"""Files that people bring: opened with limits, told apart by content, decoded without losing a character.

Every reader in the library starts here, so that a wrong file is refused in the same words everywhere.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from wherewithal.errors import BadInput, Problem
from wherewithal.sources import refusals

LARGEST_BYTES = 100 * 1024 * 1024
"""The largest file read unless a caller says otherwise: well above any export met, well below memory."""


@dataclass(frozen=True)
class TextFile:
    """The text of one file, and what identifies it.

    ``sha256`` is of the bytes as they came; ``encoding`` is what they were read as.
    """

    name: str
    text: str
    encoding: str
    sha256: str
    size: int


def read_text(source: Path | bytes | IO[bytes], *, name: str = "", largest: int = LARGEST_BYTES) -> TextFile:
    """Read a text file of unknown encoding.

    Reads UTF-8 and UTF-16 by their marks, then UTF-8, then the encoding that the content suggests.
    Raises BadInput for an empty file, one over ``largest`` bytes (never read whole), and one whose content
    is not text, such as a spreadsheet renamed to .csv.
    """
    name = name or (source.name if isinstance(source, Path) else "the file")
    data = bytes_of(source, name, largest)
    if not data.strip():
        raise refusals.empty(name)
    refusals.refuse_binary(data, name)
    text, encoding = _decode(data, name)
    return TextFile(name, text, encoding, hashlib.sha256(data).hexdigest(), len(data))


def bytes_of(source: Path | bytes | IO[bytes], name: str, largest: int) -> bytes:
    """The content of a file. Raises BadInput where it cannot be opened or has more than ``largest`` bytes."""
    if isinstance(source, bytes):
        data = source
    elif isinstance(source, Path):
        try:
            with source.open("rb") as stream:
                data = stream.read(largest + 1)
        except OSError as error:
            raise refusals.not_opened(source, name, error) from error
    else:
        data = source.read(largest + 1)
    if len(data) > largest:
        raise refusals.too_large(name, largest)
    return data


def _decode(data: bytes, name: str) -> tuple[str, str]:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError as error:
                raise _undecodable(name, data, error.start, encoding) from error
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        first_bad = error.start
    # Windows programs in English write cp1252: tried first where it explains every byte.
    try:
        return data.decode("cp1252"), "cp1252"
    except UnicodeDecodeError:
        # Few files come here, and loading it takes as long as reading a small one.
        from charset_normalizer import from_bytes

        best = from_bytes(data).best()
    if best is None:
        raise _undecodable(name, data, first_bad, "any known encoding")
    return str(best), best.encoding


def _undecodable(name: str, data: bytes, position: int, encoding: str) -> BadInput:
    row = data[:position].count(b"\n") + 1
    return BadInput(
        f"{name} holds characters that could not be read.",
        [
            Problem(
                f"{name}, row {row}",
                f"bytes that are not {encoding}",
                "UTF-8 text",
                "Save it again as 'CSV UTF-8' or with the encoding set to UTF-8.",
            )
        ],
    )


@dataclass(frozen=True)
class Row:
    """One row of a CSV: ``number`` counts as a spreadsheet does, the header being row 1."""

    number: int
    cells: dict[str, str]


def read_csv(file: TextFile, *, required: Sequence[str], kind: str) -> tuple[list[str], Iterator[Row]]:
    """The header and the rows of a CSV that must have certain columns.

    ``kind`` names the format in words for the message ("a Fingertips export"). Columns are separated by
    comma, semicolon or tab, whichever the header uses. Raises BadInput naming every missing column and the
    columns that do exist, and for a required column that is there twice; while iterating, for a row with more
    cells than columns.
    """
    first_line = file.text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first_line.count)
    # Strict, because a quotation mark that never ends would otherwise swallow the rows after it in silence.
    reader = csv.reader(io.StringIO(file.text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = [cell.strip() for cell in next(reader)]
    except (StopIteration, csv.Error) as error:
        raise BadInput(f"{file.name} has no header row.") from error
    missing = [column for column in required if column not in header]
    if missing:
        found = ", ".join(f"'{column}'" for column in header[:30] if column) or "none"
        raise BadInput(
            f"{file.name} is not {kind}: {len(missing)} of its columns {'is' if len(missing) == 1 else 'are'} missing.",
            [
                Problem(
                    f"row 1, column '{column}'",
                    f"no such column; the columns found are {found}",
                    f"a column named '{column}'",
                    "Download the file again without changing its columns.",
                )
                for column in missing
            ],
        )
    twice = [column for column in required if header.count(column) > 1]
    if twice:
        raise BadInput(
            f"{file.name} names a column twice.",
            [
                Problem(
                    f"row 1, column '{column}'",
                    f"{header.count(column)} columns of that name",
                    "one, so that it is clear which holds the values",
                    "Take out the one that does not belong, or download the file again.",
                )
                for column in twice
            ],
        )
    return header, _rows(reader, header, file.name)


def _rows(reader: Iterator[list[str]], header: list[str], name: str) -> Iterator[Row]:
    number = 1
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise BadInput(
                f"{name} breaks off in row {number}.",
                [Problem(f"row {number}", str(error), "a complete row", "Download the file again.")],
            ) from error
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(header):
            raise BadInput(
                f"{name} has a row that does not fit its columns.",
                [
                    Problem(
                        f"row {number}",
                        f"{len(cells)} cells",
                        f"at most {len(header)}, as in the header",
                        "Look for a comma or a quotation mark too many in that row.",
                    )
                ],
            )
        cells += [""] * (len(header) - len(cells))
        yield Row(number, dict(zip(header, cells, strict=True)))
