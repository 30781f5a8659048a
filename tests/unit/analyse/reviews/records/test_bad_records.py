"""Files that cannot be used: each is refused with where, what and what to do, and nothing of it is kept."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from tests.unit.analyse.reviews.records import made
from wherewithal.analyse.reviews.records import RecordFile, by_key
from wherewithal.errors import BadInput, NothingThere


def refusal(data: str | bytes, name: str = "bad.ris") -> BadInput:
    with pytest.raises(BadInput) as raised:
        made.read(data, name)
    return raised.value


def lines(error: BadInput) -> list[str]:
    return [problem.where for problem in error.problems]


def test_broken_ris_tags_are_all_named() -> None:
    error = refusal(
        "TY  - JOUR\n"
        "AU  - Example, A\n"
        "TI  A title without its dash\n"
        "PY  = 2006\n"
        "T!  - not a tag\n"
        "ER  - \n"
        "\n"
        "TY  - JOUR\n"
        "TI  - A good one\n"
        "VL  - 4\n"
        "words that belong to nothing\n"
        "ER  - \n"
    )
    assert "bad.ris was not read: 4 places" in error.message
    assert lines(error) == ["line 3", "line 4", "line 5", "line 11"]
    assert "'TI  A title without its dash'" in error.problems[0].found
    assert "two capital letters" in error.problems[0].do


def test_records_that_do_not_start_are_named_once_each() -> None:
    error = refusal("TI  - One\nAU  - A\nER  - \n\nTI  - Two\nAU  - B\nER  - \n")
    assert lines(error) == ["line 1", "line 5"]
    assert "TY  - JOUR" in error.problems[0].expected


def test_a_thousand_problems_are_counted_and_the_first_listed() -> None:
    error = refusal("TY  - JOUR\nTI  - x\nER  - \n" + "TY  - JOUR\nVL  - 1\nbroken\nER  - \n" * 1000)
    assert "1,000 places" in error.message
    assert len(error.problems) == 20


def test_nothing_is_given_after_the_first_problem() -> None:
    file = RecordFile(b"TY  - JOUR\nTI  - One\nER  - \nbroken\nTY  - JOUR\nTI  - Two\nER  - \n")
    records = iter(file)
    assert next(records).title == "One"
    with pytest.raises(BadInput):
        next(records)


@pytest.mark.parametrize("data", [b"", b" \n\r\n ", b"\xef\xbb\xbf", "\ufeff\n".encode("utf-16-le")])
def test_empty(data: bytes) -> None:
    assert "is empty" in refusal(data).message


def test_spreadsheet_renamed() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    error = refusal(data.getvalue(), "search.csv")
    assert "search.csv could not be read as a workbook" in error.message


def test_bytes_that_are_no_text() -> None:
    error = refusal(b"TY  - JOUR\nTI  - One\nAB  - \x81\x8d\x8f\nER  - \n")
    assert lines(error) == ["line 3"]
    assert "UTF-8" in error.problems[0].expected


def test_cut_off_utf16() -> None:
    assert "could not be read" in refusal(made.ZOTERO.encode("utf-16") + b"\x00").message


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<!DOCTYPE html><html><body>Sign in</body></html>", "web page"),
        ('<?xml version="1.0"?><records/>', "XML"),
        ("%0 Journal Article\n%T One\n", "EndNote"),
        ("FN Clarivate Analytics Web of Science\nVR 1.0\n", "Web of Science"),
        ('{"hello": 1}', "JSON without"),
        ("Dear all, please find attached", "'Dear all"),
        ("a,b,c\n1,2,3\n", "'a,b,c'"),
    ],
)
def test_other_files_are_told_what_they_seem_to_be(text: str, found: str) -> None:
    error = refusal(text)
    assert "not in a format" in error.message
    assert found in error.problems[0].found
    assert "RIS" in error.problems[0].expected


def test_broken_nbib() -> None:
    error = refusal("PMID- 1\nTI  - One\nbroken line\n\nPMID- 2\nTI  - Two\n")
    assert lines(error) == ["line 3"]


def test_broken_bibtex() -> None:
    error = refusal(
        "@article{a,\n  title = {One}\n}\n\n@article{b,\n  title = {Two\n}\n\n@article{c, title={x}}\n"
    )
    assert lines(error) == ["line 5"]
    assert "brace" in error.problems[0].do


def test_broken_json() -> None:
    error = refusal('[{"type": "book",\n "title": "One"},\n {"type": "book", "title": \n]')
    assert lines(error) == ["line 4"]
    cut = refusal('[{"type": "book", "title": "One"},\n {"type": "bo')
    assert lines(cut) == ["line 2"]
    assert "not closed" not in cut.message
    unclosed = refusal('[{"type": "book", "title": "One"}\n')
    assert "inside a list" in unclosed.problems[0].found
    numbers = refusal('[1, {"type": "book"}]')
    assert "braces" in numbers.problems[0].expected


def test_broken_csv() -> None:
    error = refusal("Title,Year\nOne,2006\nTwo,2007,surplus\n")
    assert lines(error) == ["line 3"]
    assert "3 cells" in error.problems[0].found
    assert lines(refusal('Title,Year\nOne,2006\n"Two,2007\n')) == ["line 3"]


def test_header_without_records() -> None:
    assert "holds no records" in refusal("Title,Year\n").message


def test_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.ris"
    with path.open("wb") as out:
        out.truncate(300 * 1024 * 1024)
    with pytest.raises(BadInput, match="larger than 200 MB"):
        RecordFile(path, largest=200 * 1024 * 1024)


def test_too_large_stream_is_read_no_further_than_the_limit() -> None:
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1) -> bytes:
            self.given += size
            return b"TY  - JOUR\nAB  - ".ljust(size, b"a")

    stream = Endless()
    with pytest.raises(BadInput, match="larger than"):
        list(RecordFile(stream, largest=5 * 1024 * 1024))  # type: ignore[arg-type]
    assert stream.given < 10 * 1024 * 1024


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="could not be opened"):
        RecordFile(tmp_path / "nowhere.ris")


def test_unknown_format() -> None:
    with pytest.raises(NothingThere, match="ris, nbib, bibtex"):
        by_key("docx")
