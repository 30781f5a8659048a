from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import combine_pvalues

from wherewithal.analyse.reviews.narrative.directions import Direction, Result, effect_directions, sign_test
from wherewithal.analyse.reviews.narrative.p_values import fisher, one_sided, stouffer
from wherewithal.analyse.reviews.narrative.pooling_or_not import Effect, pooling_or_not
from wherewithal.analyse.reviews.narrative.spread import spread
from wherewithal.analyse.reviews.narrative.swim import Done, checklist, items, still_open
from wherewithal.errors import BadInput


def test_fisher_of_two_has_a_closed_form() -> None:
    """For two p values the combined one is pq (1 - log pq)."""
    product = 0.03 * 0.2
    assert fisher([0.03, 0.2]).p == pytest.approx(product * (1 - math.log(product)))


def test_stouffer_of_two_alike() -> None:
    # z of 0.05 is 1.6449; two of them make 2.3262, whose p is 0.0100.
    assert stouffer([0.05, 0.05]).p == pytest.approx(0.0100, abs=5e-5)


@given(st.lists(st.floats(1e-6, 0.999), min_size=2, max_size=12))
def test_both_ways_agree_with_scipy(p: list[float]) -> None:
    assert fisher(p).p == pytest.approx(combine_pvalues(p, "fisher").pvalue)
    weights = np.arange(1, len(p) + 1)
    assert stouffer(p, weights).p == pytest.approx(combine_pvalues(p, "stouffer", weights).pvalue)


def test_directions_are_part_of_a_p_value() -> None:
    assert one_sided([0.1, 0.1], [True, False]).tolist() == [0.05, 0.95]
    with pytest.raises(BadInput, match="one of each"):
        one_sided([0.1], [True, False])


def test_what_is_not_a_p_value_is_named() -> None:
    with pytest.raises(BadInput, match="p value 2: 0"):
        fisher([0.1, 0])
    with pytest.raises(BadInput, match="at least two"):
        stouffer([0.1])
    with pytest.raises(BadInput, match="weight above 0"):
        stouffer([0.1, 0.2], [1, 0])
    assert any("how large" in words for words in fisher([0.1, 0.2]).words)


def test_the_middle_half() -> None:
    found = spread([0.1, 0.2, 0.3, 0.4, 1.5])
    assert (found.lower, found.median, found.upper, found.most) == (0.2, 0.3, 0.4, 1.5)
    assert "not an interval for the average" in found.words[1]
    assert len(spread([0.1, 0.2]).words) == 3
    with pytest.raises(BadInput, match="two effects"):
        spread([0.1])


def effect(study: str, measure: str = "SMD", **more: object) -> Effect:
    return Effect(study, measure, 0.2, 0.01, **more)  # type: ignore[arg-type]


def test_nothing_against_pooling() -> None:
    found = pooling_or_not([effect("A", randomised=True), effect("B", randomised=True)])
    assert found.can
    assert found.words == "Nothing speaks against pooling the 2 effects."


@pytest.mark.parametrize(
    ("effects", "key", "can"),
    [
        ([effect("A")], "too few", False),
        ([effect("A"), effect("B", "OR")], "measures", False),
        ([effect("A", "MD", unit="points"), effect("B", "MD", unit="days")], "units", False),
        ([effect("A"), effect("B"), Effect("C", "SMD", 0.1, None)], "incomplete", True),
        ([effect("A"), effect("A"), effect("B")], "dependent", True),
        ([effect("A", randomised=True), effect("B", randomised=False)], "designs", True),
        ([effect("A"), Effect("B", "SMD", 0.1, 0.0)], "variances", False),
    ],
)
def test_reasons_against_pooling(effects: list[Effect], key: str, can: bool) -> None:
    found = pooling_or_not(effects)
    assert [each.key for each in found.reasons] == [key]
    assert found.can is can
    assert found.reasons[0].instead


def test_only_a_person_can_say_that_studies_are_too_different() -> None:
    found = pooling_or_not([effect("A"), effect("B")], too_different="one is for babies, one for teenagers")
    assert not found.can
    assert found.words.startswith("These effects cannot be pooled: somebody judged")


def test_swim_is_filled_from_what_was_done_and_the_rest_stays_open() -> None:
    plot = effect_directions(
        [Result("A", "Conduct", Direction.BETTER), Result("B", "Conduct", Direction.WORSE)]
    )
    done = Done(
        directions=plot,
        signs={"Conduct": sign_test([cell.direction for cell in plot.of("Conduct")])},
        combined={"Conduct": fisher([0.1, 0.2])},
        spreads={"Conduct": spread([0.1, 0.3])},
        against_pooling=pooling_or_not([effect("A", "OR"), effect("B")]),
        graded=True,
        charts=["an effect direction plot"],
    )
    filled = {each.item.number: each for each in checklist(done, {"4": "Trials count for more."})}
    assert [number for number, each in filled.items() if each.open] == ["1b", "5"]
    assert "They were not pooled: The effects are of different kinds: OR and SMD." in filled["3"].words
    assert not filled["4"].drafted
    assert (
        still_open(list(filled.values()))
        == "2 items still to write: changes to the groups and why studies differ."
    )
    assert all(each.open for each in checklist(Done()))
    assert len(items()) == 10
    with pytest.raises(BadInput, match="item 12"):
        checklist(done, {"12": "a"})
