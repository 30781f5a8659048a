"""Why a file is refused before its content is read: the same words wherever a file is brought."""

from __future__ import annotations

import codecs
from pathlib import Path

from wherewithal.errors import BadInput, Problem

_BINARY = {
    b"PK\x03\x04": "a spreadsheet, Word file or zip archive (.xlsx, .docx, .ods, .zip)",
    b"\xd0\xcf\x11\xe0": "an old Excel or Word file (.xls, .doc)",
    b"%PDF": "a PDF",
    b"\x1f\x8b": "a compressed file (.gz)",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"SQLite format 3": "a database",
}


def not_opened(path: Path, name: str, error: OSError) -> BadInput:
    """The file is not there, or may not be read."""
    found = error.strerror or str(error)
    return BadInput(
        f"{name} could not be opened.",
        [Problem(str(path), found, "a file that can be read", "Check the path.")],
    )


def too_large(name: str, largest: int) -> BadInput:
    """The file has more than ``largest`` bytes."""
    words = f"{round(largest / 1024 / 1024)} MB"
    return BadInput(
        f"{name[:1].upper()}{name[1:]} is larger than {words}, the most that is read at once.",
        [
            Problem(
                name,
                f"more than {words}",
                f"at most {words}",
                "Export fewer areas, years or records, and bring the parts one after another.",
            )
        ],
    )


def empty(name: str) -> BadInput:
    """The file holds nothing but white space."""
    return BadInput(
        f"{name} is empty.",
        [Problem(name, "no content", "at least one row of text", "Export it again and check its size.")],
    )


def refuse_binary(head: bytes, name: str) -> None:
    """Raises BadInput where the first bytes of a file are not those of a text file, whatever it is called."""
    kind = next((words for mark, words in _BINARY.items() if head.startswith(mark)), None)
    utf16 = head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    if kind is None and b"\0" in head[:65536] and not utf16:
        kind = "not text"
    if kind:
        raise BadInput(
            f"{name} is not a text file, whatever its name ends with.",
            [
                Problem(
                    name, kind, "plain text such as CSV or RIS", "Open it in its program and save it as that."
                )
            ],
        )
