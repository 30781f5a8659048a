from __future__ import annotations

import io
import tracemalloc
from collections.abc import Iterator

from wherewithal.analyse.reviews.records import RecordFile

RECORD = "TY  - JOUR\nAU  - Example, A\nTI  - Made {n}\nAB  - {abstract}\nPY  - 2006\nDO  - 10.5555/{n}\nER  - \n\n"
ABSTRACT = "Made text of an ordinary abstract. " * 600


class Made(io.RawIOBase):
    """Records made as they are read."""

    def __init__(self, count: int) -> None:
        self.parts = (RECORD.format(n=n, abstract=ABSTRACT).encode() for n in range(count))

    def read(self, size: int = -1) -> bytes:
        return b"".join(self._some(size))

    def _some(self, size: int) -> Iterator[bytes]:
        while size > 0 and (part := next(self.parts, b"")):
            size -= len(part)
            yield part


def test_a_file_is_read_in_the_memory_of_a_few_records() -> None:
    tracemalloc.start()
    try:
        count = sum(1 for _ in RecordFile(Made(800), largest=10**9))  # type: ignore[arg-type]
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == 800
    assert peak < 9_000_000, "the file is about 17 MB, and parts of 1 MB are held"
