"""Labelled files, and the command that simulates on them."""

from __future__ import annotations

import importlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from wherewithal.analyse.reviews.screening.labelled import read_labelled
from wherewithal.analyse.reviews.screening.ranking import WordRanker
from wherewithal.cli.main import root
from wherewithal.errors import BadInput

# The package has a function of this name too.
models_module = importlib.import_module("wherewithal.analyse.reviews.screening.ranking.models")

ROWS = [
    ("Parent training for conduct problems", "A trial of groups", "1"),
    ("Nurse home visiting", "A cohort of mothers", "0"),
    ("Parent training by video", "A trial", "1"),
    ("School attendance", "A survey of truancy", "0"),
    ("Parents in groups", "A trial of training", "1"),
    ("Free school meals", "", "0"),
]


def write(path: Path, rows: list[tuple[str, str, str]], label: str = "label_included") -> Path:
    lines = [f"title,abstract,{label}", *(",".join(f'"{cell}"' for cell in row) for row in rows)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_file_is_read_in_its_order(tmp_path: Path) -> None:
    found = read_labelled(write(tmp_path / "a.csv", ROWS))
    assert (len(found.texts), found.inclusions) == (6, 3)
    assert found.texts[1] == "Nurse home visiting\nA cohort of mothers"


def test_decisions_may_be_words_and_their_column_may_have_another_name(tmp_path: Path) -> None:
    rows = [(title, abstract, "Include" if said == "1" else "no") for title, abstract, said in ROWS]
    assert read_labelled(write(tmp_path / "a.csv", rows, "verdict"), label="verdict").inclusions == 3
    with pytest.raises(BadInput, match="the columns 'title', 'abstract', 'verdict'"):
        read_labelled(tmp_path / "a.csv")


def test_every_row_without_a_decision_is_named(tmp_path: Path) -> None:
    rows = [*ROWS[:2], ("A", "b", "maybe"), ("B", "c", "")]
    with pytest.raises(BadInput) as caught:
        read_labelled(write(tmp_path / "a.csv", rows))
    assert [problem.where for problem in caught.value.problems] == [
        "row 4, column 'label_included'",
        "row 5, column 'label_included'",
    ]


def test_decisions_of_one_kind_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no record that was included"):
        read_labelled(write(tmp_path / "a.csv", [("A", "b", "0")] * 3))


def simulate(*arguments: str):
    return CliRunner().invoke(root, ["screening", "simulate", *arguments])


def test_the_command_gives_the_figures_that_scripts_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", ROWS)
    result = simulate(str(path), "--seeds", "2", "--json")
    told = json.loads(result.stdout)
    assert {key: told[key] for key in ("data", "records", "included", "model")} == {
        "data": "a.csv",
        "records": 6,
        "included": 3,
        "model": "terms",
    }
    wanted = {"seed", "recall10", "wss95", "atd", "loss", "ndcg", "cpu_seconds"}
    assert [run["seed"] for run in told["runs"]] == [1, 2]
    assert all(wanted <= run.keys() for run in told["runs"])
    assert wanted - {"seed"} <= told["median"].keys()


def test_the_same_seed_gives_the_same_order(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", ROWS)
    for name in ("one.csv", "two.csv"):
        assert simulate(str(path), "--seed", "5", "--order", str(tmp_path / name)).exit_code == 0
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()


def test_wrong_starts_and_models_are_bad_usage_or_named(tmp_path: Path) -> None:
    path = str(write(tmp_path / "a.csv", ROWS))
    assert simulate(path, "--given", "0", "2").exit_code == 2
    assert simulate(path, "--given", "0", "9").exit_code == 2
    assert simulate(path, "--given", "0", "1").exit_code == 0
    assert simulate(path, "--model", "best").exception is not None


@pytest.fixture
def two_models(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second model beside the product's own, which differs from it in nothing but its name."""
    monkeypatch.setattr(models_module, "models", lambda: {"other": lambda: WordRanker})


def test_several_models_start_from_the_same_two_and_stand_side_by_side(
    tmp_path: Path, two_models: None
) -> None:
    path = write(tmp_path / "a.csv", ROWS)
    result = simulate(str(path), "--seeds", "2", "--model", "words", "--model", "other", "--json")
    told = json.loads(result.stdout)
    assert told.keys() == {"data", "records", "included", "models"}
    one, other = told["models"]
    assert (one["model"], other["model"]) == ("words", "other")
    for mine, theirs in zip(one["runs"], other["runs"], strict=True):
        assert mine["given"] == theirs["given"]
        assert mine["loss"] == theirs["loss"]
    assert len(one["recall_curve"]) == 101
    assert one["recall_curve"][-1] == 1


def test_the_recall_curves_are_drawn_with_their_table(tmp_path: Path, two_models: None) -> None:
    path, chart = write(tmp_path / "a.csv", ROWS), tmp_path / "curve.svg"
    result = simulate(str(path), "--model", "words", "--model", "other", "--chart", str(chart))
    assert result.exit_code == 0
    assert "How early the inclusions of a are found" in chart.read_text(encoding="utf-8")
    assert (tmp_path / "curve.csv").read_text(encoding="utf-8").startswith("Records read,words,other")


def test_more_models_than_a_chart_tells_apart_are_refused_before_any_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"m{n}" for n in range(5)]
    monkeypatch.setattr(models_module, "models", lambda: {name: lambda: WordRanker for name in names})
    path = write(tmp_path / "a.csv", ROWS)
    named = [part for name in names for part in ("--model", name)]
    result = simulate(str(path), *named, "--chart", str(tmp_path / "c.svg"))
    assert result.exit_code == 2
    assert "one chart can tell 4 models apart" in result.output
