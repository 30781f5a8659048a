"""Conversions: published worked examples, ways there and back, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.analyse.reviews.synthesis.effects import conversions as to
from wherewithal.analyse.reviews.synthesis.effects.sizes import effect_sizes
from wherewithal.errors import BadInput

MEANS = {"m1i": [12.0], "m2i": [10.0], "sd1i": [3.0], "sd2i": [2.0], "n1i": [40.0], "n2i": [50.0]}


def test_an_interval_gives_back_its_variance() -> None:
    """Cochrane Handbook 6.5, 6.3.2: risk difference 0.03 with p 0.008 has standard error 0.0113."""
    assert np.sqrt(to.variance_from_p(0.03, 0.008)) == pytest.approx(0.0113, abs=5e-5)
    assert to.variance_from_interval(np.exp(-1.96), np.exp(1.96), log=True) == pytest.approx(1.0, rel=1e-4)
    assert to.sd_from_se(2.0, 25) == 10.0
    assert to.sd_from_interval(30.0, 34.2, 25) == pytest.approx(5.09, abs=0.01)


def test_a_t_test_gives_the_same_g_as_the_means() -> None:
    direct = effect_sizes("SMD", MEANS)
    pooled = np.sqrt((39 * 9 + 49 * 4) / 88)
    t = 2 / (pooled * np.sqrt(1 / 40 + 1 / 50))
    effect, variance = to.smd_from_t(t, 40, 50)
    assert effect == pytest.approx(direct.effects[0])
    assert variance == pytest.approx(direct.variances[0])
    from scipy import stats

    assert to.smd_from_p(2 * stats.t.sf(t, 88), 40, 50)[0] == pytest.approx(direct.effects[0])
    assert to.smd_from_p(2 * stats.t.sf(t, 88), 40, 50, sign=-1)[0] == pytest.approx(-direct.effects[0])


def test_borensteins_examples() -> None:
    """Introduction to Meta-Analysis (2009), chapter 7: log odds 0.9069 is d 0.5; r 0.5 with V 0.0058 is d 1.1547."""
    d, v = to.smd_from_log_odds(0.9069, 0.0676)
    assert (d, v) == (pytest.approx(0.5, abs=1e-4), pytest.approx(0.0205, abs=1e-4))
    d, v = to.smd_from_correlation(0.5, 0.0058)
    assert (d, v) == (pytest.approx(1.1547, abs=1e-4), pytest.approx(0.0550, abs=1e-4))
    r, v = to.correlation_from_smd(1.1547, 0.0550, 100, 100)
    assert (r, v) == (pytest.approx(0.5, abs=1e-4), pytest.approx(0.0058, abs=1e-4))


@given(st.floats(-3, 3), st.floats(0.01, 2))
def test_odds_and_differences_lead_back(effect: float, variance: float) -> None:
    back = to.smd_from_log_odds(*to.log_odds_from_smd(effect, variance))
    assert back[0] == pytest.approx(effect)
    assert back[1] == pytest.approx(variance)


@given(
    st.lists(st.floats(-50, 50), min_size=2, max_size=20),
    st.lists(st.floats(-50, 50), min_size=2, max_size=20),
)
def test_two_groups_together_are_the_one_group(first: list[float], second: list[float]) -> None:
    parts = [(len(x), np.mean(x), np.std(x, ddof=1)) for x in (first, second)]
    n, mean, sd = to.groups_together(*parts[0], *parts[1])
    whole = np.array(first + second)
    assert n == whole.size
    assert mean == pytest.approx(whole.mean(), abs=1e-9)
    assert sd == pytest.approx(whole.std(ddof=1), abs=1e-6)


def test_quartiles_of_a_normal_sample() -> None:
    draws = np.random.default_rng(7).normal(100, 15, (400, 81))
    q1, q2, q3 = np.quantile(draws, [0.25, 0.5, 0.75], axis=1)
    assert to.mean_from_quartiles(q1, q2, q3, 81).mean() == pytest.approx(100, abs=0.4)
    assert to.sd_from_quartiles(q1, q3, 81).mean() == pytest.approx(15, abs=0.5)
    assert to.sd_from_range(draws.min(axis=1), draws.max(axis=1), 81).mean() == pytest.approx(15, abs=0.5)


def test_clusters_make_a_trial_smaller() -> None:
    assert to.design_effect(21, 0.05) == pytest.approx(2.0)
    plain = effect_sizes("SMD", MEANS)
    effect, variance = to.smd_of_clusters(plain.effects[0], 40, 50, 10, 0.0)
    assert effect == pytest.approx(plain.effects[0])
    assert variance == pytest.approx(plain.variances[0], rel=0.02)
    assert to.smd_of_clusters(plain.effects[0], 40, 50, 10, 0.2)[1] > 2.5 * variance


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: to.variance_from_interval(2, 1),
        lambda: to.variance_from_interval(0, 1, log=True),
        lambda: to.variance_from_p(0.5, 0.0),
        lambda: to.variance_from_p(0.0, 0.5),
        lambda: to.sd_from_se(0, 10),
        lambda: to.sd_from_quartiles(3, 3, 10),
        lambda: to.smd_from_p(1.5, 10, 10),
        lambda: to.smd_from_correlation(1.0, 0.1),
        lambda: to.design_effect(20, 1.5),
        lambda: to.smd_from_t(2.0, 0, 10),
    ],
)
def test_what_a_paper_cannot_mean_is_refused(wrong) -> None:
    with pytest.raises(BadInput):
        wrong()
