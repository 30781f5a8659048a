"""``wherewithal synthesis pool`` by groups, moderators, levels and outcomes: metafor's figures, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result

from tests.unit.analyse.reviews.synthesis import reference as ref
from wherewithal.analyse.reviews.synthesis.regression import meta_regression
from wherewithal.analyse.reviews.synthesis.studies import DidNotConverge
from wherewithal.cli.synthesis import synthesis
from wherewithal.errors import BadInput

ONE_EACH = (
    "study,yi,vi,kind,year,dose\nA,0.1,0.02,x,2001,1\nB,0.3,0.03,x,2004,2\nC,0.2,0.01,x,2003,\nD,0.6,0.02,y,2010,3\n"
    "E,0.7,0.04,y,2012,high\nF,0.5,0.02,y,2011,1\nG,0.4,0.03,z,2005,2\n"
)
SEVERAL = (
    "study,yi,vi,kind,what\nA,0.1,0.02,x,p\nA,0.3,0.03,x,q\nB,0.2,0.02,x,p\nB,0.6,0.03,x,q\nC,0.7,0.02,y,p\n"
    "C,0.5,0.03,y,q\nD,0.4,0.02,y,p\nD,0.2,0.03,z,q\nE,0.1,0.02,y,p\n"
)


def run(*words: object) -> Result:
    return CliRunner().invoke(synthesis, ["pool", *[str(word) for word in words]])


def figures(*words: object) -> dict[str, Any]:
    said = run(*words, "--json")
    assert said.exit_code == 0, said.exception
    return dict(json.loads(said.stdout))


@pytest.fixture
def one_each(tmp_path: Path) -> Path:
    path = tmp_path / "one.csv"
    path.write_text(ONE_EACH)
    return path


@pytest.fixture
def several(tmp_path: Path) -> Path:
    path = tmp_path / "several.csv"
    path.write_text(SEVERAL)
    return path


def rows_agree(ours: list[dict[str, Any]], theirs: dict[str, Any], names: dict[str, str]) -> None:
    """Each coefficient against one list, or one number, of R."""
    for mine, key in names.items():
        values = theirs[key] if isinstance(theirs[key], list) else [theirs[key]] * len(ours)
        for number, (each, other) in enumerate(zip(ours, values, strict=True)):
            found = each["ci"][mine] if mine in ("low", "high") else each[mine]
            assert ref.apart(found, other) < ref.AGREES, (mine, number)


MODEL = {"estimate": "beta", "se": "se", "p": "pval", "low": "ci.lb", "high": "ci.ub"}
ROBUST = {"se": "se", "low": "ci.lb", "high": "ci.ub", "df": "dfs", "p": "pval"}
REGRESSIONS = {
    "bcg_ablat_year": ("es_bcg_RR", ["ablat", "year"]),
    "bcg_alloc": ("es_bcg_RR", ["alloc"]),
    "bangert_length": ("es_bangertdrowns2004_yivi", ["length"]),
    "bangert_multi": (
        "es_bangertdrowns2004_yivi",
        ["length", "wic", "feedback", "info", "pers", "imag", "meta"],
    ),
    "raudenbush_weeks": ("es_raudenbush1985_yivi", ["weeks"]),
    "assink_pubstatus": ("es_assink2016_yivi", ["pubstatus"]),
}


@pytest.mark.shared
@pytest.mark.parametrize("name", REGRESSIONS)
@pytest.mark.parametrize(("method", "test"), [("REML", "z"), ("REML", "knha"), ("DL", "knha"), ("ML", "z")])
def test_regressions_are_metafors(shared: Path, name: str, method: str, test: str) -> None:
    file, columns = REGRESSIONS[name]
    theirs = ref.read(shared)["metareg"][f"{name}|{method}|{test}"]
    given = [word for column in columns for word in ("--moderator", column)]
    ours = figures(shared / "meta" / f"{file}.csv", *given, "--leave-out", "--method", method, "--test", test)
    rows_agree(ours["coefficients"], theirs, MODEL)
    pairs = {
        "qm": "QM",
        "qm_p": "QMp",
        "r2": "R2",
        "tau2": "tau2",
        "i2": "I2",
        "q": "QE",
        "q_p": "QEp",
        "k": "k",
    }
    for mine, key in pairs.items():
        assert ref.apart(ours[mine], theirs[key]) < ref.AGREES, mine
    assert (ours["model"], ours["df"]) == ("regression", theirs["dfs"])


@pytest.mark.shared
def test_three_levels_are_metafors_and_clubsandwichs(shared: Path) -> None:
    kept, folder = ref.read(shared)["mv"], shared / "meta"
    crime, sex = folder / "dat.assink2016.csv", folder / "dat.tannersmith2016.csv"
    models = {
        "assink": figures(crime, "--cluster", "study", "--test", "t"),
        "assink_CHE": figures(crime, "--cluster", "study", "--rho", "0.6"),
        "assink_mod": figures(
            crime, "--cluster", "study", "--moderator", "pubstatus", "--moderator", "year", "--test", "t"
        ),
        "tannersmith": figures(sex, "--cluster", "studyid"),
        "konst": figures(folder / "dat.konstantopoulos2011.csv", "--cluster", "district"),
        "konst_ML": figures(
            folder / "dat.konstantopoulos2011.csv", "--cluster", "district", "--method", "ml"
        ),
    }
    for name, ours in models.items():
        theirs = kept[name]
        rows_agree(ours["by_the_model"], theirs, {k: x for k, x in MODEL.items() if k != "p"})
        rows_agree(ours["robust"], theirs["robust_CR2"], ROBUST)
        rows_agree(ours["robust"], theirs["clubSandwich_CR2"], {"se": "SE", "df": "df_Satt", "p": "p_Satt"})
        for mine, other in zip(ours["variances"].values(), theirs["sigma2"], strict=True):
            assert ref.apart(mine, other) < ref.AGREES, name
        assert ref.apart(ours["q"], theirs["QE"]) < ref.AGREES
        if name != "assink_mod":
            assert ours["se"] == ours["robust"][0]["se"]
            assert ours["errors"] == "CR2"
    assert (models["assink"]["k"], models["assink"]["studies"]) == (100, 17)


@pytest.mark.shared
def test_outcomes_at_once_are_metafors(shared: Path) -> None:
    theirs = ref.read(shared)["mv"]["berkey_UN"]
    path = shared / "meta" / "dat.berkey1998.csv"
    words = [path, "--cluster", "trial", "--outcome", "outcome", "--method", "ML"]
    ours = figures(*words, "--covariance", "v1i", "--covariance", "v2i")
    rows_agree(ours["by_the_model"], theirs, {k: x for k, x in MODEL.items() if k != "p"})
    rows_agree(ours["robust"], theirs["robust_CR2"], ROBUST)
    for mine, other in zip(ours["variances"].values(), theirs["tau2"], strict=True):
        assert ref.apart(mine, other) < ref.AGREES
    assert ref.apart(ours["correlations"][0]["correlation"], theirs["rho"]) < ref.AGREES
    said = run(*words, "--covariance", "v2i", "--covariance", "v1i")
    assert "Order the columns" in str(said.exception)


@pytest.mark.shared
def test_groups_by_a_common_effect_are_metafors_regression(shared: Path) -> None:
    """No group results lie beside the project: for a common effect Q between groups is QM, which the library checks."""
    path = shared / "meta" / "es_bcg_RR.csv"
    ours = figures(path, "--by", "alloc", "--method", "EE")
    table = ref.table(shared, "es_bcg_RR")
    other = meta_regression(
        ref.column(table["yi"]), ref.column(table["vi"]), {"alloc": table["alloc"]}, method="EE", test="z"
    )
    assert ours["by"]["difference"]["q"] == pytest.approx(other.qm)
    assert ours["by"]["difference"]["p"] == pytest.approx(other.qm_p)
    theirs = ref.read(shared)["uni"]["bcg_RR"]["EE"]
    assert ref.apart(ours["estimate"], theirs["beta"]) < ref.AGREES
    assert [each["k"] for each in ours["by"]["groups"].values()] == [2, 7, 4]


def test_groups_in_words(one_each: Path) -> None:
    said = run(one_each, "--by", "kind")
    assert said.exit_code == 0, said.exception
    assert "by kind:" in said.stdout
    assert "z has one study, so it is not pooled by itself." in said.stdout
    assert "more than chance alone would explain" in said.stdout
    assert "were not put into groups by chance" in said.stdout
    assert figures(one_each, "--by", "kind")["by"]["alone"] == ["z"]


def test_moderators_are_numbers_or_words_and_codes_are_said_to_be(one_each: Path) -> None:
    said = run(one_each, "--moderator", "year", "--moderator", "kind", "--test", "knha")
    assert said.exit_code == 0, said.exception
    assert "kind: y" in said.stdout
    assert "against 'x'" in said.stdout
    assert "the effect where kind is 'x' and year is 0" in said.stdout
    assert "F = " in said.stdout
    assert "R² " in said.stdout
    assert "10 for each are usually asked for" in said.stdout
    ours = figures(one_each, "--category", "dose", "--leave-out")
    assert [each["name"] for each in ours["coefficients"]] == [
        "intercept",
        "dose: 2",
        "dose: 3",
        "dose: high",
    ]
    assert ours["left_out"] == ["one.csv, row 4 (C), no dose"]
    assert (ours["references"], ours["k"]) == ({"dose": "1"}, 6)


def test_several_effects_a_study_in_words(several: Path) -> None:
    said = run(several, "--cluster", "study", "--rho", "0.5")
    assert said.exit_code == 0, said.exception
    for words in (
        "9 effects of 5 studies",
        "robust intervals (CR2)",
        "degrees of freedom",
        "assumed, not found",
    ):
        assert words in said.stdout
    assert "taken as independent" in run(several, "--cluster", "study").stdout
    grouped = run(several, "--cluster", "study", "--by", "kind")
    assert grouped.exit_code == 0, grouped.exception
    assert "y less x" in grouped.stdout
    assert "z has one study" in grouped.stdout
    outcomes = run(several, "--cluster", "study", "--outcome", "what", "--rho", "0.5")
    assert outcomes.exit_code == 0, outcomes.exception
    assert "2 outcomes at once" in outcomes.stdout


def test_a_forest_shows_groups_and_studies(several: Path, tmp_path: Path) -> None:
    out = tmp_path / "f.svg"
    said = run(several, "--cluster", "study", "--by", "kind", "--chart", f"forest={out}")
    assert said.exit_code == 0, said.exception
    assert "9 effects of 5 studies" in out.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--by", "kind", "--moderator", "year"], "give kind as --category"),
        (["--outcome", "kind", "--rho", "0.5"], "Say with --cluster"),
        (["--outcome", "kind", "--cluster", "study"], "Give --rho 0.5"),
        (["--outcome", "kind", "--cluster", "study", "--rho", "0.5", "--by", "dose"], "--category kind"),
        (["--rho", "0.5"], "Say with --cluster"),
        (["--rho", "0.5", "--covariance", "vi", "--cluster", "study"], "Leave --rho out"),
        (["--covariance", "vi", "--cluster", "study", "--by", "kind"], "assumed correlation"),
        (["--cluster", "study", "--method", "DL"], "REML or ML"),
        (["--cluster", "study", "--knha"], "degrees of freedom of their own"),
        (["--cluster", "study", "--by", "kind", "--test", "t"], "groups are robust"),
        (["--cluster", "study", "--exact"], "Leave --exact out"),
        (["--leave-out"], "no --by, --moderator or --category"),
        (["--moderator", "year", "--chart", "forest=x.svg"], "Leave --chart out"),
        (["--by", "kind", "--chart", "funnel=x.svg"], "forest=FILE.svg"),
        (["--moderator", "yi"], "the same column as the effect"),
        (["--moderator", "vi"], "the same column as the variance"),
        (["--moderator", "year", "--moderator", "year"], "the same column as --moderator"),
        (["--by", "study", "--cluster", "study"], "the same column as --by"),
        (["--cluster", "study"], "Leave --cluster out"),
        (["--cluster", "kind", "--rho", "1.5"], "between -1 and 1"),
        (["--cluster", "kind", "--rho", "-0.9"], "Lower the correlation"),
        (["--by", "study"], "nothing to pool within"),
        (["--by", "nothing"], "no column called 'nothing'"),
        (["--moderator", "dose"], "as --category"),
        (["--category", "dose"], "one.csv, row 4 (C), column 'dose'"),
        (["--moderator", "study"], "cannot tell 7 coefficients apart"),
        (["--moderator", "year", "--method", "GENQ"], "does not regress"),
    ],
)
def test_what_makes_no_sense_is_refused_with_what_to_do(one_each: Path, words: list[str], says: str) -> None:
    said = run(one_each, *words)
    assert isinstance(said.exception, BadInput)
    assert says in str(said.exception)
    assert said.stdout == ""


@pytest.mark.parametrize(
    ("change", "words", "says"),
    [
        (("A,0.3", ",0.3"), ["--cluster", "study"], "row 3"),
        (("x,q", "x,p"), ["--cluster", "study", "--outcome", "what", "--rho", "0.5"], "again, after"),
        (("y,p\nD,0.2", "y,r\nD,0.2"), ["--cluster", "study", "--outcome", "what", "--rho", "0.5"], "'r'"),
        (("", ""), ["--cluster", "study", "--moderator", "kind"], "only the study 'D' tells"),
    ],
)
def test_wrong_cells_of_several_effects_are_named(
    tmp_path: Path, change: tuple[str, str], words: list[str], says: str
) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(SEVERAL.replace(*change) if change[0] else SEVERAL)
    said = run(path, *words)
    assert isinstance(said.exception, BadInput), said.output
    assert says in str(said.exception)
    assert said.stdout == ""


def test_values_that_differ_in_capitals_are_asked_about(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(ONE_EACH.replace("D,0.6,0.02,y", "D,0.6,0.02,X").replace("E,0.7,0.04,y", "E,0.7,0.04,X"))
    assert "'X', 'x' count as different values" in run(path, "--by", "kind").stderr


@pytest.mark.parametrize("extra", [[], ["--json"]])
def test_a_search_that_does_not_settle_prints_no_number(
    several: Path, monkeypatch: pytest.MonkeyPatch, extra: list[str]
) -> None:
    monkeypatch.setattr("wherewithal.analyse.reviews.synthesis.components.MOST_STEPS", 0)
    for words in (
        ["--cluster", "study"],
        ["--cluster", "study", "--by", "kind"],
        ["--cluster", "study", "--outcome", "what", "--rho", "0.5"],
    ):
        said = run(several, *words, *extra)
        assert isinstance(said.exception, DidNotConverge)
        assert said.stdout == ""


def test_outcomes_that_never_meet_have_no_correlation(tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    rows = ["study,yi,vi,what"]
    for number in range(6):
        rows += [f"S{number},{0.1 * number},0.02,p", f"S{number},{0.5 - 0.07 * number**1.5},0.03,q"]
    rows += [
        f"T{number},{0.2 + 0.1 * number},0.02,{what}" for number, what in enumerate(["p", "r", "r", "r"])
    ]
    path.write_text("\n".join(rows) + "\n")
    ours = figures(path, "--cluster", "study", "--outcome", "what", "--rho", "0.4")
    known = {(each["first"], each["second"]): each["correlation"] for each in ours["correlations"]}
    assert known.get(("p", "r")) is None
    assert known.get(("q", "r")) is None
    assert any("No study gives both p and r" in note for note in ours["notes"])
    assert np.isfinite([each["estimate"] for each in ours["robust"]]).all()
