"""The records of a JSON file one at a time: a list, pages of results, or one object a line.

Services wrap their lists differently ("results", "resultList"), and people join several pages into one file.
All of these are a sequence of JSON values; lists are read item by item, pages page by page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from wherewithal.analyse.reviews.records.reading import Lines, Reading, excerpt

LARGEST_VALUE = 100_000_000
"""Characters of one object or page that is read whole; a page of a thousand works is a tenth of it."""

_READ_AT_ONCE = 256 * 1024
_SPACE = re.compile(r"[\s,]*")
_DO = "Download the file again: it may have been cut off, or changed by hand."


class _Text:
    """As much of the file as has been read and is still needed. ``line`` is the number of its first line."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self.rest = ""
        self.line = 1

    def more(self) -> bool:
        """Read on: at least as much again as is already held, so that trying again costs little."""
        parts: list[str] = []
        wanted = max(_READ_AT_ONCE, len(self.rest))
        for _, text in self._lines:
            parts.append(f"{text}\n")
            wanted -= len(text)
            if wanted <= 0:
                break
        self.rest += "".join(parts)
        return bool(parts)

    def drop(self, length: int) -> None:
        self.line += self.rest.count("\n", 0, length)
        self.rest = self.rest[length:]

    def next_sign(self) -> str:
        """The next character that is neither space nor comma, which stays; empty at the end of the file."""
        while True:
            space = _SPACE.match(self.rest)
            self.drop(space.end() if space else 0)
            if self.rest or not self.more():
                return self.rest[:1]


def objects(lines: Lines, reading: Reading) -> Iterator[dict[str, Any]]:
    """Every record object of the file. The first problem goes to ``reading`` and ends it: what follows text
    that is not JSON cannot be told apart.
    """
    text = _Text(lines)
    decoder = json.JSONDecoder()
    inside = False
    while sign := text.next_sign():
        if sign in "[]" and inside is (sign == "]"):
            inside = not inside
            text.drop(1)
            continue
        try:
            value, end = decoder.raw_decode(text.rest)
        except json.JSONDecodeError as error:
            if len(text.rest) < LARGEST_VALUE and text.more():
                continue
            _broken(text, error.pos, reading)
            return
        if not isinstance(value, dict):
            reading.problem(text.line, excerpt(text.rest[:end]), "an object in braces for each record", _DO)
            return
        yield from _records_in(value)
        text.drop(end)
    if inside:
        reading.problem(text.line, "the end of the file inside a list", "a closing ']'", _DO)


def _broken(text: _Text, place: int, reading: Reading) -> None:
    after = text.rest[place:]
    reading.problem(
        text.line + text.rest.count("\n", 0, place),
        excerpt(after) if after.strip() else "the end of the file inside a record",
        "JSON, with every bracket and quotation mark closed",
        _DO,
    )


def _records_in(value: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The records of a page of results, or the record itself."""
    inner = value.get("resultList")
    page = inner.get("result") if isinstance(inner, dict) else value.get("results", value.get("items"))
    if isinstance(page, list) and all(isinstance(item, dict) for item in page):
        yield from page
    elif isinstance(value.get("result"), dict):
        yield value["result"]
    else:
        yield dict(value)
