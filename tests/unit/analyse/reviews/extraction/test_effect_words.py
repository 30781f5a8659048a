from __future__ import annotations

from wherewithal.analyse.reviews.extraction.effect import Effect
from wherewithal.analyse.reviews.extraction.effect_words import UNCLEAR, effect_words, favours_words
from wherewithal.analyse.reviews.extraction.given import Given
from wherewithal.analyse.reviews.extraction.rows import Row, cell, table_of
from wherewithal.analyse.reviews.extraction.study import (
    Arm,
    Instrument,
    Outcome,
    Place,
    Report,
    Study,
    TimePoint,
)
from wherewithal.analyse.reviews.extraction.working import work_out

ARMS = Arm(1, "Parent groups"), Arm(2, "Waiting list")
PROBLEMS = Outcome("behaviour", "Behaviour problems", "lower")


def test_in_words() -> None:
    effect = Effect("SMD", -0.54, 0.04)
    assert effect_words(effect) == "Standardised difference −0.54 (95% interval −0.93 to −0.15)"
    assert favours_words(effect, PROBLEMS, ARMS) == (
        "Less behaviour problems in Parent groups than in Waiting list, which speaks for Parent groups."
    )
    assert favours_words(Effect("SMD", 0.54, 0.04), PROBLEMS, ARMS).endswith("speaks against Parent groups.")
    assert favours_words(Effect("SMD", -0.1, 0.04), PROBLEMS, ARMS) == UNCLEAR


def test_a_ratio_is_said_as_one() -> None:
    effect = Effect("OR", 0.0, 0.01)
    assert effect_words(effect) == "Odds ratio 1.00 (95% interval 0.82 to 1.22)"
    assert (
        effect_words(Effect("RD", -0.05, 0.0001)) == "Risk difference −0.050 (95% interval −0.070 to −0.030)"
    )


def test_a_correlation() -> None:
    assert favours_words(Effect("ZCOR", 0.5, 0.01), PROBLEMS, ARMS) == "The two go together."


def row(given: Given, quotation: str = "") -> Row:
    return Row(
        study=Study(3, "=Made (2001)", (Report("doi:10.5555/made", "Made (2001)"),), ARMS),
        outcome=PROBLEMS,
        instrument=Instrument("ecbi", "behaviour", "ECBI"),
        time=TimePoint("after", 12),
        arms=ARMS,
        given=given,
        effect=work_out(given, "SMD"),
        place=Place("5", quotation),
        by="A",
    )


def test_rows_carry_what_the_synthesis_reads_and_where_it_is_from() -> None:
    means = Given("means", {"n1": 58, "m1": 118.2, "sd1": 31.4, "n2": 55, "m2": 134.9, "sd2": 30.1})
    columns, rows = table_of([row(means, "Table 2"), row(Given("t-test", {"t": 2, "n1": 20, "n2": 20}))])
    assert columns[0] == "study"
    assert rows[0]["m1i"] == 118.2
    assert rows[1]["m1i"] is None
    assert rows[0]["yi"] == row(means).effect.value
    assert rows[0]["quotation"] == "Table 2"
    assert "standardised mean difference" in str(rows[0]["worked_out"])
    assert [cell(rows[0][name]) for name in ("study_number", "weeks", "sd1i")] == ["3", "12", "31.4"]
    assert cell(rows[1]["m1i"]) == ""


def test_a_corrected_number_is_another_row() -> None:
    means = {"n1": 58, "m1": 118.2, "sd1": 31.4, "n2": 55, "m2": 134.9, "sd2": 30.1}
    first = row(Given("means", means))
    assert first.fingerprint == row(Given("means", means), "another quotation").fingerprint
    assert first.fingerprint != row(Given("means", {**means, "m1": 119})).fingerprint
