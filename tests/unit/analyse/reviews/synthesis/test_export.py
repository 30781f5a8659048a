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
from wherewithal.analyse.reviews.synthesis.multilevel import multilevel
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


def clustered() -> Studies:
    cluster = ["Ash", "Ash", "Birch", "Cole", "Cole", "Cole", "Dove", "Elm", "Elm"]
    effects = [0.12, 0.34, 0.51, 0.22, 0.05, 0.41, 0.93, 0.66, 0.38]
    return Studies([f"outcome {n}" for n in range(9)], effects, [0.02, 0.03, 0.05] * 3, cluster=cluster)


def test_several_effects_a_study_are_exported_by_three_levels(tmp_path: Path) -> None:
    files = contents(clustered(), Settings(measure="SMD"))
    levels = json.loads(files["results.json"])["levels"]
    fit = multilevel(
        clustered().effects,
        clustered().variances,
        {"study": clustered().cluster, "effect": list(range(9))},
        test="z",
    )
    assert levels["robust"]["se"] == fit.robust[0].se
    assert levels["variances"] == {"cluster": fit.variances["study"], "effect": fit.variances["effect"]}
    assert "9 effects of 5 studies hang together" in files["results.txt"].decode()
    assert "The forest pools them by three levels" in files["README.md"].decode()
    export(clustered(), Settings(measure="SMD"), tmp_path / "it")
    run = [sys.executable, tmp_path / "it" / "rerun.py"]
    again = subprocess.run(run, capture_output=True, text=True, check=False)
    assert again.returncode == 0, again.stdout + again.stderr


def test_metafor_agrees_on_three_levels(tmp_path: Path) -> None:
    program = rscript()
    export(clustered(), Settings(measure="SMD"), tmp_path / "it")
    said = subprocess.run([program, tmp_path / "it" / "rerun.R"], capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout + said.stderr
    assert "between studies" in said.stdout


@pytest.mark.parametrize("correlation", [None, 0.6])
@pytest.mark.parametrize("method", ["REML", "ML"])
def test_metafor_agrees_on_groups_and_lines_of_several_effects_a_study(
    tmp_path: Path, correlation: float | None, method: str
) -> None:
    """Three levels with an assumed correlation, by group and by number, robust errors and their degrees of freedom."""
    program = rscript()
    several = replace(
        clustered(),
        group=["x", "x", "x", "y", "y", "y", "x", "y", "y"],
        moderators={"weeks": [1.0, 2.0, 5.0, 3.0, 7.0, 4.0, 9.0, 10.0, float("nan")]},
    )
    folder = tmp_path / "it"
    export(several, Settings(method=method, measure="SMD", correlation=correlation), folder)
    results = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    assert results["levels"]["correlation"] == correlation
    assert results["subgroups"]["difference"]["of"] == "y"
    assert set(results["subgroups"]["groups"]) == {"x", "y"}
    said = subprocess.run([program, folder / "rerun.R"], capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout + said.stderr
    assert "slope of weeks, robust df" in said.stdout
    assert "worked = 1e-06, searched = 1e-06" in (folder / "rerun.R").read_text(encoding="utf-8")
    again = subprocess.run([sys.executable, folder / "rerun.py"], capture_output=True, text=True, check=False)
    assert again.returncode == 0, again.stdout + again.stderr


def test_a_study_without_the_number_is_left_out_of_the_line_alone(tmp_path: Path) -> None:
    blank = replace(STUDIES, moderators={"weeks": [6.0, float("nan"), 12.0, 4.0, 10.0, 9.0]})
    results = json.loads(contents(blank, SETTINGS)["results.json"])
    assert results["regressions"]["weeks"]["studies"] == 5
    assert results["pool"]["k"] == 6
    export(blank, SETTINGS, tmp_path / "it")
    again = subprocess.run(
        [sys.executable, tmp_path / "it" / "rerun.py"], capture_output=True, text=True, check=False
    )
    assert again.returncode == 0, again.stdout + again.stderr
    said = subprocess.run(
        [rscript(), tmp_path / "it" / "rerun.R"], capture_output=True, text=True, check=False
    )
    assert said.returncode == 0, said.stdout + said.stderr


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


def test_several_effects_a_study_are_not_pooled_as_if_each_were_a_study() -> None:
    study = ["a", "b", "a", "b", "c", "c", "d", "d"]
    y, v = [0.1, 0.5, 0.2, 0.6, 0.3, 0.2, 0.9, 0.8], [0.05] * 8
    names = [f"outcome {number}" for number in range(8)]
    it = Drawable(y, v, names, axis_of("SMD", better="higher"), study=study)
    made = DRAWN["forest"](it)
    fit = multilevel(y, v, {"study": study, "effect": list(range(8))})
    assert made.figures[-2][:4] == (
        "All 8 effects",
        fit.robust[0].estimate,
        fit.robust[0].ci.low,
        fit.robust[0].ci.high,
    )
    assert [row[0] for row in made.rows][:3] == ["a: outcome 0", "a: outcome 2", "b: outcome 1"]
    assert "8 effects of 4 studies, three levels, robust intervals (CR2)." in made.description
    assert all(row[4] is None for row in made.figures)
    grouped = DRAWN["forest"](replace(it, group=["x"] * 4 + ["y"] * 4))
    assert "Do subgroups differ" not in grouped.description
    assert [row[0] for row in grouped.rows if "Pooled" in row[0]] == ["x: Pooled", "y: Pooled"]


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
