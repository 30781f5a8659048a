from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.unit.analyse.reviews.records import made
from tests.unit.analyse.reviews.records.deduplication.piles import BARE, TRIAL
from tests.unit.analyse.reviews.records.deduplication.test_dedupe_command import rows_of
from wherewithal.analyse.reviews.records import Record, by_key
from wherewithal.cli.records import records
from wherewithal.errors import BadInput

SLEEP = Record(title="Sleep in adolescents: a survey of schools", year=2011, pages="20-31", volume="3")
COSTS = Record(title="Costs of early help in twelve English councils", year=2019, pages="5-19")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    ris = by_key("ris")
    (tmp_path / "held.ris").write_text(made.written([TRIAL, SLEEP, BARE], ris))
    new = [SLEEP, COSTS, replace(TRIAL, title=f"Erratum: {TRIAL.title}", doi="", pages="9"), COSTS]
    (tmp_path / "new.ris").write_text(made.written(new, ris))
    return tmp_path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(records, [*map(str, arguments)])


def test_each_new_record_with_its_standing(folder: Path) -> None:
    out, only = folder / "out.csv", folder / "only.ris"
    result = run(
        "new", folder / "held.ris", "--search", folder / "new.ris", "-o", out, "--only-new", only, "--json"
    )
    assert result.exit_code == 0, result.output
    figures = json.loads(result.stdout)
    assert {name: figures[name] for name in ("held_records", "records", "held", "again", "doubtful", "linked",
            "new", "to_look_at")} == {"held_records": 3, "records": 4, "held": 1, "again": 1, "doubtful": 0,
                                      "linked": 1, "new": 1, "to_look_at": 2}  # fmt: skip
    assert figures["seconds"] >= 0
    rows = rows_of(out)
    assert [row["standing"] for row in rows] == [
        "held already", "new", "new, and belongs with a record that is held",
        "the same work as another new record"]  # fmt: skip
    assert [row["held_row"] for row in rows] == ["2", "", "", ""]
    assert rows[0]["why"] == "As held row 2: identical in every field compared"
    assert rows[2]["linked"].startswith("Held row 1: a notice about the other")
    assert rows[3]["why"] == "As row 2: identical in every field compared"
    assert [record.title for record in made.read(only.read_text())] == [
        COSTS.title,
        f"Erratum: {TRIAL.title}",
    ]


def test_people_read_sentences(folder: Path) -> None:
    said = run("new", folder / "held.ris", "--search", folder / "new.ris", "-o", folder / "out.csv").stdout
    assert "4 records beside 3 that are held: 1 held already, 1 twice in the search, 0 perhaps held" in said


def test_clusters_of_a_table_are_kept(folder: Path) -> None:
    table = folder / "held.csv"
    run("dedupe", folder / "held.ris", "-o", table)
    # A person parted the first and the third.
    rows = table.read_text().splitlines()
    table.write_text("\n".join(row.replace("3,held.ris,1,", "3,held.ris,9,") for row in rows) + "\n")
    (folder / "again.ris").write_text(made.written([BARE], by_key("ris")))
    run("new", table, "--search", folder / "again.ris", "-o", folder / "out.csv")
    assert rows_of(folder / "out.csv")[0]["look_at"].startswith("Held row ")


def test_several_files_of_held_records(folder: Path) -> None:
    table = folder / "held.csv"
    run("dedupe", folder / "held.ris", "-o", table)
    result = run(
        "new", table, folder / "held.ris", "--search", folder / "new.ris", "-o", folder / "o.csv", "--json"
    )
    assert json.loads(result.stdout)["held"] == 1


def test_a_bad_file_leaves_nothing_behind(folder: Path) -> None:
    (folder / "broken.ris").write_text("TY  - JOUR\nTI  - One\nER  - \nbroken\n")
    before = sorted(path.name for path in folder.iterdir())
    result = run("new", folder / "held.ris", "--search", folder / "broken.ris", "-o", folder / "out.csv")
    assert isinstance(result.exception, BadInput)
    assert sorted(path.name for path in folder.iterdir()) == before


def test_bad_usage(folder: Path) -> None:
    assert run("new", folder / "held.ris", "-o", folder / "out.csv").exit_code == 2
    assert (
        run("new", folder / "held.ris", "--search", folder / "new.ris", "-o", folder / "o.ris").exit_code == 2
    )
