from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wherewithal.analyse.reviews.narrative.directions import (
    Direction,
    Result,
    count_votes_by_significance,
    effect_directions,
    harvest,
    sign_test,
    within_study,
)
from wherewithal.analyse.reviews.narrative.pictures import directions_picture, harvest_picture
from wherewithal.errors import BadInput

UP, DOWN, SAME, MIXED = Direction.BETTER, Direction.WORSE, Direction.NO_CHANGE, Direction.MIXED


def test_seven_in_ten_results_decide_which_way_a_study_points() -> None:
    """Hilton Boon and Thomson (2021): 70% or more in one direction, else mixed."""
    assert within_study([UP] * 7 + [DOWN] * 3) is UP
    assert within_study([UP] * 2 + [DOWN]) is MIXED
    assert within_study([SAME]) is SAME
    with pytest.raises(ValueError, match="nowhere"):
        within_study([])


@pytest.mark.parametrize(
    ("better", "of", "p"),
    [(9, 9, 0.0039), (5, 6, 0.2188), (10, 12, 0.0386)],
)
def test_the_sign_test(better: int, of: int, p: float) -> None:
    """p = 0.0039 and 0.2188 are those of Hilton Boon and Thomson's re-analysis of the housing review (2019 abstract),
    which nine of nine and five of six studies give; ten of twelve from the binomial distribution."""
    found = sign_test([UP] * better + [DOWN] * (of - better))
    assert found.p == pytest.approx(p, abs=5e-5)


def test_the_share_has_its_interval_and_few_studies_say_so() -> None:
    found = sign_test([UP] * 10 + [DOWN] * 2 + [MIXED, SAME])
    assert (found.better, found.worse, found.left_out) == (10, 2, 2)
    assert (found.low, found.high) == pytest.approx((0.552, 0.953), abs=5e-4)
    assert "nothing of how large" in found.words[1]
    few = sign_test([UP] * 4)
    assert few.lowest_p == 0.125
    assert "could not be below 0.12" in few.words[-1]
    with pytest.raises(BadInput, match="nothing to count"):
        sign_test([MIXED])


@given(st.lists(st.sampled_from(list(Direction)), min_size=1, max_size=30))
@example([UP] * 7)
@example([DOWN] * 9)
def test_the_sign_test_does_not_mind_which_way_is_which(directions: list[Direction]) -> None:
    turned = [{UP: DOWN, DOWN: UP}.get(each, each) for each in directions]
    if UP in directions or DOWN in directions:
        one, other = sign_test(directions), sign_test(turned)
        assert one.p == pytest.approx(other.p)
        assert one.share == pytest.approx(1 - other.share)
        assert 0 <= one.low <= one.share <= one.high <= 1


RESULTS = [
    Result("Webster 1997", "Conduct", UP, "ECBI", 97, "Low risk"),
    Result("Webster 1997", "Conduct", UP, "DPICS", 95),
    Result("Webster 1997", "Parents' mood", SAME, "BDI", 97),
    Result("=Other 2001", "Conduct", DOWN, "SDQ", None, "High risk"),
]


def test_studies_by_outcomes() -> None:
    plot = effect_directions(RESULTS)
    assert plot.studies == ("Webster 1997", "=Other 2001")
    first = plot.cells[0][0]
    assert first is not None
    assert (first.direction, first.results, first.agree, first.people) == (UP, 2, 2, 97)
    assert plot.cells[1][1] is None
    assert (
        plot.as_csv() == "Study,Conduct,Parents' mood\nWebster 1997,better,no change\n'=Other 2001,worse,\n"
    )
    with pytest.raises(BadInput, match="nothing yet"):
        effect_directions([])


def test_a_harvest_plot_stands_studies_by_direction_and_suitability() -> None:
    found = harvest(effect_directions(RESULTS), "Conduct")
    assert [(bar.study, bar.column, bar.height, bar.label) for bar in found.bars] == [
        ("=Other 2001", DOWN, 1, ""),
        ("Webster 1997", UP, 3, "97"),
    ]
    with pytest.raises(BadInput, match="Conduct, Parents' mood"):
        harvest(effect_directions(RESULTS), "Sleep")


def test_counting_significant_results_is_refused_with_what_to_do_instead() -> None:
    with pytest.raises(BadInput, match="Count which way effects point"):
        count_votes_by_significance([0.04, 0.2])


def test_both_plots_are_drawn_with_their_words() -> None:
    plot = effect_directions([*RESULTS, Result("Third 2010", "Conduct", UP)])
    arrows = directions_picture(plot, key="a")
    assert "Conduct: better in 2, worse in 1" in arrows.description
    bars = harvest_picture([harvest(plot, outcome) for outcome in plot.outcomes], key="b")
    assert "better 2" in bars.description
    assert ">?</text>" in bars.svg
