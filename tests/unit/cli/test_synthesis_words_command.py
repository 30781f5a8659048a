"""``wherewithal synthesis words``: its figures by name, and what it refuses."""

from __future__ import annotations

import json

from click.testing import CliRunner, Result

from wherewithal.cli.synthesis import synthesis

ODDS = ["--measure", "OR", "--effect", "0.73", "--low", "0.6", "--high", "0.9"]
PLACE = ["--baseline", "0.3", "--where", "Northmoor", "--source", "made up for a test"]


def run(*words: str) -> Result:
    return CliRunner().invoke(synthesis, ["words", *words])


def test_an_odds_ratio_in_a_place() -> None:
    """Cochrane Handbook 5.1, section 12.5.4.3: OR 0.73 at 0.3 is 62 fewer per 1,000; NNT 17."""
    found = json.loads(run(*ODDS, *PLACE, "--json").stdout)
    assert round(found["per_1000"]["value"]) == -62
    assert found["number_needed"].startswith("NNTB 17 (")
    assert found["source"] == "made up for a test"
    assert "62 fewer in every 1,000" in run(*ODDS, *PLACE).stdout


def test_a_standardised_difference_with_and_without_a_place() -> None:
    given = [
        "--measure",
        "smd",
        "--effect",
        "-0.25",
        "--low",
        "-0.4",
        "--high",
        "-0.1",
        "--lower-is-better",
        "--json",
    ]
    found = json.loads(run(*given).stdout)
    assert round(found["improvement_index"]["value"]) == 10
    assert len(found["words"]) == 3
    assert "per_1000" not in found
    assert json.loads(run(*given, *PLACE).stdout)["per_1000"]["value"] < 0


def test_no_baseline_without_a_source_and_no_risk_without_a_baseline() -> None:
    assert run(*ODDS).exit_code == 2
    refused = run(*ODDS, "--baseline", "0.3")
    assert refused.exit_code == 1
    assert "no figure goes without a source" in str(refused.exception)
