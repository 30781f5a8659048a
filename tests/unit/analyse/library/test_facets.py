from __future__ import annotations

from collections import defaultdict
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.analyse.library import (
    Entry,
    Example,
    Programme,
    Rating,
    catalogue,
    read_programme,
    registers,
    standing,
    starter_editions,
)
from wherewithal.analyse.library.entry import TYPES
from wherewithal.analyse.library.facet_words import facet_words_from, plain_words
from wherewithal.analyse.library.facets import (
    EARLIER,
    FACETS,
    NOT_SHOWN,
    OTHER,
    entry_facets,
    entry_reasons,
    example_facets,
    facet_value_name,
    programme_facets,
    programme_reasons,
    study_facets,
    years_for_display,
)

from .making import TODAY, edition, rated

VALUES = {facet.key: set(facet.values) for facet in FACETS}
A = Programme("a", "A programme")


def facets(*rows) -> dict[str, tuple[str, ...]]:
    return programme_facets(read_programme(A, rows, today=TODAY))


def guidebook(**facts) -> dict[str, tuple[str, ...]]:
    return facets(rated("foundations-guidebook", facts.pop("rating", "3"), **facts))


def shipped_readings():
    by_register = defaultdict(list)
    for each in starter_editions():
        by_register[each.register].append(each)
    rows = defaultdict(list)
    for key, editions in by_register.items():
        for row in standing(editions).values():
            if isinstance(row.row, Rating):
                rows[catalogue().match(key, row.row.programme).programme].append(row)
    return [read_programme(programme, found, today=TODAY) for programme, found in rows.items()]


def shipped_entries():
    return [
        (registers()[each.register], row)
        for each in starter_editions()
        for row in each.rows
        if isinstance(row, Entry)
    ]


# --- the facets themselves ----------------------------------------------------------------------------------


def test_the_facets_have_their_keys_and_every_value_a_name() -> None:
    assert [facet.key for facet in FACETS] == [
        "kind",
        "outcome",
        "age",
        "need",
        "setting",
        "workforce",
        "cost",
        "register",
        "band",
        "uk_tested",
        "reviewed",
        "type",
    ]
    for facet in FACETS:
        assert len(facet.values) == len(set(facet.values))
        assert all(facet_value_name(facet.key, value) for value in facet.values)
    assert facet_value_name("outcome", "parental-conflict") == "Conflict between parents"
    assert facet_value_name("cost", "guidebook-1") == "Guidebook 1: low: under £100 for each family or child"
    assert facet_value_name("nothing", "such") == "such"


def test_every_cost_band_of_every_register_can_be_filtered_on() -> None:
    for register in registers().values():
        for cost in register.costs:
            row = rated(register.key, "", cost=cost.native)
            (value,) = facets(row)["cost"]
            assert (value == NOT_SHOWN) == (cost.native == "NA"), (register.key, cost.native)


def test_every_type_of_entry_has_a_value() -> None:
    for register in registers().values():
        for name in TYPES.get(register.kind, ()):
            entry = Entry("x", type=name, part_of="y")
            (value,) = entry_facets(register, entry)["type"]
            assert facet_value_name("type", value) == name.capitalize()


# --- words --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outcomes", "values"),
    [
        ("conduct problems; parenting; attachment", ("behaviour", "parenting", "family-relationships")),
        ("risky sexual behaviour", ("health",)),
        ("mental health and wellbeing (coping)", ("mental-health",)),
        ("placement stability; health and wellbeing", ("mental-health", "care", "health")),
        ("preventing substance abuse", ("substance-use",)),
        ("child abuse and neglect", ("abuse-neglect",)),
        ("parental mental health", ("parents-wellbeing",)),
        ("interparental conflict; child internalising", ("mental-health", "parental-conflict")),
        ("Social–emotional skills", ("social-emotional",)),
        ("something nobody has a word for", (OTHER,)),
    ],
)
def test_a_registers_words_for_outcomes_give_values(outcomes, values) -> None:
    assert guidebook(outcomes=outcomes)["outcome"] == values


