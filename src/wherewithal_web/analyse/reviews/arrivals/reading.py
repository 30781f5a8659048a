"""Reading a search to its end before any of it is stored.

Reading is most of the time that bringing a search in takes, and storing holds the database: nobody else's decision
is kept meanwhile. So what was read is put aside in a file that has no name, and only then stored from there.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, Self

from django.conf import settings

from wherewithal.analyse.reviews import records as library
from wherewithal.analyse.reviews.records import Record

IN_MEMORY = 8 * 1024 * 1024
"""Bytes kept in memory; a larger search is put aside on disk."""

SAYS_EVERY = 2_000


class SearchRead:
    """A search of which every record can be stored, and what was noted while it was read. Closed, it is gone.

    ``records`` is their number; going through it gives them in the order of the file.
    """

    def __init__(self, file: library.RecordFile, name: str, progress: Callable[[int], None] | None) -> None:
        # Open for as long as this is.
        self._aside: IO[str] = tempfile.SpooledTemporaryFile(IN_MEMORY, "w+", encoding="utf-8")  # noqa: SIM115
        self.name = name
        try:
            for number, record in enumerate(file, start=1):
                self._aside.write(json.dumps(record.as_dict()) + "\n")
                if progress is not None and number % SAYS_EVERY == 0:
                    progress(number)
        except BaseException:
            self.close()
            raise
        self.sha256, self.size, self.encoding = file.sha256, file.size, file.encoding
        self.format, self.records = file.format.key, file.reading.records
        self.notices = list(file.reading.notices)

    def __iter__(self) -> Iterator[Record]:
        self._aside.seek(0)
        for line in self._aside:
            yield Record.from_dict(json.loads(line))

    def close(self) -> None:
        self._aside.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def read_search(
    source: Path | bytes | IO[bytes],
    *,
    name: str,
    columns: Mapping[str, str] | None = None,
    progress: Callable[[int], None] | None = None,
) -> SearchRead:
    """Read a search as a database exported it. ``progress`` hears now and then how many records were read.

    ``columns`` says for fields of a record which column of a table holds them, where its headings do not. Raises
    BadInput where it cannot be read, naming every place.
    """
    if not isinstance(source, Path | bytes):
        source.seek(0)
    file = library.RecordFile(source, name=name, largest=settings.LARGEST_UPLOAD, columns=columns)
    return SearchRead(file, name, progress)
