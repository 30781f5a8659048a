"""Effects from every form a paper gives, pinned to worked examples of the Cochrane Handbook and others."""

from __future__ import annotations

import math

import pytest
from hypothesis import given as always
from hypothesis import strategies as st

from wherewithal.analyse.reviews.extraction.arms_of_means import means_of
from wherewithal.analyse.reviews.extraction.forms_of_results import FORMS
from wherewithal.analyse.reviews.extraction.given import Given
from wherewithal.analyse.reviews.extraction.working import work_out
from wherewithal.errors import BadInput

NEAR = {"abs": 5e-4}


def two(form: str, first: dict[str, float], second: dict[str, float], **rest: object) -> Given:
    numbers = {f"{key}1": value for key, value in first.items()}
    numbers |= {f"{key}2": value for key, value in second.items()}
    numbers |= {key: value for key, value in rest.items() if not isinstance(value, str)}
    choices = {key: value for key, value in rest.items() if isinstance(value, str)}
    return Given(form, numbers, choices)


def test_means_give_hedges_g_as_metafor_does() -> None:
    # Normand 1999 (stroke units), first study: metafor::escalc(measure = "SMD") gives -0.3552, 0.0131.
    effect = work_out(two("means", {"n": 155, "m": 55, "sd": 47}, {"n": 156, "m": 75, "sd": 64}), "SMD")
    assert (effect.value, effect.variance) == (pytest.approx(-0.3552, **NEAR), pytest.approx(0.0131, **NEAR))
    assert dict(effect.columns) == {
        "m1i": 55, "sd1i": 47, "n1i": 155, "m2i": 75, "sd2i": 64, "n2i": 156,
    }  # fmt: skip
    assert effect.people == 311


def test_means_give_a_difference_and_turn_round() -> None:
    given = two("means", {"n": 155, "m": 55, "sd": 47}, {"n": 156, "m": 75, "sd": 64})
    assert work_out(given, "MD").value == -20
    turned = work_out(given, "MD", turned=True)
    assert turned.value == 20
    assert "turned round" in turned.steps[-1].what


def test_standard_errors_and_intervals_give_standard_deviations() -> None:
    # Cochrane Handbook 6.5, 6.5.2.2: intervals of means with 25 and 22 people; 30.0 to 34.2 with mean 32.1, n = 25,
    # has t = 2.064 and SD = sqrt(25) x 4.2 / 4.128 = 5.09; 27.0 to 29.6 with n = 22, t = 2.080, SD = 2.93.
    means = means_of(
        two(
            "means-ci",
            {"n": 25, "m": 32.1, "low": 30.0, "high": 34.2},
            {"n": 22, "m": 28.3, "low": 27.0, "high": 29.6},
        )
    )
    assert means.sd == (pytest.approx(5.09, abs=0.005), pytest.approx(2.93, abs=0.005))
    # The same on the normal curve (6.5.2.2): sqrt(N) x (upper - lower) / 3.92.
    plain = means_of(
        two(
            "means-ci",
            {"n": 100, "m": 32.1, "low": 30.0, "high": 34.2},
            {"n": 100, "m": 28.3, "low": 27.0, "high": 29.6},
            curve="z",
        )
    )
    assert plain.sd[0] == pytest.approx(10 * 4.2 / 3.92, abs=1e-3)
    by_se = means_of(two("means-se", {"n": 25, "m": 32.1, "se": 1.0}, {"n": 16, "m": 28.3, "se": 2.0}))
    assert by_se.sd == (5.0, 8.0)