def test_an_outcome_comes_from_the_name_only_where_no_register_names_any() -> None:
    named = {"programme": "Therapy for depressed adolescents"}
    assert guidebook(**named)["outcome"] == ("mental-health",)
    assert guidebook(**named, outcomes="school attendance")["outcome"] == ("learning",)
    assert guidebook()["outcome"] == (NOT_SHOWN,)


@pytest.mark.parametrize(
    ("targeting", "values"),
    [
        ("universal", ("universal",)),
        ("targeted-indicated (depressive symptoms)", ("indicated",)),
        ("targeted-selected (disadvantaged communities)", ("selective",)),
        ("targeted", ("targeted",)),
        ("universal; targeted", ("universal", "targeted")),
        ("targeted (moderate to severe behaviour problems)", ("indicated", "specialist")),
        ("court-involved youth", ("specialist",)),
        ("adults caring for children", (OTHER,)),
        ("", (NOT_SHOWN,)),
    ],
)
def test_whom_it_is_for_gives_levels_of_need(targeting, values) -> None:
    assert guidebook(targeting=targeting)["need"] == values


@pytest.mark.parametrize(
    ("ages", "values"),
    [
        ("0-12", ("under-3", "3-4", "5-10", "11-15")),
        ("3-4", ("3-4",)),
        ("under 5", ("under-3", "3-4")),
        ("up to 5", ("under-3", "3-4", "5-10")),
        ("pregnancy to age 2", ("under-3",)),
        ("10-17.5", ("5-10", "11-15", "16-plus")),
        ("12-18 bands", ("11-15", "16-plus")),
        ("3-4 at start", ("3-4",)),
        ("5-6 (starting school)", ("5-10",)),
        ("10-18; up to 25 with special needs", ("5-10", "11-15", "16-plus")),
        ("preadolescents; adolescents", ("5-10", "11-15", "16-plus")),
        ("mothers 14-24, from the second trimester", ("under-3",)),
        ("anybody", (OTHER,)),
    ],
)
def test_ages_give_every_band_they_touch(ages, values) -> None:
    assert guidebook(ages_offered=ages)["age"] == values


def test_ages_as_offered_go_before_ages_as_evaluated() -> None:
    assert guidebook(ages_offered="3-4", ages_evaluated="5-10")["age"] == ("3-4",)
    assert guidebook(ages_evaluated="5-10")["age"] == ("5-10",)


def test_setting_and_staff_come_from_their_columns_and_from_the_delivery() -> None:
    found = guidebook(
        setting="clinic", workforce="2 nurses", delivery="home visits by trained volunteers, phone calls"
    )
    assert found["setting"] == ("home", "clinic", "online")
    assert found["workforce"] == ("nurse", "volunteer")
    assert guidebook(workforce="trained treatment foster family")["workforce"] == (OTHER,)


def test_an_approach_is_not_called_a_programme_and_lacks_nothing_it_cannot_have() -> None:
    found = facets(rated("eef-toolkit", "3", cost="1", outcomes="academic attainment"))
    assert found["kind"] == ("approach",)
    assert found["cost"] == ("eef-1",)
    assert "workforce" not in found
    both = facets(rated("eef-toolkit", "3"), rated("foundations-guidebook", "3"))
    assert both["kind"] == ("programme",)


def test_a_row_that_its_register_no_longer_lists_counts_only_alone() -> None:
    gone = standing(
        [
            edition("blueprints", Rating("A", rating="model", outcomes="crime"), Rating("B", rating="model")),
            edition("blueprints", Rating("B", rating="model"), on=date(2026, 6, 1)),
        ]
    )["a"]
    assert facets(gone)["register"] == ("blueprints",)
    found = facets(gone, rated("foundations-guidebook", "3", outcomes="language"))
    assert found["register"] == ("foundations-guidebook",)
    assert found["outcome"] == ("language",)


