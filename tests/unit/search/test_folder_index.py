"""What the engine that keeps a folder does beyond what every engine does (``tests/spec``): processes, kills, damage."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from wherewithal.search import Document, IndexBusy, RebuildNeeded, folder_index, open_index
from wherewithal.search.folder import Folder

FACETS = ("kind",)
processes = multiprocessing.get_context("spawn")


def some(first: int, after: int, word: str = "same") -> list[Document]:
    return [
        Document(f"key-{number:04}", f"Title {number}", (), f"{word} words", {"kind": ("a",)})
        for number in range(first, after)
    ]


def write_many(folder: str, first: int) -> None:
    index = open_index(Path(folder), FACETS)
    for start in range(first, first + 40, 10):
        index.write(some(start, start + 10))


def be_killed_while_writing(folder: str) -> None:
    def documents() -> Iterator[Document]:
        yield from some(0, 30, "half")
        os.kill(os.getpid(), signal.SIGKILL)

    folder_index.A_CHUNK = 10
    open_index(Path(folder), FACETS).write(documents(), remove=["key-0001"], position=99)


def test_what_was_written_is_there_when_it_is_opened_again(tmp_path: Path) -> None:
    open_index(tmp_path, FACETS).write(some(0, 20), position=7)
    again = open_index(tmp_path, FACETS)
    assert (len(again), again.position, again.search("words").total) == (20, 7, 20)


def test_an_open_index_sees_what_another_wrote_at_its_next_search(tmp_path: Path) -> None:
    reader, writer = open_index(tmp_path, FACETS), open_index(tmp_path, FACETS)
    assert reader.search("words").total == 0
    writer.write(some(0, 5), position=1)
    assert (reader.search("words").total, reader.position, len(reader)) == (5, 1, 5)
    writer.write([], remove=["key-0000"])
    assert reader.search("words").total == 4


def test_several_processes_write_one_after_the_other(tmp_path: Path) -> None:
    reader = open_index(tmp_path, FACETS)
    started = [processes.Process(target=write_many, args=(str(tmp_path), first)) for first in (0, 20, 100)]
    for each in started:
        each.start()
    for each in started:
        each.join(60)
    assert [each.exitcode for each in started] == [0, 0, 0]
    assert len(reader) == reader.search("words", facets=FACETS).total == 100


def test_a_writer_that_is_killed_leaves_what_was_there(tmp_path: Path) -> None:
    index = open_index(tmp_path, FACETS)
    index.write(some(0, 10), position=1)
    killed = processes.Process(target=be_killed_while_writing, args=(str(tmp_path),))
    killed.start()
    killed.join(60)
    assert killed.exitcode == -signal.SIGKILL
    files = set(tmp_path.iterdir())
    for each in (index, open_index(tmp_path, FACETS)):
        assert (len(each), each.position, each.search("half").missing) == (10, 1, ("half",))
    index.write(some(10, 12), position=2)
    assert len(index) == 12
    assert len(set(tmp_path.iterdir()) & files) < len(files), "what the killed one left is cleared away"


def test_a_writer_does_not_wait_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_index, "WAIT", 0.05)
    index = open_index(tmp_path, FACETS)
    with Folder(tmp_path, FACETS).writing(1), pytest.raises(IndexBusy, match="Another process"):
        index.write(some(0, 1))
    index.write(some(0, 1))
    assert len(index) == 1


def test_threads_search_while_one_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_index, "MERGED_AT", 3)
    index = open_index(tmp_path, FACETS)
    index.write(some(0, 10))
    done, wrong = threading.Event(), []

    def search() -> None:
        while not done.is_set():
            try:
                found = index.search("words", facets=FACETS)
                if found.facets["kind"]["a"] != found.total or found.total < 10:
                    wrong.append(found)
            except Exception as error:  # a thread's exception would otherwise be lost
                wrong.append(error)

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for start in range(10, 130, 10):
        index.write(some(start, start + 10), remove=[f"never-{start}"])
    done.set()
    for thread in threads:
        thread.join()
    assert not wrong
    assert len(index) == 130


def test_segments_are_made_one_and_the_dead_are_dropped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_index, "MERGED_AT", 3)
    index = open_index(tmp_path, FACETS)
    for start in range(0, 90, 10):
        index.write(some(start, start + 10))
    assert len(list(tmp_path.glob("segment-*"))) < 5
    index.write([], remove=[f"key-{number:04}" for number in range(80)])
    assert (
        sum(row["documents"] for row in json.loads((tmp_path / "index.json").read_text())["segments"]) <= 20
    )
    assert len(index) == 10


def test_writing_nothing_new_leaves_the_folder_alone(tmp_path: Path) -> None:
    index = open_index(tmp_path, FACETS)
    index.write(some(0, 5), position=3)
    before = (tmp_path / "index.json").stat().st_mtime_ns
    index.write([], remove=["not-there"], position=3)
    assert (tmp_path / "index.json").stat().st_mtime_ns == before


# --- A folder that cannot be used --------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["segment-*", "dead-*"])
@pytest.mark.parametrize("damage", ["gone", "cut short", "one bit", "empty"])
def test_a_damaged_file_is_found_when_the_index_is_opened(tmp_path: Path, kind: str, damage: str) -> None:
    index = open_index(tmp_path, FACETS)
    index.write(some(0, 50))
    index.write([], remove=["key-0001"])
    (file,) = tmp_path.glob(kind)
    held = bytearray(file.read_bytes())
    if damage == "gone":
        file.unlink()
    elif damage == "one bit":
        held[len(held) // 2] ^= 4
        file.write_bytes(held)
    else:
        file.write_bytes(held[: len(held) // 2] if damage == "cut short" else b"")
    with pytest.raises(RebuildNeeded, match="has to be made again"):
        open_index(tmp_path, FACETS)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "{}", "\0\0", '{"format": "0-old", "facets": ["kind"], "position": 0, "segments": []}'],
)
def test_a_list_of_files_that_makes_no_sense_or_is_of_an_older_make(tmp_path: Path, text: str) -> None:
    (tmp_path / "index.json").write_text(text)
    with pytest.raises(RebuildNeeded) as raised:
        open_index(tmp_path, FACETS)
    assert raised.value.folder == tmp_path
    assert raised.value.why


def test_other_facets_need_another_index(tmp_path: Path) -> None:
    open_index(tmp_path, FACETS).write(some(0, 1))
    with pytest.raises(RebuildNeeded, match="other facets"):
        open_index(tmp_path, ("kind", "age"))


def test_a_folder_that_was_emptied_is_begun_again(tmp_path: Path) -> None:
    index = open_index(tmp_path, FACETS)
    index.write(some(0, 5))
    for file in tmp_path.iterdir():
        file.unlink()
    assert index.search("words").total == 5, "what was open can still be searched"
    index.write(some(0, 2))
    assert len(index) == len(open_index(tmp_path, FACETS)) == 2
