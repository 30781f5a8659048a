"""Files of records into one file: all of it or none."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from wherewithal.analyse.reviews.records.formats import Format, RecordFile
from wherewithal.analyse.reviews.records.record import Record
from wherewithal.errors import BadInput, Problem


@dataclass(frozen=True)
class Converted:
    """What was read from one file."""

    name: str
    format: str
    records: int
    encoding: str
    sha256: str
    notices: tuple[str, ...]


def convert(
    sources: Sequence[Path],
    target: Path,
    to: Format,
    *,
    replace: bool = False,
    progress: Callable[[str, int], None] = lambda name, records: None,
    columns: Mapping[str, str] | None = None,
    sheet: str = "",
) -> list[Converted]:
    """Read ``sources`` in their own formats and write their records to ``target`` in the format ``to``.

    ``columns`` says for fields of a record which column of a table holds them, and ``sheet`` which sheet of a
    workbook is read (``RecordFile``).
    ``progress`` is told the file and the records read from it so far, every 1,000 records. Raises BadInput
    where a source cannot be read, where ``target`` exists and ``replace`` is not set, or where it cannot be
    written; the target is then as it was.
    """
    if to.write is None:
        raise BadInput(f"{to.name} is read here, and not written.")
    done: list[Converted] = []
    files = ((source, RecordFile(source, columns=columns, sheet=sheet)) for source in sources)
    with written_whole(target, replace=replace, binary=to.binary) as out:
        to.write(_all_records(files, done, progress), out)
    return done


@contextmanager
def written_whole(target: Path, *, replace: bool = False, binary: bool = False) -> Iterator[IO[Any]]:
    """A file of text (of bytes where ``binary``) to write to, which becomes ``target`` when all is written: until
    then ``target`` is as it was.

    Raises BadInput where ``target`` exists and ``replace`` is not set, or where it cannot be written.
    """
    if target.exists() and not replace:
        raise BadInput(
            f"{target} exists already.",
            [
                Problem(
                    str(target),
                    "a file",
                    "a name that is free",
                    "Name another file, or allow it to be replaced.",
                )
            ],
        )
    try:
        handle, scratch = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    except OSError as error:
        raise _unwritable(target, error) from error
    try:
        with (
            open(handle, "wb")
            if binary
            else open(handle, "w", encoding="utf-8", errors="replace", newline="\n")
        ) as out:
            yield out
        os.chmod(scratch, _usual_mode(target))
        os.replace(scratch, target)
    except OSError as error:
        raise _unwritable(target, error) from error
    finally:
        Path(scratch).unlink(missing_ok=True)


def _all_records(
    files: Iterable[tuple[Path, RecordFile]], done: list[Converted], progress: Callable[[str, int], None]
) -> Iterator[Record]:
    for source, file in files:
        for record in file:
            yield record
            if file.reading.records % 1000 == 0:
                progress(file.reading.name, file.reading.records)
        done.append(
            Converted(
                str(source),
                file.format.key,
                file.reading.records,
                file.encoding,
                file.sha256,
                tuple(file.reading.notices),
            )
        )


def _usual_mode(target: Path) -> int:
    """The permissions of the file replaced, or those that a new file gets: scratch files are private."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _unwritable(target: Path, error: OSError) -> BadInput:
    return BadInput(
        f"{target} could not be written.",
        [
            Problem(
                str(target),
                error.strerror or str(error),
                "a folder that can be written to",
                "Check the path.",
            )
        ],
    )