def test_one_register_that_shows_a_test_in_the_united_kingdom_is_enough_and_no_is_kept() -> None:
    yes, no = rated("foundations-guidebook", "3", uk_tested="yes"), rated("title-iv-e", "", uk_tested="no")
    assert facets(yes, no)["uk_tested"] == ("yes",)
    assert facets(no)["uk_tested"] == ("no",)
    assert facets(rated("title-iv-e", ""))["uk_tested"] == (NOT_SHOWN,)


# --- years --------------------------------------------------------------------------------------------------


def test_the_newest_review_counts_as_a_year_that_does_not_rot() -> None:
    rows = rated("foundations-guidebook", "3", last_reviewed="2016-07"), rated("blueprints", "model")
    assert facets(*rows)["reviewed"] == ("2016",)
    newer = rated("title-iv-e", "promising", last_reviewed="2021")
    assert facets(*rows, newer)["reviewed"] == ("2021",)
    assert facets(rated("blueprints", "model", last_reviewed="1975"))["reviewed"] == (EARLIER,)
    assert facets(rated("blueprints", "model"))["reviewed"] == (NOT_SHOWN,)


@given(st.dates(date(2000, 1, 1), date(2090, 12, 31)))
def test_on_every_day_each_year_stands_in_one_group(today) -> None:
    groups = years_for_display(today)
    grouped = [value for group in groups for value in group.values]
    assert sorted(grouped) == sorted(VALUES["reviewed"])
    newest = groups[0].values
    assert str(today.year) in newest
    assert str(today.year - 4) in newest
    assert str(today.year - 5) not in newest


# --- lists, studies, examples -------------------------------------------------------------------------------


def test_a_title_tells_what_a_guideline_is_about_and_for_which_ages() -> None:
    nice = registers()["nice-guidelines"]
    found = entry_facets(nice, Entry("Autism in under 19s", type="guideline", published="2017-12"))
    assert found["kind"] == ("guidance",)
    assert found["outcome"] == ("development",)
    assert found["age"] == ("under-3", "3-4", "5-10", "11-15", "16-plus")
    assert found["reviewed"] == ("2017",)
    assert found["type"] == ("guideline",)
    assert "cost" not in found


def test_a_studys_abstract_is_read_only_where_its_title_says_nothing() -> None:
    work = {"title": "Parenting groups", "keywords": ["Conduct problems"], "abstract": "drugs", "year": 2017}
    assert study_facets(work)["outcome"] == ("behaviour", "parenting")
    assert study_facets({"title": "A trial", "abstract": "on drugs"})["outcome"] == ("substance-use",)
    assert study_facets({"title": "A trial"}, says="fewer children came into foster care")["outcome"] == (
        "care",
    )
    assert study_facets(work)["reviewed"] == ("2017",)
    assert study_facets({})["outcome"] == (NOT_SHOWN,)


def test_an_example_is_found_by_what_was_done() -> None:
    example = Example(
        "x", "Hubs", "Leeds", "Nurses gave advice on sleep in family hubs", "Ann Bee", year=2024
    )
    found = example_facets(example)
    assert found["kind"] == ("example",)
    assert found["outcome"] == ("health",)
    assert found["setting"] == ("community",)
    assert found["workforce"] == ("nurse",)
    assert found["reviewed"] == ("2024",)


# --- what must always hold ----------------------------------------------------------------------------------

TEXT = st.text(alphabet="abcdeéß-–/&;(), İ'", max_size=60) | st.sampled_from(
    ["behaviour", "targeted", "3-6", "under 5", "nurse", "home visits", "risky sexual behaviour; conduct"]
)


