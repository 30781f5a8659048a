"""A synthesis as a folder: whole, the same twice, worked out again in Python and R, refused where it cannot be."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.required import skip
from wherewithal.analyse.reviews.synthesis.drawn import DRAWN, Drawable, axis_of, bubble_of
from wherewithal.analyse.reviews.synthesis.export import Settings, Studies, contents, export
from wherewithal.analyse.reviews.synthesis.pooling import pool
from wherewithal.cli.synthesis import synthesis
from wherewithal.errors import BadInput

STUDIES = Studies(
    names=["Ash 2001", "Birch, Beech & Co 2004", "=Cole 2003", "Dove “Bird” 2010", "Elm 2012", "Fir 2015"],
    effects=[-0.9, -0.35, -0.2, 0.1, -0.6, -0.4],
    variances=[0.09, 0.02, 0.05, 0.2, 0.04, 0.03],
    group=["home", "home", "centre", "centre", "home", "centre"],
    moderators={"weeks": [6.0, 8.0, 12.0, 4.0, 10.0, 9.0]},
    order=[2001.0, 2004.0, 2003.0, 2010.0, 2012.0, 2015.0],
    left_out=["Gum 2017"],
)
SETTINGS = Settings(test="knha", measure="RR", better="lower", title="Made up")


def rscript() -> str:
    """R with metafor, or the reason why not."""
    program = shutil.which("Rscript")
    if program is None:
        skip("rscript", "R is not here. Debian: apt-get install r-base-core r-cran-metafor.")
    asked = [program, "-e", 'quit(status = if (requireNamespace("metafor", quietly = TRUE)) 0 else 1)']
    if subprocess.run(asked, capture_output=True, check=False).returncode:
        skip("rscript", "R has no metafor. Debian: apt-get install r-cran-metafor.")
    return program


def test_the_folder_is_whole_and_the_same_twice(tmp_path: Path) -> None:
    names = export(STUDIES, SETTINGS, tmp_path / "one")
    export(STUDIES, SETTINGS, tmp_path / "two")
    assert {
        "README.md",
        "data.csv",
        "settings.json",
        "results.json",
        "results.txt",
        "rerun.py",
        "rerun.R",
    } <= set(names)
    assert {f"charts/{name}.svg" for name in (*DRAWN, "bubble-weeks")} <= set(names)
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "two"]


def test_every_figure_is_there_unrounded() -> None:
    files = contents(STUDIES, SETTINGS)
    results = json.loads(files["results.json"])
    pooled = pool(STUDIES.effects, STUDIES.variances, test="knha")
    assert results["pool"]["estimate"] == pooled.estimate
    assert results["pool"]["weights"] == list(pooled.weights)
    assert set(results["subgroups"]["groups"]) == {"home", "centre"}
    assert results["regressions"]["weeks"]["coefficients"][1]["name"] == "weeks"
    assert set(results["small_studies"]) == {"egger", "rank", "pet", "peese", "trim_and_fill"}
    settings = json.loads(files["settings.json"])
    assert (settings["test"], set(settings["versions"])) == (
        "knha",
        {"wherewithal", "python", "numpy", "scipy"},
    )
    readable = files["results.txt"].decode()
    assert "left out as blank: Gum 2017" in readable
    assert "6 studies this test can hardly tell chance from bias" in readable
    rows = list(csv.DictReader(files["data.csv"].decode().splitlines()))
    assert [float(row["yi"]) for row in rows] == STUDIES.effects
    assert rows[2]["study"] == "'=Cole 2003"


def test_python_works_it_out_again_and_notices_a_change(tmp_path: Path) -> None:
    export(STUDIES, SETTINGS, tmp_path / "it")
    run = [sys.executable, tmp_path / "it" / "rerun.py"]
    again = subprocess.run(run, capture_output=True, text=True, check=False)
    assert again.stdout.strip().endswith("Everything came out the same."), again.stdout + again.stderr
    results = tmp_path / "it" / "results.json"
    results.write_text(results.read_text(encoding="utf-8").replace("0.", "1.", 1), encoding="utf-8")
    other = subprocess.run(run, capture_output=True, text=True, check=False)
    assert (other.returncode, other.stdout.strip().splitlines()[-1]) == (
        1,
        "Came out otherwise: results.json.",
    )


@pytest.mark.parametrize("method", ["REML", "DL", "EE", "PM", "ML", "SJ"])
@pytest.mark.parametrize("test", ["z", "knha"])
def test_metafor_agrees(tmp_path: Path, method: str, test: str) -> None:
    program = rscript()
    export(STUDIES, replace(SETTINGS, method=method, test=test), tmp_path / "it")
    said = subprocess.run([program, tmp_path / "it" / "rerun.R"], capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout + said.stderr
    assert "All figures agree." in said.stdout
    assert "subgroup home" in said.stdout
    assert "slope of weeks" in said.stdout


def test_two_studies_say_why_there_is_no_funnel() -> None:
    two = Studies(["a", "b"], [0.1, 0.3], [0.1, 0.2])
    files = contents(two, Settings())
    assert "charts/funnel.svg" not in files
    assert "Not drawn, funnel: " in files["README.md"].decode()
    assert "none" in json.loads(files["results.json"])["small_studies"]["egger"]


def test_identical_effects_are_exported_and_metafor_is_asked_for_what_was_done() -> None:
    same = Studies(list("abcd"), [0.3] * 4, [0.1, 0.2, 0.05, 0.1])
    files = contents(same, Settings(test="knha"))
    assert 'test <- "adhoc"' in files["rerun.R"].decode()
    assert "exactly on a line" in files["results.txt"].decode()


def test_nothing_is_written_over_or_half_written(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    with pytest.raises(BadInput, match="nothing is written over"):
        export(STUDIES, SETTINGS, tmp_path / "full")
    with pytest.raises(BadInput, match="a variance of -1"):
        export(replace(STUDIES, variances=[-1.0, *STUDIES.variances[1:]]), SETTINGS, tmp_path / "bad")
    with pytest.raises(BadInput, match="moderator yi"):
        export(replace(STUDIES, moderators={"yi": [1.0] * 6}), SETTINGS, tmp_path / "bad")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["full"]


def test_charts_of_a_synthesis_say_what_it_found() -> None:
    it = Drawable(
        STUDIES.effects, STUDIES.variances, STUDIES.names, axis_of("RR", better="lower"), order=STUDIES.order
    )
    pooled = it.pooled()
    assert f"risk ratio {it.axis.text(pooled.estimate)}" in DRAWN["forest"](it).description
    added = DRAWN["cumulative"](it)
    assert [row[0] for row in added.rows][:3] == [
        "Ash 2001",
        "=Cole 2003",
        "Birch, Beech & Co 2004",
    ]
    assert "Leaving out any one study" in DRAWN["leave-one-out"](it).description
    assert "Egger’s test of asymmetry: p = " in DRAWN["funnel"](it).description
    assert (
        "One more of weeks multiplies it by"
        in bubble_of(it, "weeks", STUDIES.moderators["weeks"]).description
    )
    assert axis_of("MD").log is False
    assert axis_of("HR").name == "Hazard ratio"


def test_the_command_writes_a_folder(tmp_path: Path) -> None:
    data = tmp_path / "e.csv"
    data.write_text(
        "study,year,yi,vi,kind\nAsh,2001,0.1,0.1,x\nBirch,2002,0.4,0.2,y\nAsh,2001,0.3,0.1,x\nFir,,,,\n"
    )
    out = tmp_path / "out"
    words = ["export", data, "-o", out, "--group", "kind", "--order", "year", "--measure", "SMD", "--json"]
    said = CliRunner().invoke(synthesis, [str(word) for word in words])
    assert said.exit_code == 0, said.output
    figures = json.loads(said.stdout)
    assert (figures["studies"], figures["folder"]) == (3, str(out))
    rows = list(csv.DictReader((out / "data.csv").read_text(encoding="utf-8").splitlines()))
    assert [row["study"] for row in rows] == ["Ash 2001 (a)", "Birch 2002", "Ash 2001 (b)"]
    assert "e.csv, row 5 (Fir)" in (out / "README.md").read_text(encoding="utf-8")
    bad = CliRunner().invoke(
        synthesis, ["export", str(data), "-o", str(tmp_path / "no"), "--moderator", "kind"]
    )
    assert "column 'kind'" in str(bad.exception)


def test_pool_draws_charts_where_it_is_asked_to(tmp_path: Path) -> None:
    data, chart = tmp_path / "e.csv", tmp_path / "forest.svg"
    data.write_text("study,yi,vi\nAsh,0.1,0.1\nBirch,0.4,0.2\nFir,,\n")
    said = CliRunner().invoke(
        synthesis, ["pool", str(data), "--chart", f"forest={chart}", "--measure", "OR", "--json"]
    )
    assert json.loads(said.stdout)["doubts"] == []
    assert "Odds ratio" in chart.read_text(encoding="utf-8")
    assert CliRunner().invoke(synthesis, ["pool", str(data), "--chart", "cake=x.svg"]).exit_code == 2
