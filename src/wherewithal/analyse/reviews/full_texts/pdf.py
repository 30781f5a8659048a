"""What a file is that somebody brings as a full text, and the words of a PDF page by page.

Words are drawn by pypdf (https://pypdf.readthedocs.io) from what the file says are its characters. They can be
wrong or in the wrong order, a picture of a page has none, and whoever shows them says that a machine read them.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wherewithal.analyse.reviews.full_texts import apart
from wherewithal.errors import BadInput, Problem

LARGEST = 50 * 1024 * 1024
"""Bytes of a full text. An article has one or two megabytes, a long report with pictures twenty."""

MOST_PAGES = 600
MOST_CHARACTERS = 3_000_000
LOOK = 20.0
"""Seconds for looking whether a file can be read, while a person waits."""

READ = 180.0
"""Seconds for reading all of it, in the background."""

FIRST_PAGES = 2
"""Pages on which an article says what it is."""

_KINDS = {
    b"<!doctype html": "a web page",
    b"<html": "a web page",
    b"PK\x03\x04": "a Word file, spreadsheet or zip archive",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file",
    b"{\\rtf": "a rich text file",
    b"%!PS": "PostScript",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
}


@dataclass(frozen=True)
class Examined:
    """A PDF that can be read: its ``pages``, the ``title`` it gives itself, and its ``first`` pages' words."""

    pages: int
    title: str
    first: str


@dataclass(frozen=True)
class Words:
    """The words of a PDF: one text a page, empty where there are none. ``missing`` says what was not read."""

    pages: tuple[str, ...]
    missing: str = ""

    @property
    def any(self) -> bool:
        return any(text.strip() for text in self.pages)


def examine(path: Path, *, name: str, largest: int = LARGEST, seconds: float = LOOK) -> Examined:
    """See that a file is a PDF whose pages can be read. ``name`` is what the person calls it.

    Raises BadInput for an empty or too large file, one of another kind whatever its name, one that breaks off,
    is locked with a password, has no pages, or takes longer than ``seconds`` to look at.
    """
    _refuse_by_its_bytes(path, name, largest)
    said, _ended = _read_apart(path, FIRST_PAGES, seconds)
    if not said:
        raise _refused(
            name,
            "a PDF that cannot be read within reason",
            "It may be damaged, or made to do harm. Open it and print it to a new PDF.",
        )
    head = said[0]
    if "refused" in head:
        raise _told(name, head["refused"])
    first = "\n".join(each["text"] or "" for each in said[1:])
    return Examined(int(head["pages"]), _plain(head["title"]), _plain(first))


def read_words(path: Path, *, most: int = MOST_PAGES, seconds: float = READ) -> Words:
    """The words of a PDF that was examined. What takes too long, or too much memory, is left out and said.

    Raises BadInput where not even its pages can be counted any more.
    """
    said, ended = _read_apart(path, most, seconds)
    if not said or "refused" in said[0]:
        raise _told("The full text", said[0]["refused"] if said else apart.DAMAGED)
    pages, characters = [], 0
    for each in said[1:]:
        text = _plain(each["text"] or "")
        characters += len(text)
        if characters > MOST_CHARACTERS:
            break
        pages.append(text)
    total = int(said[0]["pages"])
    left = total - len(pages)
    if not left:
        return Words(tuple(pages))
    why = "it is longer than is read" if len(pages) >= most or characters > MOST_CHARACTERS else ended
    return Words(tuple(pages), f"{left:,} of {total:,} pages were not read: {why}.")


def _refuse_by_its_bytes(path: Path, name: str, largest: int) -> None:
    size = path.stat().st_size
    if not size:
        raise _refused(name, "an empty file", "Download it again.")
    if size > largest:
        raise _refused(
            name,
            f"{size / 1024 / 1024:,.0f} MB",
            "Save it with smaller pictures, or give its address instead.",
            expected=f"at most {largest // 1024 // 1024} MB",
        )
    with path.open("rb") as file:
        head = file.read(1024)
        file.seek(max(0, size - 65_536))
        tail = file.read()
    if b"%PDF-" not in head:
        start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:15]
        kind = next((words for mark, words in _KINDS.items() if start.lower().startswith(mark.lower())), "")
        raise _refused(
            name,
            kind or "a file of another kind",
            "Open its page in your browser and download the PDF itself."
            if kind == "a web page"
            else "Open it in its program and save it as a PDF.",
        )
    if b"%%EOF" not in tail:
        raise _refused(name, "a PDF that breaks off before its end", "Download it again.")


def _told(name: str, refused: str) -> BadInput:
    found, do = {
        apart.LOCKED: (
            "a PDF that is locked with a password",
            "Open it with the password and print it to a new PDF.",
        ),
        apart.NO_PAGES: ("a PDF without a page", "Download it again."),
    }.get(refused, ("a PDF that is damaged: its pages cannot be found", "Download it again."))
    return _refused(name, found, do)


def _refused(
    name: str, found: str, do: str, expected: str = "a PDF that opens without a password"
) -> BadInput:
    return BadInput(f"{name} was not taken: {found}. {do}", [Problem(name, found, expected, do)])


def _read_apart(path: Path, pages: int, seconds: float) -> tuple[list[dict[str, Any]], str]:
    """What the process apart said before it ended, and how it ended where that was not well."""
    # By its file, so that it starts in a moment: as a part of this package it would load all of that first.
    command = [sys.executable, "-I", apart.__file__, str(path), str(pages)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=seconds, check=False)
        said, ended = done.stdout, "" if done.returncode == 0 else "the file needs too much to be read"
    except subprocess.TimeoutExpired as late:
        said, ended = late.stdout or b"", "they took too long"
    return list(_objects(said)), ended


def _objects(said: bytes) -> Iterator[dict[str, Any]]:
    for line in said.splitlines():
        try:
            value = json.loads(line)
        except ValueError:  # it was ended in the middle of a line
            return
        yield value


def _plain(text: str) -> str:
    """Without what no database keeps, and words that a line's end cut joined again."""
    text = text.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")
    return text.replace("-\n", "").replace("\u00ad", "").replace("\ufb01", "fi").replace("\ufb02", "fl")