@given(TEXT, TEXT, TEXT, TEXT, TEXT)
def test_whatever_a_register_writes_gives_known_values_each_with_its_reason(
    outcomes, targeting, ages, delivery, workforce
) -> None:
    row = rated(
        "foundations-guidebook",
        "3",
        outcomes=outcomes,
        targeting=targeting,
        ages_offered=ages,
        delivery=delivery,
        workforce=workforce,
    )
    reading = read_programme(A, [row], today=TODAY)
    found, reasons = programme_facets(reading), programme_reasons(reading)
    assert {(facet, value) for facet, values in found.items() for value in values} == {
        (reason.facet, reason.value) for reason in reasons
    }
    for facet, values in found.items():
        assert set(values) <= VALUES[facet]
        assert NOT_SHOWN not in values or values == (NOT_SHOWN,)
        assert OTHER not in values or values == (OTHER,)
    assert all(reason.sentence for reason in reasons)


@given(TEXT)
def test_capitals_spacing_and_hyphens_change_nothing(text) -> None:
    written, other = f"{text}; Parent–Child  Relationships", f"{text}; parent-child\nrelationships".upper()
    assert plain_words(plain_words(text)) == plain_words(text)
    assert guidebook(outcomes=written)["outcome"] == guidebook(outcomes=other)["outcome"]
    assert "family-relationships" in guidebook(outcomes=written)["outcome"]


def test_a_reason_names_the_words_and_the_register() -> None:
    reading = read_programme(A, [rated("foundations-guidebook", "3", outcomes="Conduct")], today=TODAY)
    (reason,) = [reason for reason in programme_reasons(reading) if reason.facet == "outcome"]
    assert reason.sentence == "Behaviour: Foundations Guidebook, outcomes, says “conduct”."


def test_a_word_list_that_contradicts_itself_is_refused() -> None:
    value = {"key": "a", "name": "A", "words": ["x"]}
    shape = {"version": "1", "rule": "r", "cost_scale": [], "not_shown": {}}
    twice = {"facet": [{"key": "outcome", "name": "O", "value": [value, value]}]}
    with pytest.raises(ValueError, match="twice"):
        facet_words_from({**shape, **twice})
    empty = {"facet": [{"key": "outcome", "name": "O", "value": [{**value, "words": []}]}]}
    with pytest.raises(ValueError, match="no words"):
        facet_words_from({**shape, **empty})


# --- what is shipped ----------------------------------------------------------------------------------------


def test_nearly_everything_shipped_can_be_found_by_outcome() -> None:
    readings = shipped_readings()
    known = [
        reading for reading in readings if not {NOT_SHOWN, OTHER} & set(programme_facets(reading)["outcome"])
    ]
    assert len(known) / len(readings) > 0.95
    entries = [entry_facets(register, entry) for register, entry in shipped_entries()]
    known_entries = [found for found in entries if not {NOT_SHOWN, OTHER} & set(found["outcome"])]
    assert len(known_entries) / len(entries) > 0.9


def test_what_a_register_says_of_outcomes_and_need_is_nearly_always_known() -> None:
    said, known = defaultdict(int), defaultdict(int)
    for reading in shipped_readings():
        rows = [view.standing.row for view in reading.views]
        for facet, texts in (
            ("outcome", [row.outcomes for row in rows]),
            ("need", [row.targeting for row in rows]),
            ("age", [row.ages_offered or row.ages_evaluated for row in rows]),
            ("setting", [row.setting for row in rows]),
            ("workforce", [row.workforce for row in rows]),
        ):
            if any(texts):
                said[facet] += 1
                known[facet] += programme_facets(reading)[facet] != (OTHER,)
    shares = {facet: known[facet] / said[facet] for facet in said}
    assert shares["outcome"] == 1
    assert min(shares.values()) > 0.93, shares


def test_every_value_of_a_shipped_entry_has_a_known_name_and_reason() -> None:
    for register, entry in shipped_entries():
        for reason in entry_reasons(register, entry):
            assert reason.value in VALUES[reason.facet], (entry.name, reason)
