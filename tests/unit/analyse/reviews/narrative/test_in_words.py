"""An outcome in words: which way numbers point that are too few for an effect, what counts first, and what is told."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from wherewithal.analyse.reviews.certainty.factors import factors
from wherewithal.analyse.reviews.certainty.grading import Decision
from wherewithal.analyse.reviews.extraction.given import Given
from wherewithal.analyse.reviews.extraction.rows import Row
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
from wherewithal.analyse.reviews.narrative.account import NarrativeAccount, narrate
from wherewithal.analyse.reviews.narrative.choices import NarrativeChoices
from wherewithal.analyse.reviews.narrative.directions import Direction
from wherewithal.analyse.reviews.narrative.finding import NARRATED, narrated_finding
from wherewithal.analyse.reviews.narrative.pointing import Basis, Described, Gathered, Pointing, gather
from wherewithal.analyse.reviews.narrative.signs import sign_of
from wherewithal.analyse.reviews.narrative.tables import directions_csv
from wherewithal.analyse.reviews.narrative.word import narrative_docx
from wherewithal.analyse.reviews.outcomes import OutcomeSettings, PoolingChoices, StudyEffect
from wherewithal.errors import BadInput

CONDUCT = Outcome("conduct", "Conduct problems", "lower", "SMD")
ODDS = Outcome("excluded", "Exclusion from school", "lower", "OR")
SCALE = Instrument("ecbi", "conduct", "Behaviour inventory")
STRENGTHS = Instrument("strengths", "conduct", "Strengths scale", more="lower")
DAY = date(2026, 11, 1)
SETTINGS = OutcomeSettings(service="parent groups")


# --- Which arm numbers favour ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "numbers", "choices", "sign"),
    [
        ("means", {"m1": 12, "m2": 15}, {}, -1),
        ("means", {"m1": 12}, {}, None),
        ("quartiles", {"median1": 4, "median2": 4}, {}, 0),
        ("before-after", {"before1": 10, "after1": 6, "before2": 10, "after2": 9}, {}, -1),
        ("change", {"change1": -1, "change2": -4}, {}, 1),
        ("counts", {"events1": 10, "n1": 100, "events2": 10, "n2": 50}, {}, -1),
        ("counts", {"events1": 10, "n1": 0, "events2": 10, "n2": 50}, {}, None),
        ("percentages", {"percent1": 30, "percent2": 20}, {}, 1),
        ("rates", {"events1": 3, "time1": 10, "events2": 3, "time2": 20}, {}, 1),
        ("smd", {"value": -0.2}, {}, -1),
        ("ratio", {"value": 1.3}, {"ratio": "OR"}, 1),
        ("p-value", {"p": 0.04}, {"favours": "2"}, -1),
        ("t-test", {"t": 2.1}, {}, 1),
    ],
)
def test_which_arm_has_more_by_the_numbers_that_are_there(form, numbers, choices, sign) -> None:
    assert sign_of(Given(form, numbers, choices)) == sign


# --- What counts ----------------------------------------------------------------------------------------


def row(number: int, given: Given, instrument: Instrument = SCALE, **changes) -> Row:
    study = Study(number, f"Study {number}", (Report(f"doi:10.1/{number}", f"Example {number}"),))
    try:
        effect = work_out(given, "SMD", turned=instrument.turned)
    except BadInput:
        effect = None
    made = Row(
        study,
        CONDUCT,
        instrument,
        TimePoint("after", 12),
        (Arm(1, "Groups"), Arm(2, "Waiting list", "comparison")),
        given,
        effect,
        "" if effect else "The spread is not reported.",
        Place("5", "Table 2"),
        "Ann",
    )
    return replace(made, **changes)


def means(ours: float, theirs: float) -> Given:
    return Given("means", {"n1": 60, "m1": ours, "sd1": 20, "n2": 60, "m2": theirs, "sd2": 20})


def effects_of(rows: list[Row]) -> list[StudyEffect]:
    return [
        StudyEffect(
            str(each.study.number), each.study.name, each.effect.value, each.effect.variance, each.fingerprint,
            each.effect.people, 12, "after", each.instrument.name, each.study.reports,
        )
        for each in rows
        if each.effect
    ]  # fmt: skip


def said(number: int, direction: str = "better") -> Described:
    return Described(str(number), direction, Place("7", "Teachers saw fewer problems."), "Ann")


def gathered(rows: list[Row], described=(), choices: PoolingChoices | None = None, more=()) -> Gathered:
    studies = {str(each.study.number): (each.study.name, each.study.reports) for each in [*rows, *more]}
    return gather(CONDUCT, rows, effects_of(rows), choices or PoolingChoices(), described, studies)


BARE = Given("means", {"m1": 100, "m2": 120})
"""Two means without their spread: no effect, and yet a direction."""


def test_what_is_closest_to_the_data_counts() -> None:
    rows = [row(1, means(118, 130)), row(2, BARE), row(3, Given("means", {"m1": 100}))]
    found = gathered(rows, [said(1, "worse"), said(2, "worse"), said(3), said(4)])
    assert [(each.study, each.direction, each.basis) for each in found.pointings] == [
        ("1", Direction.BETTER, Basis.INTERVAL),
        ("2", Direction.BETTER, Basis.ESTIMATE),
        ("3", Direction.BETTER, Basis.DESCRIBED),
    ]
    assert found.pointings[0].says == "−0.60 (−0.96 to −0.23)"
    assert found.pointings[0].place == Place("5", "Table 2")
    assert found.pointings[2].says == "“Teachers saw fewer problems.”"
    assert [each.label for each in found.aside] == ["Study 3, Behaviour inventory"]


def test_an_instrument_that_runs_the_other_way_is_turned_round() -> None:
    found = gathered([row(1, BARE, STRENGTHS), row(2, means(118, 130), STRENGTHS)])
    assert [each.direction for each in found.pointings] == [Direction.WORSE, Direction.WORSE]


def test_a_test_alone_is_named_as_what_the_direction_rests_on() -> None:
    found = gathered([row(1, Given("p-value", {"n1": 30, "n2": 30, "p": 0.03}, {"favours": "2"}))])
    assert (found.pointings[0].basis, found.pointings[0].direction) == (Basis.TEST, Direction.BETTER)


def test_a_study_that_was_left_out_or_retracted_does_not_come_back_by_its_words() -> None:
    other = row(2, BARE)
    retracted = replace(
        other, study=replace(other.study, reports=(Report("doi:10.1/2", "Example 2", "", True),))
    )
    rows = [row(1, means(118, 130)), retracted]
    found = gathered(rows, [said(1), said(2)], PoolingChoices(leave_out=(("1", "older children"),)))
    assert not found.pointings
    assert [each.why for each in found.aside] == ["older children", "its report has been retracted"]
    assert found.silent == ()


def test_a_study_that_says_nothing_is_named() -> None:
    silent = row(9, BARE)
    assert gathered([row(1, BARE)], more=[silent]).silent == ("Study 9",)


def test_words_without_their_place_are_refused() -> None:
    with pytest.raises(BadInput, match="checked by anybody else"):
        Described("1", "better", Place("", "It went well."), "Ann")


# --- What is told ---------------------------------------------------------------------------------------


def point(number: int, value: float | None, people: int | None = 100, variance: float = 0.04) -> Pointing:
    way = Direction.NO_CHANGE if value == 0 else Direction.BETTER if (value or -1) < 0 else Direction.WORSE
    return Pointing(
        str(number), f"Study {number}", way, Basis.INTERVAL if value is not None else Basis.DESCRIBED, "0.1",
        Place("5", "said"), f"numbers of {number}", people, value, None if value is None else variance,
    )  # fmt: skip


def told(values: list[float | None], outcome: Outcome = CONDUCT, **changes) -> NarrativeAccount:
    pointings = tuple(point(number, value) for number, value in enumerate(values, 1))
    choices = changes.pop("choices", NarrativeChoices())
    return narrate(outcome, Gathered(pointings, (), ()), SETTINGS, choices, **changes)


def decided(**steps: int) -> list[Decision]:
    return [
        Decision(each.key, steps.get(each.key, 0), "A reason.", "Ann") for each in factors() if each.lowers
    ]


def test_without_a_judgement_studies_are_counted() -> None:
    account = told([-0.3, -0.1, 0.2, 0.0])
    assert account.sentence == (
        "Of 4 studies, 2 find conduct problems changed for the better with parent groups, 1 for the worse and 1 not "
        "at all."
    )
    assert account.figures.startswith("2 of 3 studies that point somewhere point to better (67%")
    assert account.figures.endswith("1 study neither way.")
    assert told([-0.3]).sentence == (
        "The one study finds conduct problems changed for the better with parent groups."
    )
    assert told([-0.3]).figures == "One study points somewhere, to better."


@pytest.mark.parametrize(
    ("values", "steps", "words"),
    [
        ([-0.3] * 9, {}, "Parent groups changes conduct problems for the better."),
        ([-0.3] * 9, {"imprecision": -1}, "Parent groups probably changes conduct problems for the better."),
        ([0.3] * 9, {"imprecision": -2}, "Parent groups may change conduct problems for the worse."),
        (
            [-0.3, -0.2, 0.3],
            {},
            "Studies do not settle which way parent groups moves conduct problems: they point both ways.",
        ),
        (
            [-0.3, -0.2],
            {},
            "Studies do not settle which way parent groups moves conduct problems: too few of them point anywhere.",
        ),
        (
            [-0.3] * 9,
            {"imprecision": -3},
            "It is unclear whether parent groups changes conduct problems: the evidence is too uncertain to say.",
        ),
    ],
)
def test_the_sentence_says_how_sure_and_never_how_large(values, steps, words) -> None:
    assert told(values, decisions=decided(**steps)).sentence == words


def test_the_middle_of_ratios_is_a_ratio_and_p_values_are_combined_both_ways() -> None:
    account = told([-0.7, -0.5, 0.1], ODDS, choices=NarrativeChoices(ways=("p_values", "spread")))
    assert account.middle is not None
    assert account.middle.median == pytest.approx(0.6065, abs=1e-4)  # exp(-0.5)
    good, harm = account.combined
    assert good.p < 0.01 < harm.p
    assert account.cannot == ()
    words = told([None, -0.5], choices=NarrativeChoices(ways=("p_values", "spread")))
    assert (words.middle, words.combined) == (None, None)
    assert len(words.cannot) == 2


def test_several_effects_of_a_study_count_once_beside_the_directions() -> None:
    twice = tuple(replace(point(1, value), instrument=name) for value, name in ((-0.4, "a"), (-0.1, "b")))
    account = narrate(CONDUCT, Gathered((*twice, point(2, 0.3)), (), ()), SETTINGS, NarrativeChoices())
    assert account.studies == 2
    assert account.middle.k == 2
    assert account.middle.least == -0.4
    assert any(reason.key == "dependent" for reason in account.against.reasons)


def test_a_number_is_stopped_by_a_person_or_by_too_few_effects() -> None:
    assert not told([-0.3, 0.1]).in_words
    assert told([-0.3, None, None]).in_words
    chosen = told([-0.3, 0.1], choices=NarrativeChoices(instead="Toddlers and teenagers."))
    assert chosen.in_words
    assert "Toddlers and teenagers." in chosen.against.words
    assert "Toddlers" in next(each.words for each in chosen.swim if each.item.number == "3")


def test_the_data_suggest_and_a_person_decides() -> None:
    account = told([-0.3, -0.1, 0.2], at_high_risk={"1": True}, resembles={"1": True, "2": True, "3": None})
    suggested = {line.factor.key: line.suggestion for line in account.grade.lines if line.suggestion}
    assert suggested["risk_of_bias"].steps == -1
    assert suggested["inconsistency"].steps == -1
    assert suggested["imprecision"].steps == -1  # 300 people where 785 would be needed
    assert suggested["indirectness"].steps == 0
    assert suggested["publication_bias"].steps is None
    assert account.grade.level is None


def test_the_report_is_drafted_and_a_persons_words_come_first() -> None:
    account = told(
        [-0.3, 0.1], choices=NarrativeChoices(written={"5": "By age."}), regrouped=["new outcome: Sleep"]
    )
    items = {each.item.number: each for each in account.swim}
    assert items["5"].words == "By age."
    assert not items["5"].drafted
    assert items["1b"].words == "Since the plan was first written: new outcome: Sleep."
    assert items["4"].drafted
    assert items["6"].open
    with pytest.raises(BadInput, match="cannot be kept"):
        NarrativeChoices(written={"10": "?"})
    with pytest.raises(BadInput, match="cannot be kept"):
        NarrativeChoices(ways=("significance",))


def test_nothing_to_say_says_what_to_do() -> None:
    with pytest.raises(BadInput, match="No study says yet"):
        narrate(CONDUCT, Gathered((), (), ()), SETTINGS, NarrativeChoices())


# --- The finding and the files --------------------------------------------------------------------------


def finding(account: NarrativeAccount):
    return narrated_finding(account, case_key="a-case", on=DAY)


def test_a_corrected_number_makes_another_finding_and_the_reports_words_do_not() -> None:
    account = told([-0.3, 0.1, None])
    made = finding(account)
    assert made.method == NARRATED
    assert made.subject == "reviews:outcome:a-case:conduct"
    assert made.value is None
    assert made.facts["Point to better"] == "2"
    assert any("rests on the words of a report" in words for words in made.cautions)
    written = told([-0.3, 0.1, None], choices=NarrativeChoices(written={"5": "By age."}))
    assert finding(written).fingerprint == made.fingerprint
    assert finding(told([0.3, 0.1, None])).fingerprint != made.fingerprint
    chosen = told([-0.3, 0.1, None], choices=NarrativeChoices(instead="Too different."))
    assert finding(chosen).fingerprint != made.fingerprint
    assert finding(told([-0.3, 0.1, None], decisions=decided())).fingerprint != made.fingerprint


def test_choices_come_back_from_the_store() -> None:
    choices = NarrativeChoices("Too different.", ("p_values", "spread"), {"5": " By age. "})
    assert choices.ways == ("spread", "p_values")
    assert NarrativeChoices.from_dict(choices.as_dict()) == choices


def test_directions_as_csv_and_as_a_word_file() -> None:
    account = told([-0.3, 0.1, None])
    rows = list(csv.reader(io.StringIO(directions_csv(account))))
    assert rows[1][:3] == ["Study 1", "better", "an estimate with its interval"]
    assert rows[3][2] == "the report’s words"
    word = narrative_docx(account, title="A case", written_at=datetime(2026, 11, 1, tzinfo=UTC))
    with zipfile.ZipFile(io.BytesIO(word)) as packed:
        assert {"word/media/chart1.svg", "word/media/chart2.svg"} <= set(packed.namelist())
        text = packed.read("word/document.xml").decode()
    assert "Still to write" in text
    assert "Why there is no average" not in text
