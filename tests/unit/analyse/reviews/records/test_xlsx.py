"""Excel workbooks as people have them. Those of other programs are made here, part by part."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tests.unit.analyse.reviews.records import made
from wherewithal.analyse.reviews.records import Record, RecordFile, by_key
from wherewithal.analyse.reviews.records.xlsx_table import write
from wherewithal.errors import BadInput, NothingThere
from wherewithal.sources.workbook import OLD_OFFICE

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
)
DAY = "s"
"""A cell made with this mark is a day, as a number of days since 1900."""


def cell(place: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        kind, content = value
        if kind == DAY:
            return f'<c r="{place}" s="1"><v>{content}</v></c>'
        if kind == "error":
            return f'<c r="{place}" t="e"><v>{content}</v></c>'
        return f'<c r="{place}" t="str"><f>{kind}</f><v>{content}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'


def sheet_of(rows: Sequence[Sequence[object]], merged: str = "") -> str:
    made = "".join(
        f'<row r="{number}">'
        + "".join(cell(f"{chr(65 + place)}{number}", value) for place, value in enumerate(row))
        + "</row>"
        for number, row in enumerate(rows, start=1)
    )
    joined = f'<mergeCells count="1"><mergeCell ref="{merged}"/></mergeCells>' if merged else ""
    return f'<worksheet xmlns="{MAIN}"><sheetData>{made}</sheetData>{joined}</worksheet>'


def workbook(sheets: Mapping[str, str], more: Mapping[str, bytes] | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        numbered = list(enumerate(sheets, start=1))
        types = "http://schemas.openxmlformats.org/package/2006/content-types"
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
        book.writestr("[Content_Types].xml",
                      f'<Types xmlns="{types}"><Default Extension="xml" ContentType="application/xml"/>'
                      f'<Override PartName="/xl/workbook.xml" ContentType="{kind}"/></Types>')  # fmt: skip
        relations = "http://schemas.openxmlformats.org/package/2006/relationships"
        book.writestr("_rels/.rels",
                      f'<Relationships xmlns="{relations}"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
                      'Target="xl/workbook.xml"/></Relationships>')  # fmt: skip
        listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in numbered)
        book.writestr("xl/workbook.xml",
                      f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>')  # fmt: skip
        targets = "".join(
            f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
            for n, _ in numbered
        )
        book.writestr("xl/_rels/workbook.xml.rels",
                      f'<Relationships xmlns="{relations}">{targets}<Relationship Id="rIdS" Type="{OFFICE}/styles" '
                      'Target="styles.xml"/></Relationships>')  # fmt: skip
        book.writestr("xl/styles.xml", STYLES)
        for n, name in numbered:
            book.writestr(f"xl/worksheets/sheet{n}.xml", sheets[name])
        for name, content in (more or {}).items():
            book.writestr(name, content)
    return out.getvalue()


def opened(rows: Sequence[Sequence[object]], **how: object) -> RecordFile:
    return RecordFile(workbook({"Sheet1": sheet_of(rows)}), name="made.xlsx", **how)  # type: ignore[arg-type]


def refusal(data: bytes, name: str = "bad.xlsx") -> BadInput:
    with pytest.raises(BadInput) as raised:
        list(RecordFile(data, name=name))
    return raised.value


def written(records: Sequence[Record]) -> bytes:
    out = io.BytesIO()
    assert write(records, out) == len(records)
    return out.getvalue()


def test_numbers_days_and_formulas_are_what_the_cell_shows() -> None:
    file = opened(
        [
            ["Title", "Year", "PMID", "Pages", "Publication date", "Site"],
            ["One", 2006, 17076747, "1-9", (DAY, 39022), ("A1*2", "made of others")],
            ["Two", "2007", "17", (DAY, 45403), None, 1.5],
            [None, None, None, None, None, None],
            ["Three", 2008.0, None, None, None, ("error", "#REF!")],
        ]
    )
    one, two, three = file
    assert (one.year, one.pmid, one.pages) == (2006, "17076747", "1-9")
    assert one.extra == (("csv:Publication date", "2006-11-01"), ("csv:Site", "made of others"))
    # 21 April is what a spreadsheet makes of pages 4-21.
    assert (two.year, two.pages, two.extra) == (2007, "4-21", (("csv:Site", "1.5"),))
    assert (three.year, three.extra) == (2008, ())
    assert file.format.key == "xlsx"
    assert file.size > 0
    assert len(file.sha256) == 64
    assert any("1 of its pages" in notice for notice in file.reading.notices)


def test_what_stands_above_the_headings_is_passed_over() -> None:
    rows = [
        [],
        ["Search of 3 November"],
        [],
        ["", "Exported by", "made"],
        ["Title", "Year"],
        [],
        ["One", 2006],
    ]
    file = opened(rows)
    assert [(record.title, record.year) for record in file] == [("One", 2006)]
    assert file.reading.notices == ["What stands above the headings in row 5 was left out."]


def test_headings_in_two_rows_are_put_together() -> None:
    rows = [
        ["Title", "Authors", "Published", None, "Year"],
        [None, None, "Where", "How", None],
        ["One", "Example, A.", "Leeds", "online", 2006],
    ]
    (record,) = RecordFile(workbook({"S": sheet_of(rows, merged="C1:D1")}))
    assert (record.title, record.authors, record.year) == ("One", ("Example, A.",), 2006)
    assert record.extra == (("csv:Published Where", "Leeds"), ("csv:Published How", "online"))


def test_the_first_sheet_or_a_named_one() -> None:
    book = workbook(
        {"Kept": sheet_of([["Title"], ["One"]]), "Left out": sheet_of([["Title"], ["Two"], ["Three"]])}
    )
    first = RecordFile(book, name="made.xlsx")
    assert [record.title for record in first] == ["One"]
    assert first.reading.notices == ["Read sheet 'Kept'. There is also 'Left out'."]
    assert [record.title for record in RecordFile(book, sheet="Left out")] == ["Two", "Three"]
    with pytest.raises(NothingThere, match="Kept, Left out"):
        list(RecordFile(book, name="made.xlsx", sheet="Nowhere"))


def test_a_column_of_titles_by_another_name() -> None:
    rows = [["Article name", "Written by", "Year"], ["One", "Example, A.; Sample, B.", 2006]]
    error = None
    try:
        list(opened(rows))
    except BadInput as raised:
        error = raised
    assert error is not None
    assert error.problems[0].where == "row 1"
    assert "perhaps 'Article name'" in error.problems[0].do
    (record,) = opened(rows, columns={"title": "Article name", "authors": "written by"})
    assert (record.title, record.authors) == ("One", ("Example, A.", "Sample, B."))
    with pytest.raises(BadInput) as missing:
        list(opened(rows, columns={"title": "Article name", "abstract": "Summary"}))
    assert "no column 'Summary' for abstract" in missing.value.problems[0].found


def test_whatever_the_file_is_called(tmp_path: Path) -> None:
    path = tmp_path / "search.csv"
    path.write_bytes(workbook({"S": sheet_of([["Title"], ["One"]])}))
    assert [record.title for record in RecordFile(path)] == ["One"]
    path = tmp_path / "search.xlsx"
    path.write_text("Title,Year\nOne,2006\n")
    assert RecordFile(path).format.key == "csv"
    with path.open("rb") as stream:
        assert [record.title for record in RecordFile(stream)] == ["One"]
    with (tmp_path / "search.csv").open("rb") as stream:
        assert [record.title for record in RecordFile(stream)] == ["One"]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (OLD_OFFICE + b"\0" * 600, "an old Excel"),
        (OLD_OFFICE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
    ],
)
def test_old_and_protected_workbooks(data: bytes, found: str) -> None:
    error = refusal(data)
    assert found in error.problems[0].found
    assert ".xlsx" in error.problems[0].expected


@pytest.mark.parametrize(
    ("part", "found"),
    [
        ("xl/workbook.bin", "binary workbook"),
        ("content.xml", "OpenDocument"),
        ("word/document.xml", "Word document"),
        ("holiday.txt", "a zip archive"),
    ],
)
def test_other_zip_archives(part: str, found: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(part, "x")
    assert found in refusal(out.getvalue()).problems[0].found


def test_a_truncated_workbook() -> None:
    whole = workbook({"S": sheet_of([["Title"], *([f"Made {n}"] for n in range(500))])})
    for end in (10, len(whole) // 2, len(whole) - 5):
        assert "damaged or cut off" in refusal(whole[:end]).message


def test_a_workbook_with_broken_parts() -> None:
    assert "damaged" in refusal(workbook({"S": "<worksheet"})).message
    assert "holds no records" in refusal(workbook({"S": sheet_of([["Title"]])})).message
    assert "row of headings" in refusal(workbook({"S": sheet_of([])})).problems[0].found


def test_a_sheet_that_reaches_to_its_last_corner_is_refused_before_it_takes_memory() -> None:
    rows = (
        f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">{cell("A1", "Title")}</row>'
        f'<row r="1048576">{cell("XFD1048576", "x")}</row></sheetData></worksheet>'
    )
    found = refusal(workbook({"S": rows})).problems[0]
    assert "row 1,048,576 and column 16,384" in found.found


def test_what_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wherewithal.sources.workbook.LARGEST_UNPACKED", 1_000_000)
    book = workbook({"S": sheet_of([["Title"], ["One"]])}, more={"xl/media/bomb.bin": b"\0" * 2_000_000})
    assert "unpacks to more than" in refusal(book).problems[0].found
    # The archive's own word about the size counts for nothing.
    place = book.rindex(b"xl/media/bomb.bin") - 46 + 24
    assert int.from_bytes(book[place : place + 4], "little") == 2_000_000
    lying = book[:place] + (10).to_bytes(4, "little") + book[place + 4 :]
    assert "unpacks to more than" in refusal(lying).problems[0].found


def test_entities_are_not_followed() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>' + sheet_of(
        [["Title"], ["One &b;"]]
    )
    try:
        titles = [record.title for record in RecordFile(workbook({"S": bomb}))]
    except BadInput:
        return
    assert len(titles[0]) < 20


def test_a_larger_file_than_allowed() -> None:
    with pytest.raises(BadInput, match="larger than"):
        RecordFile(workbook({"S": sheet_of([["Title"], ["One"]])}), largest=100)


def test_round_trip_with_formulas_made_harmless() -> None:
    before = [
        Record(
            title="=HYPERLINK(1)",
            authors=("Example, A.", "Sample, B."),
            year=2006,
            notes=("one\ntwo", "three"),
            extra=(("ris:C1", "a"), ("ris:C1", "b")),
        ),
        Record(title="'-omics & <more> _x0041_ \U0001f600", year=None, abstract="one\ntwo"),
    ]
    data = written(before)
    assert list(RecordFile(data)) == before
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "'=HYPERLINK(1)" in sheet
    assert "<f>" not in sheet
    assert f'xmlns="{MAIN}"' in sheet


def test_texts_longer_than_a_cell_come_back() -> None:
    long = " ".join(f"word{n}" for n in range(20_000))
    before = [Record(title="One"), Record(title="Two", abstract=long, extra=(("ris:C1", f"{long} 😀"),))]
    file = RecordFile(written(before), name="made.xlsx")
    assert list(file) == before
    assert file.reading.notices == []


def test_the_same_in_every_format() -> None:
    for dialect in made.DIALECTS.values():
        before = made.read(dialect)
        assert list(RecordFile(written(before))) == [
            replace(record, type=record.type) for record in made.read(made.written(before, by_key("csv")))
        ]
