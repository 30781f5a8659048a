from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.analyse.library import Programme, Rating, read_programme, standing
from wherewithal.analyse.library.comparison import (
    NOT_IN_OUR_COPIES,
    OUR_READING,
    Comparison,
    Said,
    compare,
    comparison_csv,
)
from wherewithal.errors import BadInput

from .making import TODAY, edition, rated


def reading(slug: str, *rows, name: str = ""):
    return read_programme(Programme(slug, name or slug.title()), rows, today=TODAY)


def texts(comparison: Comparison, key: str) -> list[tuple[str, ...]]:
    return [tuple(said.text for said in cell) for cell in comparison.row(key).cells]


A = reading(
    "a",
    rated(
        "foundations-guidebook",
        "4+",
        cost="2",
        last_reviewed="2016-07",
        ages_offered="3-6",
        ages_evaluated="2-9",
        uk_tested="yes",
        link="https://register.example/a",
    ),
    rated("wsipp", "", economics="Benefits minus costs: $10.", published="2019-03"),
)
B = reading(
    "b",
    rated(
        "foundations-guidebook", "3", cost="3", last_reviewed="2023", ages_offered="3-6", workforce="nurses"
    ),
    rated("blueprints", "promising"),
)


@pytest.mark.parametrize("count", [0, 1, 6])
def test_two_to_five_programmes_can_be_compared(count) -> None:
    readings = [reading(f"p{number}", rated("blueprints", "model")) for number in range(count)]
    with pytest.raises(BadInput) as refused:
        compare(readings)
    (problem,) = refused.value.problems
    assert problem.found == str(count)
    assert problem.expected == "2 to 5"


def test_every_problem_is_told_at_once() -> None:
    with pytest.raises(BadInput) as refused:
        compare([A] * 6)
    assert [problem.found for problem in refused.value.problems] == ["6 times", "6"]


def test_every_cell_keeps_its_register_and_its_link() -> None:
    row = compare([A, B]).row("cost")
    assert row.cells[0] == (
        Said("2: medium to low: £100 to £499", "Foundations Guidebook", "https://register.example/a"),
    )
    assert row.differs


def test_what_registers_say_stands_by_register_and_undated_stays_undated() -> None:
    found = compare([A, B])
    assert texts(found, "reading") == [("Strong",), ("Good",)]
    assert texts(found, "rating:foundations-guidebook") == [("4+ (July 2016)",), ("3 (2023)",)]
    assert texts(found, "rating:blueprints") == [(), ("promising",)]
    assert texts(found, "rating:wsipp") == [("costs and benefits only (March 2019)",), ()]
    assert texts(found, "economics") == [("Benefits minus costs: $10.",), ()]
    assert texts(found, "review")[0][0] == "ten years (July 2016); older than the five years we allow"
    assert texts(found, "ages-evaluated") == [("2 to 9",), ()]


def test_a_difference_is_marked_only_where_both_sides_are_known() -> None:
    found = compare([A, B])
    assert found.row("rating:foundations-guidebook").differs
    assert not found.row("ages-offered").differs  # both say the same
    assert not found.row("ages-evaluated").differs  # only one says anything
    assert not found.row("rating:blueprints").differs
    assert not found.row("economics").differs


def test_one_registers_cost_is_never_held_against_anothers() -> None:
    school = reading("c", rated("eef-toolkit", "3", cost="3"))
    found = compare([A, school])
    assert all(found.row("cost").cells)
    assert not found.row("cost").differs


def test_the_date_of_a_rating_is_no_difference_in_the_rating() -> None:
    one = reading("a", rated("foundations-guidebook", "3", last_reviewed="2016"))
    other = reading("b", rated("foundations-guidebook", "3", last_reviewed="2023"))
    assert not compare([one, other]).row("rating:foundations-guidebook").differs
    unrated = reading("c", rated("foundations-guidebook", ""))
    assert not compare([one, unrated]).row("rating:foundations-guidebook").differs


def test_what_is_not_known_is_said_of_each_programme() -> None:
    known_of_a, known_of_b = compare([A, B]).not_known
    assert "Who delivers it." in known_of_a
    assert "Who delivers it." not in known_of_b
    assert "The ages of those who took part in the studies." in known_of_b
    assert "What it costs." not in known_of_a
    assert known_of_a[0] == (
        "What Blueprints would say: our copies have no row for it, which is no bad mark."
    )
    unrated = reading("c", rated("foundations-guidebook", ""))
    assert (
        "How it is rated by the Guidebook: our copy shows the row only." in compare([A, unrated]).not_known[1]
    )


