"""``wherewithal synthesis network``: its figures by name, its words, and networks that cannot be compared."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.unit.analyse.reviews.synthesis.network.senn import ARMS
from wherewithal.cli.synthesis import synthesis
from wherewithal.errors import BadInput

PAIRS = "study,treat1,treat2,yi,vi\nx,b,a,0.4,0.01\ny,c,b,0.3,0.02\nz,c,a,1.6,0.03\nw,c,a,1.5,0.03\n"


def run(*words: object) -> Result:
    return CliRunner().invoke(synthesis, ["network", *(str(word) for word in words)])


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    path = tmp_path / "pairs.csv"
    path.write_text(PAIRS)
    return path


def test_figures_have_their_names(pairs: Path) -> None:
    figures = json.loads(run(pairs, "--better", "higher", "--method", "EE", "--json").stdout)
    assert figures["treatments"] == ["a", "b", "c"]
    assert (figures["studies"], figures["comparisons"], figures["q_df"]) == (4, 3, 2)
    assert {"league", "consistency", "splits", "loops", "ranking", "tau2", "notes"} <= set(figures)
    assert len(figures["league"]) == 3
    assert figures["loops"][0]["treatments"] == ["a", "b", "c"]
    assert figures["ranking"]["seed"] == 1
    assert sum(figures["ranking"]["ranks"][0]["chances"]) == pytest.approx(1)


def test_words_name_what_does_not_fit_and_give_no_order_unasked(pairs: Path) -> None:
    said = run(pairs, "--method", "EE").stdout
    assert "pairs.csv: 3 treatments, 4 studies, EE" in said
    assert "loop that does not close: a, b, c" in said
    assert "direct and indirect differ: c against a" in said
    assert "order: not given" in said
    assert "rule: An intervention is called the best only where" in run(pairs, "--better", "lower").stdout


def test_arms_are_read(tmp_path: Path) -> None:
    path = tmp_path / "arms.csv"
    rows = [",".join(str(cell) for cell in (f'"{a[0]}"', *a[1:])) for a in ARMS]
    path.write_text("\n".join(["study,treatment,mi,sdi,ni", *rows]))
    figures = json.loads(run(path, "--measure", "MD", "--reference", "placebo", "--json").stdout)
    assert figures["tau2"] == pytest.approx(0.0999, abs=1e-4)
    assert figures["ranking"] is None
    assert figures["reference"] == "placebo"


def test_parts_are_named_and_can_be_chosen(pairs: Path) -> None:
    pairs.write_text(PAIRS + "v,e,d,0.1,0.1\nu,e,d,0.3,0.1\n")
    said = run(pairs)
    assert isinstance(said.exception, BadInput)
    assert "part 2: d, e (2 studies)" in str(said.exception)
    assert json.loads(run(pairs, "--part", "2", "--json").stdout)["treatments"] == ["d", "e"]
    assert run(pairs, "--part", "3").exit_code == 2


def test_bad_cells_are_named(pairs: Path) -> None:
    pairs.write_text("study,treat1,treat2,yi,se\nx,b,a,much,0.1\ny,c,b,0.3,-0.2\n")
    said = run(pairs, "--se", "se")
    assert "row 2, column 'yi'" in str(said.exception)
    pairs.write_text("study,treat1,treat2,yi,se\nx,b,a,0.1,0.1\ny,c,b,0.3,-0.2\n")
    assert "a variance of -0.04" in str(run(pairs, "--se", "se").exception)