def test_a_difference_with_its_error_is_standardised_as_the_handbook_does() -> None:
    # Cochrane Handbook 6.5, 6.5.2.3: a difference of 3.8 with p = 0.008 and 25 and 22 people: t = 2.78, SE 1.37,
    # pooled SD 4.69.
    value, se = 3.8, 3.8 / 2.78
    given = Given("difference", {"value": value, "se": se, "n1": 25, "n2": 22})
    effect = work_out(given, "SMD")
    assert se / math.sqrt(1 / 25 + 1 / 22) == pytest.approx(4.69, abs=0.02)
    correction = 1 - 3 / (4 * 45 - 1)
    assert effect.value == pytest.approx(3.8 / 4.69 * correction, abs=0.005)
    assert "follows from the standard error" in effect.steps[1].what
    assert work_out(given, "MD").variance == pytest.approx(se**2)


def test_an_adjusted_difference_needs_the_arms_own_spread() -> None:
    bare = Given("difference", {"value": 3.8, "se": 1.0, "n1": 25, "n2": 22}, {"adjusted": "yes"})
    with pytest.raises(BadInput, match="adjusted difference cannot be standardised"):
        work_out(bare, "SMD")
    full = Given("difference", {**bare.numbers, "sd1": 5, "sd2": 5}, bare.choices)
    effect = work_out(full, "SMD")
    assert effect.value == pytest.approx(3.8 / 5 * (1 - 3 / 179), abs=1e-3)
    assert effect.se == pytest.approx(math.sqrt((1 / 5) ** 2 + effect.value**2 / 94), abs=1e-6)
    assert "adjusted estimate" in effect.assumptions[0]


def test_an_interval_of_a_difference_is_students_or_normal() -> None:
    numbers = {"value": 2.0, "low": 0.0, "high": 4.0, "n1": 10, "n2": 10}
    by_t = work_out(Given("difference", numbers), "MD")
    by_z = work_out(Given("difference", numbers, {"curve": "z"}), "MD")
    assert by_t.se == pytest.approx(2 / 2.100922, abs=1e-5)
    assert by_z.se == pytest.approx(2 / 1.959964, abs=1e-5)


def test_medians_with_quartiles_and_ranges() -> None:
    # Luo 2018, formula 15: weight 0.7 + 0.39/50. Wan 2014, formula 15, for 50 people.
    arm = {"n": 50, "q1": 10.0, "median": 13.0, "q3": 16.0}
    means = means_of(two("quartiles", arm, arm))
    assert means.mean[0] == 13.0
    assert means.sd[0] == pytest.approx(6 / 1.3132, abs=0.02)
    # Wan 2014, Table 1: 4.498 for the range of 50, which formula 9 comes near.
    arm = {"n": 50, "least": 1.0, "median": 13.0, "most": 25.0}
    means = means_of(two("range", arm, arm))
    assert means.mean[0] == 13.0
    assert means.sd[0] == pytest.approx(24 / 4.498, abs=0.02)
    five = {"n": 50, "least": 1.0, "q1": 10.0, "median": 13.0, "q3": 16.0, "most": 25.0}
    assert means_of(two("five-numbers", five, five)).mean[0] == pytest.approx(13.0)


def test_five_numbers_find_the_spread_of_a_bell_curve() -> None:
    # Expected order statistics of a standard normal sample of 201, so the estimate is near 1.
    arm = {"n": 201, "least": -2.748, "q1": -0.6745, "median": 0.0, "q3": 0.6745, "most": 2.748}
    means = means_of(two("five-numbers", arm, arm))
    assert means.sd[0] == pytest.approx(1.0, abs=0.02)


def test_leaning_medians_are_said() -> None:
    lean = {"n": 80, "q1": 1.0, "median": 1.5, "q3": 10.0}
    straight = {"n": 80, "q1": 1.0, "median": 5.5, "q3": 10.0}
    means = means_of(two("quartiles", lean, straight))
    assert any("arm 1 the median stands far" in words for words in means.assumptions)
    assert not any("arm 2 the median" in words for words in means.assumptions)


