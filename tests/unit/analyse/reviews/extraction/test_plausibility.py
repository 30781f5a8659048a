from __future__ import annotations

import pytest
from hypothesis import given as always
from hypothesis import strategies as st

from wherewithal.analyse.reviews.extraction.given import Given
from wherewithal.analyse.reviews.extraction.plausibility import Taken, doubts_about, whole_numbers_could
from wherewithal.analyse.reviews.extraction.study import Arm, Instrument
from wherewithal.analyse.reviews.extraction.working import work_out

SCALE = Instrument("ecbi", "behaviour", "ECBI intensity", lowest=36, highest=252)
FREE = Instrument("score", "behaviour", "A score")


def means(n1=30.0, m1=120.0, sd1=25.0, n2=30.0, m2=130.0, sd2=25.0, form="means") -> Given:
    spread = "se" if form == "means-se" else "sd"
    return Given(form, {"n1": n1, "m1": m1, f"{spread}1": sd1, "n2": n2, "m2": m2, f"{spread}2": sd2})


def keys(taken: Taken, others=()) -> list[str]:
    return [doubt.key for doubt in doubts_about(taken, others)]


def test_a_usual_result_raises_no_doubt() -> None:
    given = means()
    taken = Taken(
        given, SCALE, (Arm(1, "Groups", people=32), Arm(2, "List", people=32)), work_out(given, "SMD")
    )
    others = [Taken(means(m1=118, sd1=27), SCALE), Taken(means(sd2=30), SCALE)]
    assert keys(taken, others) == []


def test_standard_errors_taken_for_standard_deviations() -> None:
    others = [Taken(means(), SCALE), Taken(means(sd1=28), SCALE)]
    small = Taken(means(sd1=4.6, sd2=4.5), SCALE)
    found = doubts_about(small, others)
    assert [doubt.key for doubt in found] == ["sd-is-se1", "sd-is-se2"]
    assert "would give 25.2" in found[0].words
    assert keys(Taken(means(sd1=25, sd2=26, form="means-se"), SCALE), others) == ["se-is-sd1", "se-is-sd2"]
    assert keys(Taken(means(sd1=4.6, sd2=25), SCALE))[0] == "arms-spread"
    assert keys(small) == []


def test_very_large_effects() -> None:
    given = means(sd1=4, sd2=4)
    assert keys(Taken(given, SCALE, effect=work_out(given, "SMD"))) == ["very-large"]


@pytest.mark.parametrize(
    ("given", "key"),
    [
        (Given("ratio", {"value": 1.45, "low": 1.1, "high": 1.9}), ""),
        (Given("ratio", {"value": 1.45, "low": 1.6, "high": 1.9}), "interval-without"),
        (Given("ratio", {"value": 1.45, "low": 1.1, "high": 4.9}), "interval-lopsided"),
        (Given("ratio", {"value": 1.5, "low": 0.5, "high": 2.5}), "interval-lopsided"),
        (Given("difference", {"value": -2, "low": -4, "high": 0, "n1": 9, "n2": 9}), ""),
        (Given("difference", {"value": -2.0, "low": -4.1, "high": 0.2, "n1": 9, "n2": 9}), ""),
        (Given("difference", {"value": 2, "low": -4, "high": 0, "n1": 9, "n2": 9}), "interval-without"),
        (Given("difference", {"value": 2.0, "low": 1.9, "high": 9, "n1": 9, "n2": 9}), "interval-lopsided"),
        (Given("percentages", {"percent1": 137, "n1": 9, "percent2": 1, "n2": 9}), "percent-over"),
        (Given("counts", {"events1": 12, "n1": 9, "events2": 1, "n2": 9}), "events-over1"),
    ],
)
def test_numbers_that_cannot_stand_together(given: Given, key: str) -> None:
    assert keys(Taken(given, FREE)) == ([key] if key else [])


def test_more_people_than_were_allocated() -> None:
    taken = Taken(means(n1=40), SCALE, (Arm(1, "Groups", people=32), Arm(2, "List")))
    assert keys(taken) == ["people-over1"]


def test_means_outside_the_range_and_spreads_too_wide() -> None:
    assert keys(Taken(means(m1=12, sd1=20, sd2=20), SCALE)) == ["outside-range-m1"]
    found = doubts_about(Taken(means(sd1=200, sd2=100), SCALE))
    assert [doubt.key for doubt in found] == ["spread-over-sd1"]
    assert "36 to 252" in found[0].words


def test_words_that_say_otherwise() -> None:
    given = means(m1=150, m2=130)
    effect = work_out(given, "SMD")
    say = "Children in the groups had significantly lower scores"
    assert keys(Taken(given, SCALE, effect=effect, quotation=say)) == ["words-say-otherwise"]
    assert keys(Taken(given, SCALE, effect=effect, quotation="higher scores")) == []
    assert keys(Taken(given, SCALE, effect=effect, quotation="lower than in the control arm")) == []
    turned = Instrument("s", "behaviour", "Strengths", more="lower")
    assert keys(Taken(given, turned, effect=effect.turned(), quotation=say)) == ["words-say-otherwise"]


def test_against_the_other_results_of_the_study() -> None:
    down, up = means(m1=100, m2=130), means(m1=150, m2=130)
    first = Taken(up, SCALE, effect=work_out(up, "SMD"), study=1)
    same = Taken(down, FREE, effect=work_out(down, "SMD"), study=1)
    assert keys(first, [same, first]) == ["against-the-others"]
    assert keys(first, [Taken(down, FREE, effect=work_out(down, "SMD"), study=2), first]) == []


def test_units() -> None:
    others = [Taken(means(), FREE), Taken(means(), FREE)]
    assert "units" in keys(Taken(means(m1=3.4, m2=3.6, sd1=0.7, sd2=0.7), FREE), others)


def test_whole_number_means() -> None:
    # Brown and Heathers 2017: a mean of 5.19 is impossible for 28 people answering one whole-number item.
    assert not whole_numbers_could(5.19, 28, 1, 2)
    assert whole_numbers_could(5.18, 28, 1, 2)
    assert whole_numbers_could(5.19, 100, 1, 2)
    item = Instrument("one", "behaviour", "One question", items=1)
    assert keys(Taken(means(n1=28, m1=5.19, sd1=1, n2=28, m2=5.18, sd2=1), item)) == ["no-such-mean1"]


@always(st.integers(1, 400), st.integers(1, 12), st.integers(0, 3), st.data())
def test_means_of_whole_numbers_always_pass(people: int, items: int, places: int, data) -> None:
    total = data.draw(st.integers(0, people * items * 5))
    mean = round(total / (people * items), places)
    assert whole_numbers_could(mean, people, items, places)


@always(st.floats(0.05, 20), st.floats(0.02, 2))
def test_an_honest_ratio_raises_no_doubt(value: float, se: float) -> None:
    import math

    low, high = value * math.exp(-1.96 * se), value * math.exp(1.96 * se)
    numbers = {"value": round(value, 3), "low": round(low, 3), "high": round(high, 3)}
    if min(numbers.values()) >= 0.01:
        assert keys(Taken(Given("ratio", numbers), FREE)) == []
