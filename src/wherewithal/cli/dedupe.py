"""The work of ``wherewithal records dedupe``: read, deduplicate, write all of it or nothing."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from wherewithal.analyse.reviews.records import Format, Record, RecordFile
from wherewithal.analyse.reviews.records.conversion import written_whole
from wherewithal.analyse.reviews.records.deduplication import Deduplicated, deduplicate, write_table
from wherewithal.errors import BadInput, Problem


class Progress(Protocol):
    def __call__(self, name: str, read: int) -> None: ...
    def say(self, words: str) -> None: ...


class Opening(NamedTuple):
    """How tables are opened: the column of each field, and the sheet of a workbook."""

    columns: Mapping[str, str]
    sheet: str


def dedupe(
    sources: Sequence[Path],
    target: Path,
    merged_target: Path | None,
    to: Format | None,
    opened: Opening,
    *,
    replace: bool,
    progress: Progress,
) -> dict[str, Any]:
    """Deduplicate ``sources`` into ``target`` and give the figures of the command's JSON.

    Raises BadInput where a source cannot be read or a target cannot be written; both targets are then as they were.
    """
    if merged_target and merged_target.resolve() == target.resolve():
        raise BadInput(
            "The table and the merged records cannot be one file.",
            [Problem("--merged", str(merged_target), f"another name than {target}", "Name another file.")],
        )
    records, files, notices = read_all(sources, opened, progress)
    started = time.process_time()
    found = deduplicate(
        records, progress=lambda step, done, of: progress.say(f"{step}: {done:,} of {of:,} …")
    )
    seconds = time.process_time() - started
    with written_whole(target, replace=replace) as out:
        write_table(found, records, files, out)
        if merged_target and to and to.write:
            with written_whole(merged_target, replace=replace, binary=to.binary) as merged_out:
                to.write(_merged(found, records, files, progress), merged_out)
    return {**_figures(found, target, merged_target, notices), "processor_seconds": round(seconds, 3)}


def read_all(
    sources: Sequence[Path], opened: Opening, progress: Progress
) -> tuple[list[Record], list[str], dict[str, list[str]]]:
    """The records of ``sources``, the name of the file of each, and what was noticed in each file."""
    records: list[Record] = []
    files: list[str] = []
    notices: dict[str, list[str]] = {}
    for source in sources:
        file = RecordFile(source, columns=opened.columns, sheet=opened.sheet)
        for record in file:
            records.append(record)
            files.append(source.name)
            if file.reading.records % 1000 == 0:
                progress(source.name, file.reading.records)
        if file.reading.notices:
            notices[str(source)] = list(file.reading.notices)
    return records, files, notices


def _merged(
    found: Deduplicated, records: Sequence[Record], files: Sequence[str], progress: Progress
) -> Iterator[Record]:
    """One record a work. One that is made of several says in its notes of which."""
    for number, merged in enumerate(found.merged(records)):
        if number % 1000 == 0:
            progress.say(f"writing merged records: {number:,} of {found.works:,} …")
        if len(merged.origins) == 1:
            yield merged.record
            continue
        origins = ", ".join(f"{files[origin]} row {origin + 1}" for origin in merged.origins)
        note = f"Merged from {len(merged.origins)} records: {origins}"
        yield replace(merged.record, notes=(*merged.record.notes, note))


def _figures(
    found: Deduplicated, target: Path, merged_target: Path | None, notices: dict[str, list[str]]
) -> dict[str, Any]:
    return {
        "out": str(target),
        "merged_out": str(merged_target) if merged_target else None,
        "records": len(found.of_record),
        "clusters": found.works,
        "clusters_of_several": len(found.clusters),
        "merged": found.duplicates,
        "doubtful": len(found.doubtful),
        "linked": dict(sorted(Counter(link.kind for link in found.links).items())),
        "look_at": [
            {
                "rows": [doubt.one + 1, doubt.other + 1],
                "bits": round(doubt.bits, 1),
                "for": list(doubt.speaks_for),
                "against": list(dict.fromkeys(filter(None, (doubt.rule, *doubt.speaks_against)))),
            }
            for doubt in found.doubtful
        ],
        "links": [
            {"rows": [link.one + 1, link.other + 1], "kind": link.kind, "why": link.words}
            for link in found.links
        ],
        "notices": notices,
    }