def test_a_disagreement_is_told_and_never_settled() -> None:
    opposed = reading(
        "c", rated("blueprints", "model"), rated("trials-and-evaluations", "no effect found", uk_tested="yes")
    )
    found = compare([B, opposed])
    ours, theirs = texts(found, "disagreement")
    assert theirs[0].startswith("Registers disagree about this programme. They set different bars")
    assert ours == ("No: each of them alone gives the same reading.",)


def test_a_row_that_its_register_dropped_describes_nothing_while_another_stands() -> None:
    gone = standing(
        [
            edition("blueprints", Rating("A", rating="model", delivery="group"), Rating("B", rating="model")),
            edition("blueprints", Rating("B", rating="model"), on=TODAY),
        ]
    )["a"]
    found = compare([reading("x", gone, rated("foundations-guidebook", "3")), B])
    assert texts(found, "delivery")[0] == ()
    assert texts(found, "rating:blueprints")[0] == ("no longer listed (was model)",)


def test_studies_stand_with_their_programme() -> None:
    study = Said("Bee (2020)", "A Journal", "https://doi.org/10.1000/x")
    found = compare([A, B], {"b": [study, study]})
    assert found.row("studies").cells == ((), (study,))


def test_nothing_in_a_comparison_is_a_total_or_a_rank() -> None:
    found = compare([A, B])
    other_way = compare([B, A])
    assert [programme.slug for programme in found.columns] == ["a", "b"]
    for row, turned in zip(found.rows, other_way.rows, strict=True):
        assert row.key == turned.key
        assert row.cells == turned.cells[::-1]
        assert row.differs == turned.differs


# --- as a spreadsheet ---------------------------------------------------------------------------------------


def test_the_spreadsheet_holds_every_cell_its_source_and_what_is_not_known() -> None:
    rows = list(csv.reader(io.StringIO(comparison_csv(compare([A, B])))))
    assert rows[0] == ["", "A", "B"]
    by_name = {row[0]: row[1:] for row in rows}
    assert (
        by_name["Foundations Guidebook"][0]
        == "4+ (July 2016) [Foundations Guidebook, https://register.example/a]"
    )
    assert by_name[OUR_READING] == ["Strong [Our reading]", "Good [Our reading]"]
    assert by_name["Who delivers it"][0] == NOT_IN_OUR_COPIES
    assert "Who delivers it." in by_name["What is not known"][0]


DANGEROUS = st.sampled_from(["=", "+", "-", "@", "\t=", "\r=", "\n=", " =", "＝", "＋", "\0="])


@given(DANGEROUS, st.text(max_size=12))
def test_no_cell_of_the_spreadsheet_starts_a_formula(start, rest) -> None:
    evil = f"{start}{rest}"
    one = reading("x", rated("blueprints", "model", delivery=evil, outcomes=evil), name=evil or "x")
    text = comparison_csv(compare([one, B], {"x": [Said(evil, evil, evil)]}))
    for row in csv.reader(io.StringIO(text, newline="")):
        for cell in row:
            assert cell.lstrip()[:1] not in ("=", "+", "-", "@", "＝", "＋", "－", "＠")
            assert "\0" not in cell


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["foundations-guidebook", "blueprints", "title-iv-e"]),
            st.sampled_from(["", "3-6", "10-18"]),
            st.sampled_from(["", "nurses"]),
        ),
        min_size=2,
        max_size=5,
    )
)
def test_every_gap_of_a_question_is_named_and_no_answer_is_called_a_gap(programmes) -> None:
    readings = [
        reading(f"p{number}", rated(register, "", ages_offered=ages, workforce=workforce))
        for number, (register, ages, workforce) in enumerate(programmes)
    ]
    found = compare(readings)
    for position, (_, ages, workforce) in enumerate(programmes):
        gaps = found.not_known[position]
        assert ("For which ages it is offered." in gaps) == (not ages)
        assert ("Who delivers it." in gaps) == (not workforce)
        assert bool(found.row("ages-offered").cells[position]) == bool(ages)
    for row in found.rows:
        assert len(row.cells) == len(readings)
        if row.differs:
            assert sum(bool(cell) for cell in row.cells) > 1


def test_a_row_that_does_not_exist_is_not_made_up() -> None:
    with pytest.raises(KeyError):
        compare([A, B]).row("score")
