from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.unit.analyse.reviews.records import made
from wherewithal.analyse.reviews.records import RecordFile, by_key, convert
from wherewithal.cli.records import records
from wherewithal.errors import BadInput, NothingThere


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "ovid.ris").write_text(made.OVID)
    (tmp_path / "pubmed.nbib").write_text(made.NBIB)
    (tmp_path / "broken.ris").write_text("TY  - JOUR\nTI  - One\nER  - \nbroken\n")
    return tmp_path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(records, ["convert", *map(str, arguments)])


def test_several_files_into_one(folder: Path) -> None:
    out = folder / "all.ris"
    result = run(folder / "ovid.ris", folder / "pubmed.nbib", "-o", out, "--json")
    assert result.exit_code == 0
    figures = json.loads(result.stdout)
    assert figures["records"] == 3
    assert [(file["format"], file["records"]) for file in figures["files"]] == [("ris", 1), ("nbib", 2)]
    assert len(made.read(out.read_text())) == 3


@pytest.mark.parametrize("ending", [".ris", ".nbib", ".bib", ".json", ".csv"])
def test_the_ending_says_the_format(folder: Path, ending: str) -> None:
    out = folder / f"out{ending}"
    assert run(folder / "ovid.ris", "-o", out).exit_code == 0
    assert made.read(out.read_text())[0].doi == "10.5555/made.2006.1"


def test_to_is_stronger_than_the_ending(folder: Path) -> None:
    out = folder / "out.txt"
    assert run(folder / "ovid.ris", "-o", out, "--to", "bibtex").exit_code == 0
    assert out.read_text().startswith("@article{")


def test_unknown_ending_is_bad_usage(folder: Path) -> None:
    result = run(folder / "ovid.ris", "-o", folder / "out.docx")
    assert result.exit_code == 2
    assert ".ris" in result.stderr


def test_missing_file_is_bad_usage(folder: Path) -> None:
    assert run(folder / "nowhere.ris", "-o", folder / "out.ris").exit_code == 2


def test_an_existing_file_is_replaced_only_when_asked(folder: Path) -> None:
    out = folder / "out.ris"
    out.write_text("precious")
    result = run(folder / "ovid.ris", "-o", out)
    assert isinstance(result.exception, BadInput)
    assert "exists already" in str(result.exception)
    assert out.read_text() == "precious"
    assert run(folder / "ovid.ris", "-o", out, "--force").exit_code == 0
    assert out.read_text().startswith("TY  - JOUR")


def test_a_bad_file_leaves_nothing_behind(folder: Path) -> None:
    out = folder / "out.ris"
    out.write_text("precious")
    before = sorted(path.name for path in folder.iterdir())
    result = run(folder / "ovid.ris", folder / "broken.ris", "-o", out, "--force")
    assert isinstance(result.exception, BadInput)
    assert out.read_text() == "precious"
    assert sorted(path.name for path in folder.iterdir()) == before


def test_a_file_can_be_converted_into_itself(folder: Path) -> None:
    path = folder / "ovid.ris"
    before = made.read(path.read_text())
    assert run(path, "-o", path, "--force").exit_code == 0
    assert made.read(path.read_text()) == before


def test_notices_go_to_standard_error(folder: Path) -> None:
    (folder / "open.ris").write_text("TY  - JOUR\nTI  - One\n")
    result = run(folder / "open.ris", "-o", folder / "out.ris", "--json")
    assert "had no ER line" in result.stderr
    json.loads(result.stdout)


def test_progress_is_told(folder: Path) -> None:
    (folder / "many.ris").write_text("TY  - JOUR\nTI  - One\nER  - \n" * 2500)
    told: list[tuple[str, int]] = []
    convert(
        [folder / "many.ris"],
        folder / "out.csv",
        by_key("csv"),
        progress=lambda name, count: told.append((name, count)),
    )
    assert told == [("many.ris", 1000), ("many.ris", 2000)]


def test_formats_that_are_only_read(folder: Path) -> None:
    with pytest.raises(BadInput, match="not written"):
        convert([folder / "ovid.ris"], folder / "out.json", by_key("openalex"))


def test_help_has_an_example() -> None:
    assert "Example: wherewithal records convert" in run("--help").stdout


def test_workbooks_in_and_out(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("Article name,Year\nOne,2006\n=1+1,2007\n")
    book, back = tmp_path / "out.xlsx", tmp_path / "back.csv"
    refused = CliRunner().invoke(records, ["convert", str(tmp_path / "in.csv"), "-o", str(book)])
    assert isinstance(refused.exception, BadInput)
    assert "perhaps 'Article name'" in refused.exception.problems[0].do
    assert not book.exists()
    named = ["--column", "title=Article name"]
    assert (
        CliRunner().invoke(records, ["convert", str(tmp_path / "in.csv"), "-o", str(book), *named]).exit_code
        == 0
    )
    assert CliRunner().invoke(records, ["convert", str(book), "-o", str(back)]).exit_code == 0
    assert [(record.title, record.year) for record in RecordFile(back)] == [("One", 2006), ("=1+1", 2007)]


def test_columns_and_sheets_that_are_not_there(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_text("Title,Year\nOne,2006\n")
    book = tmp_path / "out.xlsx"
    run = ["convert", str(source), "-o", str(book)]
    for given, said in (("titel=Title", "FIELD=HEADING"), ("title", "FIELD=HEADING")):
        result = CliRunner().invoke(records, [*run, "--column", given])
        assert result.exit_code == 2
        assert said in result.output
    assert CliRunner().invoke(records, run).exit_code == 0
    result = CliRunner().invoke(
        records, ["convert", str(book), "-o", str(tmp_path / "x.csv"), "--sheet", "No"]
    )
    assert isinstance(result.exception, NothingThere)
    assert "Records" in str(result.exception)
    assert not (tmp_path / "x.csv").exists()
