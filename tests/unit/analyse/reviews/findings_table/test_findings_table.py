from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import docx
import pytest

from wherewithal.analyse.reviews.certainty.factors import factors
from wherewithal.analyse.reviews.certainty.grading import Decision, Grade, grade
from wherewithal.analyse.reviews.certainty.levels import Design
from wherewithal.analyse.reviews.findings_table.csv import findings_csv
from wherewithal.analyse.reviews.findings_table.table import FindingsTable, Outcome, findings_table
from wherewithal.analyse.reviews.findings_table.word import findings_docx
from wherewithal.analyse.reviews.in_words.risks import Baseline, Range, absolute_effect
from wherewithal.analyse.reviews.in_words.sentences import COHEN
from wherewithal.analyse.reviews.in_words.standardised import Standardised
from wherewithal.errors import BadInput

WHEN = datetime(2026, 11, 25, 12, tzinfo=UTC)


def graded(**steps: int) -> Grade:
    rows = [
        Decision(
            each.key, steps.get(each.key, 0), "Two trials lost a third." if steps.get(each.key) else "", "Ann"
        )
        for each in factors()
        if each.lowers
    ]
    return grade(Design.RANDOMISED, rows)


def table() -> FindingsTable:
    conduct = Outcome(
        "Conduct problems",
        9,
        812,
        "Standardised difference",
        Range(-0.45, -0.65, -0.25),
        size_of=0.45,
        lines=COHEN,
        standardised=Standardised.of(-0.45, -0.65, -0.25, higher_is_better=False),
        grade=graded(risk_of_bias=-1),
        follow_up="after 6 months",
    )
    care = Outcome(
        "=Entering care",
        2,
        None,
        "Odds ratio",
        Range(0.73, 0.6, 0.9),
        absolute=absolute_effect(
            "OR", 0.73, 0.6, 0.9, Baseline(0.3, "Westmere, 2024/25", "made up for a test")
        ),
        grade=graded(risk_of_bias=-1, imprecision=-1),
    )
    mood = Outcome("Parents' mood", 3, 120, "", None, instead="Two of three studies point to better.")
    return findings_table("Group parenting", "usual services", "Westmere <Borough>", [conduct, care, mood])


def test_a_row_an_outcome_with_what_it_comes_to_here() -> None:
    rows = table().rows
    assert rows[0].outcome == "Conduct problems (after 6 months)"
    assert rows[0].evidence == "9 studies, 812 people"
    assert rows[0].effect == "Standardised difference −0.45 (−0.65 to −0.25)"
    assert rows[0].here == "An average child moves up 17 places in 100 (+10 to +24)"
    assert (rows[0].certainty, rows[0].marks) == ("Moderate", "●●●○")
    assert rows[0].plain == "Group parenting probably lowers conduct problems a little."
    assert rows[1].here.startswith("62 fewer in every 1,000")
    assert rows[1].plain.startswith("No sentence until")
    assert (rows[2].effect, rows[2].certainty, rows[2].plain) == (
        "Not pooled", "Not graded yet", "Two of three studies point to better.",
    )  # fmt: skip


def test_the_same_reason_has_one_footnote() -> None:
    made = table()
    assert made.rows[0].notes == (1, 2)
    assert made.rows[1].notes == (1, 3, 4)
    assert made.footnotes[0] == "Risk of bias: serious concern. Two trials lost a third."
    assert made.footnotes[3] == "Without the service, 30.0%: Westmere, 2024/25. Source: made up for a test."


def test_as_csv() -> None:
    rows = list(csv.reader(io.StringIO(findings_csv(table()))))
    assert rows[0][0] == "Outcome"
    assert rows[2][0] == "'=Entering care"
    assert rows[1][-1] == "1 2"
    assert rows[-1][0] == "Note 4"


def test_as_a_word_file() -> None:
    document = docx.Document(io.BytesIO(findings_docx(table(), written_at=WHEN)))
    made = document.tables[0]
    assert [cell.text for cell in made.rows[0].cells] == list(table().columns)
    assert made.rows[1].cells[4].text == "●●●○ Moderate 1 2"
    assert "1. Risk of bias: serious concern. Two trials lost a third." in [
        p.text for p in document.paragraphs
    ]
    assert document.core_properties.title == "What is known about Group parenting"
    # Said to whoever hears the table: its first row names the columns.
    assert made.rows[0]._tr.xpath(".//w:tblHeader")


def test_a_table_of_nothing_is_refused() -> None:
    with pytest.raises(BadInput, match="at least one outcome"):
        findings_table("a", "b", "c", [])
    with pytest.raises(BadInput, match="Name the service"):
        findings_table("", "b", "c", [Outcome("x", 1, 1, "", None)])
