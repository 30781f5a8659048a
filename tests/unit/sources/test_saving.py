from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.sources.made import oai_page, oai_record
from wherewithal.errors import BadInput
from wherewithal.sources import oai_pmh
from wherewithal.sources.catalogue import OPENALEX
from wherewithal.sources.content import xml_in
from wherewithal.sources.failures import SourceFailed
from wherewithal.sources.paging import Batch, Fetch
from wherewithal.sources.saving import FORMS, Saving

ASKED = {"source": "openalex", "query": "parenting"}


def fetch(saving: Saving, fail_at: str = "", interrupt_at: str = "") -> Fetch[int]:
    def page(cursor: str) -> Batch[int]:
        if cursor == fail_at:
            raise SourceFailed("OpenAlex", "broken", "OpenAlex answered 500.")
        if cursor == interrupt_at:
            raise KeyboardInterrupt
        start = int(cursor)
        raw: list[Any] = [{"id": number} for number in range(start, min(start + 4, 10))]
        return Batch(tuple(range(len(raw))), tuple(raw), str(start + 4) if start < 8 else None, 10)

    return Fetch(OPENALEX, page, first="0", place=saving.place, before=saving.before)


def saving(out: Path, resume: bool = False, replace: bool = False, **asked: str) -> Saving:
    return Saving(out, FORMS["openalex"], {**ASKED, **asked}, resume=resume, replace=replace)


def ids(out: Path) -> list[int]:
    pages = [json.loads(line) for line in out.read_text().splitlines()]
    return [item["id"] for page in pages for item in page["results"]]


def test_the_file_is_there_when_everything_is(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    assert saving(out).run(fetch(saving(out))) == 10
    assert ids(out) == list(range(10))
    assert [file.name for file in tmp_path.iterdir()] == ["out.json"]


def test_a_failure_keeps_what_came_and_resuming_completes_it(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    first = saving(out)
    assert first.run(fetch(first, fail_at="8")) == 8
    assert not out.exists()
    assert ids(first.part) == list(range(8))
    second = saving(out, resume=True)
    assert second.before == 8
    assert second.run(fetch(second)) == 10
    assert ids(out) == list(range(10))
    assert [file.name for file in tmp_path.iterdir()] == ["out.json"]


def test_a_page_that_was_half_written_is_fetched_again(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    first = saving(out)
    first.run(fetch(first, fail_at="8"))
    with first.part.open("ab") as stream:
        stream.write(b'{"results": [{"id": 8')
    second = saving(out, resume=True)
    second.run(fetch(second))
    assert ids(out) == list(range(10))


def test_an_interruption_keeps_what_came(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    first = saving(out)
    with pytest.raises(KeyboardInterrupt):
        first.run(fetch(first, interrupt_at="4"))
    second = saving(out, resume=True)
    second.run(fetch(second))
    assert ids(out) == list(range(10))


def test_a_failure_before_anything_came_leaves_nothing(tmp_path: Path) -> None:
    first = saving(tmp_path / "out.json")
    assert first.run(fetch(first, fail_at="0")) == 0
    assert list(tmp_path.iterdir()) == []


def test_nothing_found_is_a_file_that_says_so(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    nothing: Fetch[int] = Fetch(OPENALEX, lambda cursor: Batch((), (), None, 0), first="0")
    assert saving(out).run(nothing) == 0
    assert ids(out) == []


def test_an_earlier_file_or_part_is_not_lost(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    out.write_text("precious")
    with pytest.raises(BadInput, match="there already"):
        saving(out)
    other = tmp_path / "other.json"
    first = saving(other)
    first.run(fetch(first, fail_at="4"))
    with pytest.raises(BadInput, match="what an earlier try fetched"):
        saving(other)
    again = saving(other, replace=True)
    again.run(fetch(again))
    assert ids(other) == list(range(10))
    assert out.read_text() == "precious"


def test_only_the_same_search_is_gone_on_with(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    with pytest.raises(BadInput, match="nothing to resume"):
        saving(out, resume=True)
    first = saving(out)
    first.run(fetch(first, fail_at="4"))
    with pytest.raises(BadInput) as caught:
        saving(out, resume=True, query="something else")
    assert caught.value.problems[0].where == "query"
    first.note.write_text("{")
    with pytest.raises(BadInput, match="nothing to resume"):
        saving(out, resume=True)


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no folder"):
        saving(tmp_path / "none" / "out.json")


def test_records_of_a_repository_become_one_document(tmp_path: Path) -> None:
    out = tmp_path / "records.xml"
    pages = {
        "": oai_pmh.batch_of(xml_in(oai_page([oai_record(1)], "next", 2)), {}),
        "next": oai_pmh.batch_of(xml_in(oai_page([oai_record(2)], "")), {}),
    }
    walk = Fetch(oai_pmh.SERVICE, lambda cursor: pages[cursor], first="")
    Saving(out, FORMS["oai-pmh"], {}, resume=False, replace=False).run(walk)
    records = oai_pmh.read_file(out)
    assert [record.identifier for record in records] == ["oai:example:1", "oai:example:2"]
    assert records[0].work is not None
    assert records[0].work.abstract == "What families said.\nIn two lines."
