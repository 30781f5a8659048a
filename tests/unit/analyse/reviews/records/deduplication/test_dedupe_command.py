from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.unit.analyse.reviews.records import made
from tests.unit.analyse.reviews.records.deduplication.piles import TRIAL
from wherewithal.analyse.reviews.records import Record, by_key
from wherewithal.cli.records import records
from wherewithal.errors import BadInput


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pile = [
        TRIAL,
        Record(title="Sleep in adolescents: a survey of schools"),
        replace(TRIAL, title=f"Erratum: {TRIAL.title}", doi="", pages="9"),
    ]
    (tmp_path / "one.ris").write_text(made.written(pile, by_key("ris")))
    (tmp_path / "two.csv").write_text(
        "ID,Title,Authors,Year,DOI,Journal,Volume,gold\n"
        f'a,{TRIAL.title.upper()},"Gardner, F.",2006,,J Child Psychol Psychiatry,47,x\n'
        "b,=1+1,,,,,,y\n"
        ",,,1999,,,,\n"
    )
    (tmp_path / "broken.ris").write_text("TY  - JOUR\nTI  - One\nER  - \nbroken\n")
    return tmp_path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(records, ["dedupe", *map(str, arguments)])


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_every_row_comes_out_with_its_cluster(folder: Path) -> None:
    out = folder / "out.csv"
    result = run(folder / "one.ris", folder / "two.csv", "-o", out, "--json")
    assert result.exit_code == 0, result.output
    figures = json.loads(result.stdout)
    assert {name: figures[name] for name in ("records", "clusters", "merged", "doubtful")} == {
        "records": 6, "clusters": 5, "merged": 1, "doubtful": 0}  # fmt: skip
    assert figures["seconds"] >= 0
    assert figures["linked"] == {"notice": 1}
    rows = rows_of(out)
    assert [row["cluster"] for row in rows] == ["1", "2", "3", "1", "4", "5"]
    assert [row["row"] for row in rows] == ["1", "2", "3", "4", "5", "6"]
    assert rows[3]["duplicate_of"] == "1"
    assert rows[3]["why"].startswith("As row 1: the same title, ")
    assert rows[0]["linked"].startswith("Row 3: a notice about the other")
    assert [row["ID"] for row in rows[3:]] == ["a", "b", ""]
    assert [row["gold"] for row in rows[3:]] == ["x", "y", ""]
    assert rows[4]["Title"] == "'=1+1"
    assert rows[3]["file"] == "two.csv"


def test_the_table_can_be_read_again(folder: Path) -> None:
    out, again = folder / "out.csv", folder / "again.csv"
    run(folder / "one.ris", folder / "two.csv", "-o", out)
    result = run(out, "-o", again, "--json")
    assert json.loads(result.stdout)["clusters"] == 5
    assert [row["cluster"] for row in rows_of(again)] == [row["cluster"] for row in rows_of(out)]


@pytest.mark.parametrize("ending", [".ris", ".nbib", ".bib", ".json", ".csv"])
def test_one_record_a_work(folder: Path, ending: str) -> None:
    target = folder / f"unique{ending}"
    result = run(folder / "one.ris", folder / "two.csv", "-o", folder / "out.csv", "--merged", target)
    assert result.exit_code == 0, result.output
    first, *rest = made.read(target.read_text())
    assert len(rest) == 4
    assert (first.title, first.doi) == (TRIAL.title, TRIAL.doi)
    assert "Merged from 2 records: one.ris row 1, two.csv row 4" in first.notes


def test_people_read_sentences(folder: Path) -> None:
    said = run(folder / "one.ris", folder / "two.csv", "-o", folder / "out.csv").stdout
    assert "6 records of 5 works: 1 duplicate merged, 0 pairs for a person to look at." in said
    assert "1 pair linked, not merged: notice." in said


def test_pairs_for_a_person_are_in_both(folder: Path) -> None:
    (folder / "pair.ris").write_text(
        made.written([TRIAL, replace(TRIAL, doi="10.5555/b", pages="")], by_key("ris"))
    )
    figures = json.loads(run(folder / "pair.ris", "-o", folder / "out.csv", "--json").stdout)
    assert figures["doubtful"] == 1
    assert figures["look_at"][0]["rows"] == [1, 2]
    assert figures["look_at"][0]["against"] == ["different DOIs"]
    assert [row["look_at"][:6] for row in rows_of(folder / "out.csv")] == ["Row 2?", "Row 1?"]


def test_a_bad_file_leaves_nothing_behind(folder: Path) -> None:
    before = sorted(path.name for path in folder.iterdir())
    result = run(
        folder / "one.ris", folder / "broken.ris", "-o", folder / "out.csv", "--merged", folder / "m.ris"
    )
    assert isinstance(result.exception, BadInput)
    assert sorted(path.name for path in folder.iterdir()) == before


def test_what_exists_is_replaced_only_when_asked(folder: Path) -> None:
    out, target = folder / "out.csv", folder / "unique.ris"
    target.write_text("precious")
    result = run(folder / "one.ris", "-o", out, "--merged", target)
    assert isinstance(result.exception, BadInput)
    assert target.read_text() == "precious"
    assert not out.exists()
    assert run(folder / "one.ris", "-o", out, "--merged", target, "--force").exit_code == 0
    assert target.read_text().startswith("TY  - JOUR")


def test_bad_usage(folder: Path) -> None:
    assert run(folder / "one.ris", "-o", folder / "out.ris").exit_code == 2
    assert run(folder / "one.ris", "-o", folder / "out.csv", "--merged", folder / "out.docx").exit_code == 2
    assert run(folder / "nowhere.ris", "-o", folder / "out.csv").exit_code == 2
    result = run(folder / "one.ris", "-o", folder / "out.csv", "--merged", folder / "out.csv")
    assert isinstance(result.exception, BadInput)


def test_help_has_an_example() -> None:
    assert "Example: wherewithal records dedupe" in run("--help").stdout
