"""Large text files read line by line: checked as they pass, never held whole.

The same refusals as ``sources.files``, for formats whose exports run to hundreds of megabytes. Decoding is
line by line too: exports that mix UTF-8 with a few lines of Windows-1252 are common, and one such byte must
neither stop the file nor spoil the lines around it.
"""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from wherewithal.errors import BadInput, Problem
from wherewithal.sources import refusals

CHUNK_BYTES = 1024 * 1024
HEAD_BYTES = 64 * 1024


class TextStream:
    """One text file, read once from front to back.

    ``head`` is the first part of the text, for telling formats apart. ``lines`` yields (number, text) with
    the line ending taken off, numbers counting from 1. ``sha256`` (of the bytes as they came), ``size`` and
    ``encoding`` are complete once ``lines`` has been read to its end. ``windows_lines`` counts the lines that
    were not UTF-8.
    """

    def __init__(self, source: Path | bytes | IO[bytes], *, name: str = "", largest: int) -> None:
        """Open it and read its head. Raises BadInput for an empty file, one that is not text, one that cannot
        be opened, and (for a path or bytes, before anything is read) one larger than ``largest`` bytes.
        """
        self.name = name or (source.name if isinstance(source, Path) else "the file")
        self.size = 0
        self.windows_lines = 0
        self.utf8_lines = 0
        self._largest = largest
        self._hash = hashlib.sha256()
        self._chunks = self._checked(_chunks_of(source, self.name, largest))
        self._first = b"".join(self._take(HEAD_BYTES))
        if not self._first.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
            raise refusals.empty(self.name)
        refusals.refuse_binary(self._first, self.name)
        self._utf16 = self._first[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
        head = self._first.decode("utf-16" if self._utf16 else "utf-8-sig", errors="replace")
        self.head = head.replace("\r\n", "\n").replace("\r", "\n")

    def _take(self, wanted: int) -> Iterator[bytes]:
        while wanted > 0 and (chunk := next(self._chunks, b"")):
            wanted -= len(chunk)
            yield chunk

    def _checked(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        for chunk in chunks:
            self.size += len(chunk)
            if self.size > self._largest:
                raise refusals.too_large(self.name, self._largest)
            self._hash.update(chunk)
            yield chunk

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()

    @property
    def encoding(self) -> str:
        if self._utf16:
            return "utf-16"
        return "windows-1252" if self.windows_lines and not self.utf8_lines else "utf-8"

    def lines(self) -> Iterator[tuple[int, str]]:
        """Every line with its number. Raises BadInput naming a line that is in no known encoding."""
        decoded = self._utf16_lines() if self._utf16 else self._eight_bit_lines()
        for number, text in enumerate(decoded, start=1):
            yield number, text.lstrip("\ufeff") if number == 1 else text

    def _bytes(self) -> Iterator[bytes]:
        first, self._first = self._first, b""
        yield first
        yield from self._chunks

    def _eight_bit_lines(self) -> Iterator[str]:
        # Files from old Macs end their lines with CR alone.
        old_mac = b"\n" not in self._first and b"\r" in self._first
        ending = b"\r" if old_mac else b"\n"
        rest = b""
        number = 0
        for chunk in self._bytes():
            parts = (rest + chunk).split(ending)
            rest = parts.pop()
            for part in parts:
                number += 1
                yield self._decoded(part.rstrip(b"\r"), number)
        if rest:
            yield self._decoded(rest.rstrip(b"\r"), number + 1)

    def _decoded(self, raw: bytes, number: int) -> str:
        if raw.isascii():
            return raw.decode("ascii")
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            self.utf8_lines += 1
            return text
        try:
            text = raw.decode("cp1252")
        except UnicodeDecodeError as error:
            raise self._unreadable(f"line {number}") from error
        self.windows_lines += 1
        return text

    def _utf16_lines(self) -> Iterator[str]:
        decoder = codecs.getincrementaldecoder("utf-16")()
        rest = ""
        number = 0
        try:
            for chunk in self._bytes():
                parts = (rest + decoder.decode(chunk)).split("\n")
                rest = parts.pop()
                for part in parts:
                    number += 1
                    yield part.rstrip("\r")
            rest += decoder.decode(b"", final=True)
        except UnicodeDecodeError as error:
            raise self._unreadable(f"after line {number}") from error
        if rest:
            yield rest.rstrip("\r")

    def _unreadable(self, where: str) -> BadInput:
        return BadInput(
            f"{self.name} holds characters that could not be read.",
            [
                Problem(
                    where,
                    "bytes that are neither UTF-8 nor Windows-1252",
                    "UTF-8 text",
                    "Export it again as UTF-8, or open it in a text editor and save it as UTF-8.",
                )
            ],
        )


def _chunks_of(source: Path | bytes | IO[bytes], name: str, largest: int) -> Iterator[bytes]:
    if isinstance(source, bytes):
        if len(source) > largest:
            raise refusals.too_large(name, largest)
        yield from (source[start : start + CHUNK_BYTES] for start in range(0, len(source), CHUNK_BYTES))
    elif isinstance(source, Path):
        try:
            if source.stat().st_size > largest:
                raise refusals.too_large(name, largest)
            with source.open("rb") as stream:
                while chunk := stream.read(CHUNK_BYTES):
                    yield chunk
        except OSError as error:
            raise refusals.not_opened(source, name, error) from error
    else:
        while chunk := source.read(CHUNK_BYTES):
            yield chunk
