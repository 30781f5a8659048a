"""``wherewithal synthesis``: figures by the names that scripts rely on, and every wrong row named."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.unit.analyse.reviews.synthesis import reference as ref
from wherewithal.cli.synthesis import synthesis
from wherewithal.errors import BadInput

TRIALS = "trial,events,without,ci,di\nAsh,4,119,11,128\nBirch,0,20,3,17\nCole,,,5,9\n"


def run(*words: object) -> Result:
    return CliRunner().invoke(synthesis, [str(word) for word in words])


@pytest.fixture
def trials(tmp_path: Path) -> Path:
    path = tmp_path / "trials.csv"
    path.write_text(TRIALS)
    return path


def test_effects_are_written_beside_every_column_with_what_was_done(trials: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    said = run(
        "effects",
        trials,
        "--measure",
        "RR",
        "--column",
        "ai=events",
        "--column",
        "bi=without",
        "-o",
        out,
        "--json",
    )
    assert said.exit_code == 0, said.output
    assert json.loads(said.stdout) | {"data": ""} == {
        "data": "",
        "measure": "RR",
        "scale": "log",
        "studies": 3,
        "effects": 2,
        "noted": 2,
        "doubts": [],
    }
    rows = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    assert list(rows[0]) == ["trial", "events", "without", "ci", "di", "yi", "vi", "note"]
    assert float(rows[0]["yi"]) == pytest.approx(-0.8893, abs=1e-4)
    assert (rows[0]["note"], rows[2]["yi"]) == ("", "")
    assert "0.5 added" in rows[1]["note"]
    assert "row 3 (Birch): a cell is empty" in said.stderr
    pooled = run("pool", out, "--json")
    assert json.loads(pooled.stdout)["left_out"] == ["out.csv, row 4 (Cole)"]
    assert "left out" in pooled.stderr


def test_directions_can_be_turned_by_a_column(tmp_path: Path) -> None:
    path, out = tmp_path / "a.csv", tmp_path / "b.csv"
    path.write_text("ri,ni,worse_is_high\n0.3,50,0\n0.3,50,1\n")
    assert run("effects", path, "--measure", "ZCOR", "--turn", "worse_is_high", "-o", out).exit_code == 0
    first, second = (float(row["yi"]) for row in csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    assert first == -second > 0


@pytest.mark.shared
@pytest.mark.parametrize("method", ["REML", "DL", "PM", "EE", "ML"])
@pytest.mark.parametrize("knha", [True, False])
def test_figures_have_their_names_and_agree_with_metafor(shared: Path, method: str, knha: bool) -> None:
    key = f"{method}_knha" if knha else method
    theirs = ref.read(shared)["uni"]["bcg_RR"]
    if key not in theirs:
        return
    words = [
        "pool",
        shared / "meta" / "es_bcg_RR.csv",
        "--effect",
        "yi",
        "--variance",
        "vi",
        "--method",
        method,
        "--json",
    ]
    said = run(*words, *(["--knha"] if knha else []))
    figures = json.loads(said.stdout)
    names = {
        "beta": "estimate",
        "se": "se",
        "tau2": "tau2",
        "I2": "i2",
        "H2": "h2",
        "QE": "q",
        "QEp": "q_p",
        "k": "k",
    }
    for name, ours in names.items():
        assert ref.apart(figures[ours], theirs[key][name]) < ref.AGREES, name
    assert ref.apart(figures["ci"]["low"], theirs[key]["ci.lb"]) < ref.AGREES
    assert (figures["method"], figures["test"]) == (method, "knha" if knha else "z")
    if method == "EE":
        assert figures["pi"] is None
    else:
        assert ref.apart(figures["pi"]["high"], theirs[key]["pred"]["pi.ub"]) < ref.AGREES


def test_words_for_people(tmp_path: Path) -> None:
    path = tmp_path / "e.csv"
    path.write_text("study,yi,se\nA,0.1,0.1\nB,0.4,0.2\nC,0.3,0.1\n")
    said = run("pool", path, "--se", "se", "--method", "reml")
    assert said.exit_code == 0
    assert "3 studies, REML, test z" in said.stdout
    assert "hardly more than a guess" in said.stdout


@pytest.mark.parametrize(
    ("text", "words", "says"),
    [
        (
            "study,yi,vi\nA,0.1,-0.1\nB,x,0.1\nC,0.2,\nD,0.3,0\n",
            [],
            ["row 2 (A)", "row 3", "row 4 (C)", "row 5 (D)"],
        ),
        ("study,yi,vi\nA,0.1,0.1\n", [], ["one study"]),
        ("study,yi,vi\nA,0.1,0.1\nB,0.2\n", [], ["row 3: 2 cells"]),
        ("study,yi,vi\n", [], ["no rows"]),
        ("yi,yi,vi\n1,2,3\n", [], ["same name"]),
        ("study,g,v\nA,1,1\nB,1,1\n", [], ["no column called 'yi'", "study, g, v"]),
        ("study,yi,vi\nA,1,1\nB,1,1\n", ["--method", "BAYES"], ["REML"]),
        ("study,yi,vi\nA,1,1\nB,1,1\n", ["--test", "wald"], ["knha"]),
    ],
)
def test_what_cannot_be_pooled_is_named_row_by_row(
    tmp_path: Path, text: str, words: list[str], says: list[str]
) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(text)
    said = run("pool", path, *words)
    assert isinstance(said.exception, BadInput)
    for each in says:
        assert each in str(said.exception)


def test_wrong_cells_of_trials_are_all_named_and_nothing_is_written(tmp_path: Path) -> None:
    path, out = tmp_path / "bad.csv", tmp_path / "out.csv"
    path.write_text("trial,ai,n1i,ci,n2i\nAsh,12,10,1,9\nBirch,1,5,-2,9\n")
    said = run("effects", path, "--measure", "OR", "-o", out)
    assert isinstance(said.exception, BadInput)
    assert [p.where for p in said.exception.problems] == [
        "bad.csv, row 2 (Ash), column 'ai'",
        "bad.csv, row 3 (Birch), column 'ci'",
    ]
    assert not out.exists()


@pytest.mark.parametrize(
    "words", [["--measure", "OR"], ["--measure", "OR", "-o", "x.csv", "--column", "a=b"]]
)
def test_bad_usage_exits_2(trials: Path, words: list[str]) -> None:
    assert run("effects", trials, *words).exit_code == 2


def test_measures_are_listed(trials: Path) -> None:
    said = run("effects", trials, "--measure", "list")
    assert "SMD    standardised mean difference (Hedges' g): m1i m2i" in said.stdout
