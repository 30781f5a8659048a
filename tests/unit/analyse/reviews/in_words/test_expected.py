from __future__ import annotations

import pytest

from wherewithal.analyse.reviews.in_words.expected import expected_here
from wherewithal.analyse.reviews.synthesis.pooling import pool

EFFECTS = [0.1, 0.5, 0.3, -0.1, 0.6, 0.4, 0.2]
VARIANCES = [0.02, 0.03, 0.02, 0.02, 0.04, 0.02, 0.03]


def test_the_next_place_is_less_certain_than_the_average() -> None:
    pooled = pool(EFFECTS, VARIANCES, test="knha")
    found = expected_here(pooled, higher_is_better=True, threshold=0.1)
    assert pooled.pi is not None
    assert found.effect is not None
    assert (found.effect.low, found.effect.high) == pytest.approx(pooled.pi)
    assert found.better is not None
    assert found.worthwhile is not None
    assert 1 - pooled.p / 2 > found.better > found.worthwhile > 0.5
    assert found.sentence.startswith(
        "In about 9 in 10 places like those studied it would do some good, and in about"
    )


def test_the_chance_at_an_end_of_the_interval_is_what_the_interval_says() -> None:
    pooled = pool(EFFECTS, VARIANCES, test="knha")
    assert pooled.pi is not None
    found = expected_here(pooled, higher_is_better=True, threshold=pooled.pi.high)
    assert found.worthwhile == pytest.approx(0.025)


def test_a_measure_that_runs_the_other_way_is_the_mirror() -> None:
    one = expected_here(pool(EFFECTS, VARIANCES), higher_is_better=True)
    other = expected_here(pool([-y for y in EFFECTS], VARIANCES), higher_is_better=False)
    assert one.better == pytest.approx(other.better)
    assert one.effect == pytest.approx(other.effect)


def test_a_common_effect_has_no_next_place_and_few_studies_say_so() -> None:
    assert expected_here(pool(EFFECTS, VARIANCES, method="EE"), higher_is_better=True).better is None
    few = expected_here(pool(EFFECTS[:3], VARIANCES[:3]), higher_is_better=True)
    assert any("hardly more than a guess" in note for note in few.notes)
