"""Files as people bring them: broken, empty, huge, mislabelled, and in whatever encoding their program chose."""

from __future__ import annotations

import codecs
import contextlib
import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.errors import BadInput
from wherewithal.sources.files import read_csv, read_text

WORDS = "Area,Value\nMôn,1\n"


def problem_of(source: Path | bytes, **more: int) -> str:
    with pytest.raises(BadInput) as caught:
        read_text(source, **more)
    return str(caught.value)


def a_spreadsheet() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return packed.getvalue()


# --- Reading text ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encodings_that_programs_write_lose_no_character(encoding: str) -> None:
    assert read_text(WORDS.encode(encoding)).text == WORDS


def test_utf_16_of_either_byte_order() -> None:
    assert read_text(codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be")).text == WORDS
    assert read_text(codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le")).text == WORDS


def test_a_file_is_identified_by_its_bytes_as_they_came(tmp_path: Path) -> None:
    data = WORDS.encode("cp1252")
    (tmp_path / "figures.csv").write_bytes(data)
    read = read_text(tmp_path / "figures.csv")
    assert (read.name, read.encoding, read.size) == ("figures.csv", "cp1252", len(data))
    assert read.sha256 == hashlib.sha256(data).hexdigest()


@given(
    st.text(min_size=1).filter(lambda text: text.strip() and "\0" not in text and not text.startswith("%PDF"))
)
def test_any_text_in_utf_8_comes_back_as_it_was(text: str) -> None:
    assert read_text(codecs.BOM_UTF8 + text.encode()).text == text


@given(st.binary())
def test_any_bytes_are_read_or_refused_in_words(data: bytes) -> None:
    with contextlib.suppress(BadInput):
        assert read_text(data).size == len(data)


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n"])
def test_an_empty_file_is_called_empty(data: bytes) -> None:
    assert "is empty" in problem_of(data)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (a_spreadsheet(), "spreadsheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"\x1f\x8b\x08\x00", "compressed"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"Area\0Value", "not text"),
    ],
)
def test_what_is_not_text_is_refused_whatever_it_is_called(tmp_path: Path, data: bytes, kind: str) -> None:
    file = tmp_path / "renamed.csv"
    file.write_bytes(data)
    said = problem_of(file)
    assert "renamed.csv is not a text file" in said
    assert kind in said


def test_a_file_too_large_is_refused_without_being_read_whole() -> None:
    class Endless(io.RawIOBase):
        given = 0

        def readable(self) -> bool:
            return True

        def read(self, size: int = -1) -> bytes:
            assert size > 0, "asked for everything"
            self.given += size
            return b"x" * size

    endless = Endless()
    with pytest.raises(BadInput, match="larger than 1 MB"):
        read_text(endless, name="big.csv", largest=1024 * 1024)  # type: ignore[arg-type]
    assert endless.given == 1024 * 1024 + 1


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    said = problem_of(tmp_path / "nowhere.csv")
    assert "could not be opened" in said
    assert "Check the path" in said


def test_broken_utf_16_names_the_row() -> None:
    broken = codecs.BOM_UTF16_LE + "one\n".encode("utf-16-le") + b"\x00\xd8"
    assert "row 2" in problem_of(broken)


# --- Reading a table ------------------------------------------------------------------------------------


def table(text: str, *, required: tuple[str, ...] = ("Area", "Value")) -> list[dict[str, str]]:
    _header, rows = read_csv(
        read_text(text.encode(), name="t.csv"), required=required, kind="a table of figures"
    )
    return [row.cells for row in rows]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table_is_read_by_whichever_separator_its_header_uses(separator: str) -> None:
    assert table(f"Area{separator}Value\nMôn{separator}1\n") == [{"Area": "Môn", "Value": "1"}]


def test_every_missing_column_is_named_with_those_that_exist() -> None:
    with pytest.raises(BadInput) as caught:
        table("Place,Figure\nMôn,1\n")
    assert [problem.where for problem in caught.value.problems] == [
        "row 1, column 'Area'",
        "row 1, column 'Value'",
    ]
    assert "'Place', 'Figure'" in str(caught.value)


def test_a_column_that_is_there_twice_is_not_guessed_at() -> None:
    with pytest.raises(BadInput, match="names a column twice") as caught:
        table("Area,Value,Value\nMôn,1,2\n")
    assert [problem.where for problem in caught.value.problems] == ["row 1, column 'Value'"]


def test_rows_are_counted_as_a_spreadsheet_counts_them() -> None:
    text = 'Area,Value\n"a cell\nof two lines",1\n\nMôn,2\n'
    _header, rows = read_csv(read_text(text.encode()), required=["Area"], kind="a table")
    assert [(row.number, row.cells["Value"]) for row in rows] == [(2, "1"), (4, "2")]


def test_a_row_with_too_many_cells_is_named() -> None:
    with pytest.raises(BadInput, match="row 3"):
        table("Area,Value\nMôn,1\nGwynedd,1,5\n")


def test_a_short_row_is_filled_with_nothing() -> None:
    assert table("Area,Value\nMôn\n") == [{"Area": "Môn", "Value": ""}]


@pytest.mark.parametrize("rows_after", [1, 20_000])
def test_a_quotation_mark_that_never_ends_swallows_no_rows_in_silence(rows_after: int) -> None:
    after = "Gwynedd,2\n" * rows_after
    with pytest.raises(BadInput, match="breaks off in row 2"):
        table(f'Area,Value\n"Môn,1\n{after}')
