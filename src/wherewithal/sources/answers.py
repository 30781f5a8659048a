"""Answers of services, and the folder in which they are kept so that nothing is fetched twice for nothing.

Our own folder and not an existing one, because of what those that were looked at keep: CacheControl keeps an
answer as soon as it has been received, so the block page that a council's proxy sends with status 200 stays
for as long as it says; it writes the request headers that ``Vary`` names to disk, an API key among them; it
asks again by ``ETag`` only; and it never gives space back. Here an answer is kept after it has been read and
understood, without any header of the request, and the folder has a largest size.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from pathlib import Path

LARGEST_FOLDER = 200 * 1024 * 1024
"""Bytes that kept answers may take together; the ones used longest ago make room."""

_KEPT_HEADERS = ("etag", "last-modified", "content-type", "cache-control", "expires", "date")


@dataclass(frozen=True)
class Answer:
    """One answer of a service. ``address`` is what was asked for, without keys. ``headers`` have small letters.
    ``fetched`` is the time (seconds since 1970) at which the service last said this; ``kept`` that it came
    from this machine, either because the service said it was unchanged (``asked`` is then true) or because it
    had said for how long it would be.
    """

    address: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    fetched: float = field(default_factory=time.time)
    kept: bool = False
    asked: bool = True

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.body).hexdigest()

    @property
    def questions(self) -> dict[str, str]:
        """The headers that ask the service whether this is still so."""
        asked = {
            "If-None-Match": self.headers.get("etag"),
            "If-Modified-Since": self.headers.get("last-modified"),
        }
        return {name: value for name, value in asked.items() if value}

    def is_fresh(self, now: float) -> bool:
        """Whether the service said that it need not be asked again yet (RFC 9111, max-age before Expires)."""
        said = self.headers.get("cache-control", "").lower()
        if "no-cache" in said:
            return False
        age = re.search(r"max-age\s*=\s*(\d{1,9})", said)
        if age:
            return now < self.fetched + int(age.group(1))
        return now < (_time_of(self.headers.get("expires", "")) or 0.0)


def _time_of(said: str) -> float | None:
    try:
        return parsedate_to_datetime(said).timestamp() if said else None
    except (ValueError, OverflowError):
        return None


class KeptAnswers:
    """Answers in a folder, one file each: a line of JSON about it, then the body. Safe for several processes:
    a file appears whole or not at all, and one that cannot be read is as if it were not there.
    """

    def __init__(self, folder: Path, *, largest: int = LARGEST_FOLDER) -> None:
        self.folder = folder
        self.largest = largest

    def find(self, key: str) -> Answer | None:
        place = self._place(key)
        try:
            first, _, body = place.read_bytes().partition(b"\n")
            about = json.loads(first)
            answer = Answer(
                str(about["address"]), 200, dict(about["headers"]), body, float(about["fetched"]), kept=True
            )
            if about["key"] != key or about["size"] != len(body):
                return None
            os.utime(place)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return answer

    def keep(self, key: str, answer: Answer) -> None:
        """Keep an answer that can be asked about again, or that says how long it holds. A full or unwritable
        disk is no reason to fail: it is then not kept.
        """
        said = answer.headers.get("cache-control", "").lower()
        if "no-store" in said or not (answer.questions or answer.is_fresh(answer.fetched)):
            return
        about = {
            "key": key,
            "address": answer.address,
            "fetched": answer.fetched,
            "size": len(answer.body),
            "headers": {name: answer.headers[name] for name in _KEPT_HEADERS if name in answer.headers},
        }
        with contextlib.suppress(OSError):
            self._write(self._place(key), json.dumps(about).encode() + b"\n" + answer.body)
            self._make_room()

    def _place(self, key: str) -> Path:
        return self.folder / f"{hashlib.sha256(key.encode()).hexdigest()}.answer"

    def _write(self, place: Path, data: bytes) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self.folder, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            Path(name).replace(place)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def _make_room(self) -> None:
        kept = sorted(self._files(), reverse=True)
        total = 0
        for _, size, place in kept:
            total += size
            if total > self.largest:
                place.unlink(missing_ok=True)

    def _files(self) -> Iterator[tuple[float, int, Path]]:
        for place in self.folder.iterdir():
            with contextlib.suppress(OSError):  # another process made room at the same moment
                about = place.stat()
                yield about.st_mtime, about.st_size, place
