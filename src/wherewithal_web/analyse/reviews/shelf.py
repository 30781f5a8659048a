"""Where full texts lie: in the data folder, a folder a case, each file named by its hash. Nothing serves them but us.

A file is put there before its row is committed, and taken away after its removal is. Whatever ends a process between
the two leaves a file without a row at worst, which nobody can open and ``tidy`` deletes.
"""

from __future__ import annotations

import hashlib
import os
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings

from wherewithal.analyse.reviews.full_texts import LARGEST, Examined, examine
from wherewithal.errors import BadInput
from wherewithal_web.analyse.reviews.models import AttachedText, BroughtText
from wherewithal_web.cases.models import Case

AT_ONCE = 1024 * 1024
LEFT_OVER = 3600.0
"""Seconds after which a file without a row was left by something that ended: no upload takes so long."""


@dataclass(frozen=True)
class Arrived:
    """A file that was examined and lies where nobody else looks. ``keep`` gives it its place."""

    path: Path
    place: Path
    sha256: str
    size: int
    about: Examined

    def keep(self) -> None:
        """Put the file in its place. The same file there already is the same file."""
        self.path.replace(self.place)


def folder_of(case: Case) -> Path:
    return Path(settings.FULL_TEXTS) / str(case.pk)


def path_of(case: Case, sha256: str) -> Path:
    return folder_of(case) / f"{sha256}.pdf"


@contextmanager
def arriving(case: Case, source: IO[bytes], name: str) -> Iterator[Arrived]:
    """Take a file in and examine it. It is gone at the end unless it was kept. Raises BadInput as ``examine`` does."""
    folder = folder_of(case)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"arriving-{uuid.uuid4().hex}"
    digest, size = hashlib.sha256(), 0
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            source.seek(0)
            while size <= LARGEST and (chunk := source.read(AT_ONCE)):
                digest.update(chunk)
                size += len(chunk)
                file.write(chunk)
        about = examine(path, name=name)
        sha256 = digest.hexdigest()
        yield Arrived(path, path_of(case, sha256), sha256, size, about)
    finally:
        path.unlink(missing_ok=True)


def check_room(case: Case, arrived: Arrived) -> None:
    """Raises BadInput where the case would hold more than one case may."""
    held = dict([*_live(case), *_waiting(case)])
    held[arrived.sha256] = arrived.size
    if sum(held.values()) > settings.FULL_TEXTS_PER_CASE:
        most = settings.FULL_TEXTS_PER_CASE // 1024 // 1024
        raise BadInput(
            f"This case already holds {most:,} MB of full texts, the most that one may. Remove some that were "
            "decided about, or give the address instead."
        )


def tidy(case: Case, sha256: str = "") -> None:
    """Delete the file with this hash if no record has it any more, and whatever was left over by accident."""
    folder = folder_of(case)
    if not folder.is_dir():
        return
    needed = {sha for sha, _size in (*_live(case), *_waiting(case))}
    old = time.time() - LEFT_OVER
    for path in folder.iterdir():
        try:
            if path.stem not in needed and (path.stem == sha256 or path.stat().st_mtime < old):
                path.unlink()
        except FileNotFoundError:  # another process tidied at the same time
            continue


def _live(case: Case) -> list[tuple[str, int]]:
    rows = AttachedText.objects.filter(record__file__case=case, removal=None)
    return list(rows.values_list("sha256", "size"))


def _waiting(case: Case) -> list[tuple[str, int]]:
    return list(BroughtText.objects.filter(case=case).values_list("sha256", "size"))
