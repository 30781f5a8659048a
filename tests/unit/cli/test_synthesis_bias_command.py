"""``wherewithal synthesis bias``: metafor's figures for every test of missing results, each with its sentences."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.unit.analyse.reviews.synthesis import reference as ref
from wherewithal.analyse.reviews.synthesis.fail_safe import CAUTION
from wherewithal.cli.synthesis import synthesis
from wherewithal.errors import BadInput

METHODS = ("egger", "rank", "trim_and_fill", "pet_peese", "selection", "fail_safe")
FEW = "study,yi,vi\nA,0.3,0.02\nB,0.5,0.03\nC,0.25,0.01\nD,0.7,0.09\n"


def run(*words: object) -> Result:
    return CliRunner().invoke(synthesis, ["bias", *[str(word) for word in words]])


def figures(*words: object) -> dict[str, Any]:
    said = run(*words, "--json")
    assert said.exit_code == 0, said.exception
    return dict(json.loads(said.stdout))


def agree(pairs: dict[str, tuple[Any, Any]]) -> None:
    assert {name: far for name, far in ref.compared(pairs).items() if far > ref.AGREES} == {}


@pytest.fixture
def few(tmp_path: Path) -> Path:
    path = tmp_path / "few.csv"
    path.write_text(FEW)
    return path


@pytest.mark.shared
@pytest.mark.parametrize(
    "name", ["bcg_RR", "bcg_OR", "bangertdrowns2004_yivi", "hackshaw1998_yivi", "raudenbush1985_yivi"]
)
def test_figures_are_metafors(shared: Path, name: str) -> None:
    theirs = ref.read(shared)["uni"][name]
    ours = figures(shared / "meta" / f"es_{name}.csv")
    line, filled = theirs["regtest_lm"], theirs["trimfill"]
    agree(
        {
            "statistic": (ours["egger"]["statistic"], line["zval"]),
            "p": (ours["egger"]["p"], line["pval"]),
            "df": (ours["egger"]["df"], line["dfs"]),
            "limit": (ours["egger"]["limit"], line["est"]),
            "low": (ours["egger"]["limit_ci"]["low"], line["ci.lb"]),
            "tau": (ours["rank"]["tau"], theirs["ranktest"]["tau"]),
            "rank": (ours["rank"]["p"], theirs["ranktest"]["pval"]),
            "missing": (ours["trim_and_fill"]["missing"], filled["k0"]),
            "filled": (ours["trim_and_fill"]["estimate"], filled["beta"]),
            "filled low": (ours["trim_and_fill"]["ci"]["low"], filled["ci.lb"]),
            "filled high": (ours["trim_and_fill"]["ci"]["high"], filled["ci.ub"]),
        }
    )
    assert ours["trim_and_fill"]["side"] == filled["side"]


@pytest.mark.shared
def test_lines_and_selection_are_metafors_and_fail_safe_n_is_as_the_library_has_it(shared: Path) -> None:
    kept, folder = ref.read(shared), shared / "meta"
    found = figures(folder / "es_bangertdrowns2004_yivi.csv")["pet_peese"]
    agree(
        {
            f"{line} {mine}": (found[line][mine], kept[f"{line}_bangert"][key][0])
            for line in ("pet", "peese")
            for mine, key in (("estimate", "beta"), ("se", "se"))
        }
    )
    # The p of PET's intercept in the direction expected is above 0.05, so that PET is taken.
    assert (found["taken"], found["estimate"]) == ("PET", found["pet"]["estimate"])
    smoke, theirs = figures(folder / "es_hackshaw1998_yivi.csv"), kept["selmodel_hackshaw"]
    chosen = smoke["selection"]
    agree(
        {
            "estimate": (chosen["estimate"], theirs["beta"]),
            "se": (chosen["se"], theirs["se"]),
            "tau2": (chosen["tau2"], theirs["tau2"]),
            "lr": (chosen["lr"], theirs["LRT"]),
            "lr_p": (chosen["lr_p"], theirs["LRTp"]),
        }
    )
    assert ref.apart(chosen["chances"][1], theirs["delta"][1]) < 2e-6
    bcg = figures(folder / "es_bcg_RR.csv")["fail_safe"]
    assert [bcg[key]["number"] for key in ("rosenthal", "rosenberg", "orwin")] == [598, 370, 13]


@pytest.mark.shared
def test_each_method_says_a_sentence_and_what_it_cannot_say(shared: Path) -> None:
    path = shared / "meta" / "es_bcg_RR.csv"
    ours, said = figures(path), run(path).stdout
    for key in METHODS:
        assert ours[key]["says"] in said
        assert ours[key]["cannot"] in said
    assert ours["fail_safe"]["cannot"] == CAUTION
    assert "No answer" not in said
    assert (ours["few"], ours["way"]) == ("", "lower")


@pytest.mark.shared
def test_the_way_turns_the_whole_round(shared: Path, tmp_path: Path) -> None:
    """Effects of the other sign, in the other direction, say the same with the other sign."""
    table = ref.table(shared, "es_hackshaw1998_yivi")
    path = tmp_path / "turned.csv"
    rows = [f"{-float(y)!r},{v}" for y, v in zip(table["yi"], table["vi"], strict=True)]
    path.write_text("\n".join(["yi,vi", *rows]) + "\n")
    first, second = figures(shared / "meta" / "es_hackshaw1998_yivi.csv"), figures(path)
    assert (first["way"], second["way"]) == ("higher", "lower")
    for key in ("trim_and_fill", "pet_peese", "selection"):
        assert first[key]["estimate"] == pytest.approx(-second[key]["estimate"], rel=1e-6)
        assert first[key]["ci"]["low"] == pytest.approx(-second[key]["ci"]["high"], rel=1e-6)
    assert figures(path, "--better", "higher")["selection"] != second["selection"]


def test_fewer_than_ten_studies_is_said_first_and_a_method_without_answer_says_why(few: Path) -> None:
    said = run(few)
    assert said.exit_code == 0, said.exception
    assert "There are 4 studies, and fewer than 10 can hardly tell" in said.stdout.splitlines()[2]
    ours = figures(few, "--step", "0.5")
    assert "none" in ours["selection"]
    assert "estimate" not in ours["selection"]
    assert ours["selection"]["says"].startswith("No answer: Some intervals of p hold no study")
    assert "none of what follows" in ours["few"]


def test_rows_of_one_study_are_asked_about(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(FEW.replace("B,", "A,"))
    assert "1 row has the name of another" in run(path).stderr


def test_effects_that_are_all_alike_have_no_answers_rather_than_numbers(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("study,yi,vi\nA,0.2,0.02\nB,0.2,0.03\nC,0.2,0.04\n")
    ours = figures(path)
    assert "none" in ours["egger"]
    assert "none" in ours["rank"]


@pytest.mark.parametrize(
    ("text", "words", "says"),
    [
        ("study,yi,vi\nA,0.1,0.1\nB,0.2,0.1\n", [], "at least 3"),
        ("study,yi,vi\nA,0.1,-0.1\nB,x,0.1\nC,0.2,0.1\n", [], "row 3"),
        (FEW, ["--method", "BAYES"], "REML"),
        (FEW, ["--test", "wald"], "knha"),
        (FEW, ["--effect", "g"], "no column called 'g'"),
        (FEW, ["--step", "2"], "Steps are p-values"),
        (FEW, ["--step", "0.5", "--step", "0.1"], "Steps are p-values"),
    ],
)
def test_what_cannot_be_asked_is_refused(tmp_path: Path, text: str, words: list[str], says: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(text)
    said = run(path, *words)
    assert isinstance(said.exception, BadInput), said.stdout
    assert says in str(said.exception)
    assert said.stdout == ""