def test_quartiles_out_of_order_are_refused() -> None:
    arm = {"n": 80, "q1": 1.0, "median": 5.5, "q3": 10.0}
    with pytest.raises(BadInput) as caught:
        means_of(two("quartiles", arm, {**arm, "q3": 3.0}))
    assert caught.value.problems[0].where == "Arm 2"


def test_changes_need_a_correlation_to_be_standardised() -> None:
    # Cochrane Handbook 6.5, 6.5.2.8: the variance of a change is both variances less twice r times both deviations.
    given = two(
        "before-after",
        {"n": 50, "before": 20.0, "sdbefore": 4.0, "after": 15.0, "sdafter": 4.4},
        {"n": 50, "before": 20.0, "sdbefore": 4.0, "after": 19.0, "sdafter": 4.4},
        r=0.78,
    )
    means = means_of(given)
    assert means.mean == (-5.0, -1.0)
    assert means.sd[0] == pytest.approx(math.sqrt(16 + 19.36 - 2 * 0.78 * 4 * 4.4))
    assert work_out(given, "MD").value == -4.0
    effect = work_out(given, "SMD")
    assert effect.value == pytest.approx(-4 / 4 * (1 - 3 / (4 * 98 - 1)), abs=1e-3)
    change = two("change", {"n": 50, "change": -5, "sdchange": 2.8}, {"n": 50, "change": -1, "sdchange": 2.8})
    assert work_out(change, "MD").value == -4
    with pytest.raises(BadInput, match="needs the correlation"):
        work_out(change, "SMD")
    known = Given("change", {**change.numbers, "r": 0.75}, {"r_from": "assumed"})
    effect = work_out(known, "SMD")
    sd = 2.8 / math.sqrt(2 * 0.25)
    assert effect.value == pytest.approx(-4 / sd * (1 - 3 / (4 * 98 - 1)), abs=1e-3)
    assert effect.variance == pytest.approx(0.5 * 2 / 50 + effect.value**2 / 200)
    assert "not this paper’s own" in effect.assumptions[0]


def test_counts_and_percentages() -> None:
    # BCG trial of Aronson 1948 (metafor's dat.bcg): 4 of 123 and 11 of 139; log RR -0.8893 (0.3256).
    counts = two("counts", {"events": 4, "n": 123}, {"events": 11, "n": 139})
    effect = work_out(counts, "RR")
    assert (effect.value, effect.variance) == (pytest.approx(-0.8893, **NEAR), pytest.approx(0.3256, **NEAR))
    assert effect.shown[0] == pytest.approx(math.exp(effect.value))
    percent = two("percentages", {"percent": 3.3, "n": 123}, {"percent": 7.9, "n": 139})
    assert work_out(percent, "RR").value == pytest.approx(effect.value)
    assert work_out(counts, "SMD").value == pytest.approx(
        work_out(counts, "OR").value * math.sqrt(3) / math.pi
    )
    with pytest.raises(BadInput, match="between 0 and 100"):
        work_out(two("percentages", {"percent": 133, "n": 123}, {"percent": 7.9, "n": 139}), "RR")


def test_an_empty_cell_is_filled_and_said() -> None:
    effect = work_out(two("counts", {"events": 0, "n": 20}, {"events": 5, "n": 20}), "OR")
    assert any("0.5 added" in step.what for step in effect.steps)


def test_rates() -> None:
    effect = work_out(two("rates", {"events": 10, "time": 100}, {"events": 20, "time": 100}), "IRR")
    assert effect.value == pytest.approx(math.log(0.5))
    assert effect.variance == pytest.approx(0.15)


