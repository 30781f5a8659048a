"""The cells of a gathered file, each by its rule."""

from __future__ import annotations

import pytest

from wherewithal.analyse.library.gathered_cells import (
    DateCell,
    dollars,
    effects_in,
    read_age_cell,
    read_date_cell,
    read_note,
    read_uk_cell,
    settings_in,
    training_in,
    workforce_in,
    wsipp_economics,
)


@pytest.mark.parametrize(
    ("cell", "offered", "evaluated"),
    [
        ("3-6 (2-9 on 2025 page)", "3-6", "2-9"),
        ("6-12 (evaluated 4-8)", "6-12", "4-8"),
        ("evaluated 5-12", "", "5-12"),
        ("Year 1 (5-6)", "5-6", ""),
        ("7-8 at start (Year 3)", "7-8", ""),
        ("3-18 (toolkit coverage)", "3-18", ""),
        ("pregnancy to 6 months after birth (couples expecting first child)",) * 2 + ("",),
        ("", "", ""),
    ],
)
def test_ages_as_offered_and_as_evaluated(cell: str, offered: str, evaluated: str) -> None:
    assert read_age_cell(cell) == (offered, evaluated)


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("2016-07", DateCell("2016-07")),
        ("2016-07; 2019-11", DateCell("2019-11")),
        ("2016-05 (page updated)", DateCell("2016-05", page=True)),
        ("2026-01 (completed)", DateCell("2026-01", page=True)),
        ("matrix 2024-06", DateCell(remark="Read in a copy of June 2024.")),
        ("2026-04 (snapshot)", DateCell(remark="Read in a copy of April 2026.")),
        ("", DateCell()),
        ("July 2016", DateCell(wrong=("July 2016",))),
        ("2016-13; 2017", DateCell("2017", wrong=("2016-13",))),
    ],
)
def test_dates(cell: str, found: DateCell) -> None:
    assert read_date_cell(cell) == found


@pytest.mark.parametrize(
    ("cell", "study", "available", "tested"),
    [
        ("available; tested", False, "yes", "yes"),
        ("tested", False, "", "yes"),
        ("provision yes", False, "yes", ""),
        ("implemented in Scotland", False, "yes", ""),
        ("training and support available across Scotland", False, "yes", ""),
        ("not delivered in Scotland; delivered in England", False, "yes", ""),
        ("no UK implementation at time of page; first UK practitioners trained", False, "no", ""),
        ("studies include England and Wales", False, "", "yes"),
        ("cost basis: English schools", False, "", ""),
        ("UK tested", True, "", "yes"),
        ("UK", True, "", "yes"),
        ("UK", False, "", ""),
        ("London; efficacy trial", True, "", "yes"),
        ("UK tested (implementation only)", True, "", ""),
        ("UK tested (not completed)", True, "", ""),
        ("UK tested (feasibility)", True, "", ""),
        ("", True, "", ""),
    ],
)
def test_the_united_kingdom(cell: str, *, study: bool, available: str, tested: str) -> None:
    assert read_uk_cell(cell, study=study) == (available, tested)


@pytest.mark.parametrize(
    ("delivery", "setting", "workforce", "training"),
    [
        ("group, 18-20 weekly sessions, 2 facilitators", "", "2 facilitators", ""),
        ("classroom, 24 sessions of 45 minutes, trained teacher", "school", "trained teacher", ""),
        ("group; 3 days practitioner training (NES)", "", "", "3 days practitioner training (NES)"),
        ("individual or group; home, clinic or telehealth", "home; clinic; online", "", ""),
        ("10 group sessions, 1 optional teacher session", "", "", ""),
        ("group, 8 sessions; training 4 days face to face", "", "", "training 4 days face to face"),
        ("skills training; RCT n=214 fathers (127 vs 87)", "", "", ""),
        ("", "", "", ""),
    ],
)
def test_who_delivers_it_where_and_what_they_learn(
    delivery: str, setting: str, workforce: str, training: str
) -> None:
    assert (settings_in(delivery), workforce_in(delivery), training_in(delivery)) == (
        setting,
        workforce,
        training,
    )


def test_a_note_is_pairs_and_words_and_addresses() -> None:
    note = read_note("reference=NG76; published=2017-10; see www.nice.org.uk/guidance/ng76; a word")
    assert note.pairs == {"reference": "NG76", "published": "2017-10"}
    assert note.words == ("see www.nice.org.uk/guidance/ng76", "a word")
    assert note.address() == "https://www.nice.org.uk/guidance/ng76"
    assert note.caveat(("reference",)) == "published: 2017-10; see www.nice.org.uk/guidance/ng76; a word"


def test_costs_and_benefits_in_words() -> None:
    note = read_note(
        "benefit_minus_cost_usd=34221; bcr=n/a; chance_benefits_exceed_costs=100%; "
        "net_program_cost_usd=-2770 (net saving); base_year="
    )
    assert wsipp_economics(note.pairs) == (
        "Benefits minus costs: $34,221. Benefits for each dollar of cost: not given. Chance that benefits exceed "
        "costs: 100%. Net cost of the programme: −$2,770 (net saving). Washington State, US dollars; the base "
        "year is not in our copy."
    )
    assert wsipp_economics({}) == ""
    assert [dollars(text) for text in ("-0.46", "1500", "", "much")] == [
        "−$0.46",
        "$1,500",
        "not given",
        "much",
    ]


def test_sizes_of_effect() -> None:
    shares = read_note(
        "violence_reduction=21%; reoffending_reduction=19%; evidence and cost ratings not in text"
    )
    assert effects_in(shares) == "Violence 21% lower and reoffending 19% lower"
    detail = read_note("outcome detail: ECBI 28.41 better (improvement index 22); a remark")
    assert effects_in(detail) == "ECBI 28.41 better (improvement index 22)"
    assert effects_in(read_note("a remark")) == ""