def test_ratios_are_read_on_the_logarithmic_scale() -> None:
    # Cochrane Handbook 6.5, 6.3.2 arithmetic: an odds ratio of 0.75 (0.6 to 0.94).
    effect = work_out(Given("ratio", {"value": 0.75, "low": 0.6, "high": 0.94}), "OR")
    assert effect.value == pytest.approx(math.log(0.75))
    assert effect.se == pytest.approx((math.log(0.94) - math.log(0.6)) / 3.92, abs=1e-4)
    turned = work_out(Given("ratio", {"value": 0.75, "low": 0.6, "high": 0.94}), "SMD")
    assert turned.value == pytest.approx(math.log(0.75) * math.sqrt(3) / math.pi)
    with pytest.raises(BadInput, match="cannot be brought to"):
        work_out(Given("ratio", {"value": 0.75, "low": 0.6, "high": 0.94}, {"ratio": "RR"}), "SMD")
    with pytest.raises(BadInput, match="above 0"):
        work_out(Given("ratio", {"value": -0.75, "low": 0.6, "high": 0.94}), "OR")


def test_tests_and_p() -> None:
    # Lipsey and Wilson 2001: d = t sqrt((n1 + n2) / (n1 n2)); t = 1.68 with 20 in each arm gives 0.5313 before
    # correction.
    t = Given("t-test", {"t": 1.68, "n1": 20, "n2": 20})
    effect = work_out(t, "SMD")
    assert effect.value == pytest.approx(1.68 * math.sqrt(0.1) * (1 - 3 / (4 * 38 - 1)), abs=1e-3)
    second = work_out(Given("f-test", {"f": 1.68**2, "n1": 20, "n2": 20}, {"favours": "2"}), "SMD")
    assert second.value == pytest.approx(-effect.value)
    p = work_out(Given("p-value", {"p": 0.1011772, "n1": 20, "n2": 20}), "SMD")
    assert p.value == pytest.approx(effect.value, abs=1e-3)
    below = work_out(Given("p-value", {"p": 0.001, "n1": 20, "n2": 20}, {"p_is": "below"}), "SMD")
    assert any("the real one is larger" in words for words in below.assumptions)
    # Chi-squared of 4 with 100 people: phi 0.2, d = 2 x 0.2 / sqrt(0.96).
    chi = work_out(Given("chi-squared", {"chi2": 4, "n1": 50, "n2": 50}), "SMD")
    assert chi.value == pytest.approx(0.4 / math.sqrt(0.96))


def test_correlations() -> None:
    effect = work_out(Given("correlation", {"r": 0.5, "n1": 103}), "ZCOR")
    assert (effect.value, effect.variance) == (pytest.approx(math.atanh(0.5)), pytest.approx(0.01))
    assert effect.shown[0] == pytest.approx(0.5)
    assert work_out(Given("correlation", {"r": 0.5, "n1": 103}), "SMD").value == pytest.approx(
        1 / math.sqrt(0.75)
    )


def test_clusters_that_were_ignored() -> None:
    # Cochrane Handbook 6.5, 23.1.4: clusters of 29.8 with an ICC of 0.02 have a design effect of 1.576; 63 of 295 and
    # 84 of 330 become 40.0 of 187.2 and 53.3 of 209.4.
    given = two(
        "counts",
        {"events": 63, "n": 295},
        {"events": 84, "n": 330},
        cluster_size=29.8,
        icc=0.02,
        clusters="ignored",
        icc_from="assumed",
    )
    effect = work_out(given, "RR")
    columns = dict(effect.columns)
    assert columns["ai"] == pytest.approx(40.0, abs=0.05)
    assert columns["n2i"] == pytest.approx(209.4, abs=0.05)
    assert "not this paper’s own" in effect.assumptions[0]
    without = Given("counts", {k: v for k, v in given.numbers.items() if k != "icc"}, {"clusters": "ignored"})
    with pytest.raises(BadInput, match="ignored its clusters"):
        work_out(without, "RR")
    plain = work_out(Given("difference", {"value": 2, "se": 1, "n1": 50, "n2": 50}), "MD")
    wider = work_out(
        Given(
            "difference",
            {"value": 2, "se": 1, "n1": 50, "n2": 50, "cluster_size": 21, "icc": 0.05},
            {"clusters": "ignored"},
        ),
        "MD",
    )
    assert wider.variance == pytest.approx(2 * plain.variance)


def test_what_is_missing_is_named() -> None:
    with pytest.raises(BadInput) as caught:
        work_out(Given("means", {"n1": 10, "m1": 3}), "SMD")
    assert [problem.where for problem in caught.value.problems] == [
        "Standard deviation, arm 1",
        "People, arm 2",
        "Mean, arm 2",
        "Standard deviation, arm 2",
    ]
    with pytest.raises(BadInput, match="neither a standard error nor an interval"):
        work_out(Given("difference", {"value": 2, "n1": 10, "n2": 10}), "MD")


def test_what_does_not_belong_is_refused() -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        Given("means", {"q1": 3})
    with pytest.raises(BadInput, match="cannot be read"):
        Given("means", {"m1": math.nan})
    with pytest.raises(BadInput, match="cannot be read"):
        Given("ratio", {"value": 1}, {"ratio": "XX"})
    with pytest.raises(BadInput, match="cannot be read"):
        Given("correlation", {"r": 0.3, "icc": 0.1})


sizes = st.integers(4, 400)
scores = st.floats(-50, 50, allow_nan=False).map(lambda x: round(x, 3))
spreads = st.floats(0.1, 30).map(lambda x: round(x, 3))


@always(sizes, sizes, scores, scores, spreads, spreads)
def test_swapping_the_arms_turns_the_effect_round(n1, n2, m1, m2, sd1, sd2) -> None:
    first, second = {"n": n1, "m": m1, "sd": sd1}, {"n": n2, "m": m2, "sd": sd2}
    one, other = work_out(two("means", first, second), "SMD"), work_out(two("means", second, first), "SMD")
    assert one.value == pytest.approx(-other.value)
    assert one.variance == pytest.approx(other.variance)


@always(sizes, sizes, scores, scores, spreads, spreads)
def test_every_way_of_giving_the_spread_gives_the_same(n1, n2, m1, m2, sd1, sd2) -> None:
    plain = work_out(two("means", {"n": n1, "m": m1, "sd": sd1}, {"n": n2, "m": m2, "sd": sd2}), "MD")
    by_se = work_out(
        two(
            "means-se",
            {"n": n1, "m": m1, "se": sd1 / math.sqrt(n1)},
            {"n": n2, "m": m2, "se": sd2 / math.sqrt(n2)},
        ),
        "MD",
    )
    assert by_se.value == pytest.approx(plain.value)
    assert by_se.variance == pytest.approx(plain.variance)


@always(sizes, sizes, st.floats(-5, 5))
def test_t_and_its_square_agree(n1, n2, t) -> None:
    side = "1" if t >= 0 else "2"
    by_t = work_out(Given("t-test", {"t": abs(t), "n1": n1, "n2": n2}, {"favours": side}), "SMD")
    by_f = work_out(Given("f-test", {"f": t * t, "n1": n1, "n2": n2}, {"favours": side}), "SMD")
    assert by_f.value == pytest.approx(by_t.value, abs=1e-9)


@always(st.floats(2, 60), st.floats(0, 0.4))
def test_clusters_never_make_an_effect_surer(size, icc) -> None:
    numbers = {"n1": 200, "m1": 10, "sd1": 4, "n2": 200, "m2": 9, "sd2": 4}
    plain = work_out(Given("means", numbers), "SMD")
    held = work_out(
        Given("means", {**numbers, "cluster_size": size, "icc": icc}, {"clusters": "ignored"}), "SMD"
    )
    assert held.variance >= plain.variance * 0.995


def test_every_form_says_what_it_asks() -> None:
    from wherewithal.analyse.reviews.extraction.forms_of_results import CHOICES, words_of

    for form in FORMS:
        assert all(words_of(number) for number in form.numbers)
        assert set(form.choices) <= set(CHOICES)
        assert form.may <= set(form.numbers)
