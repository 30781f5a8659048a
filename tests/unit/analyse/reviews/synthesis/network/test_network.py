"""Networks: metafor's and netmeta's results on published trials, what must always hold, and networks that are none.

metafor 3.8-1 fitted the same trials by rma.mv (contrasts with a shared arm, one tau², a half of it between contrasts
of a study). netmeta's figures are those printed for these trials by Rücker and Schwarzer, BMC Medical Research
Methodology 15 (2015) 58 (P-scores), and Harrer and others, "Doing meta-analysis with R" (2021), chapter 12 (Q, tau²),
from effects rounded to two places.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.analyse.reviews.synthesis.network.senn import ARMS
from wherewithal.analyse.reviews.synthesis.network import (
    Evidence,
    arms,
    contrasts,
    decomposition,
    loops,
    network,
    parts_of,
    ranking,
    splits,
)
from wherewithal.analyse.reviews.synthesis.pooling import pool
from wherewithal.errors import BadInput

# Hasselblad, Medical Decision Making 18 (1998) 37: study, treatment, people who stopped smoking, people.
SMOKING = (
    "1 none 75 731,1 single 363 714,2 none 9 140,2 single 23 140,2 group 10 138,3 none 2 106,"
    "3 single 9 205,4 none 58 549,4 single 237 1561,5 none 0 33,5 single 9 48,6 self 20 49,6 single 16 43,"
    "7 none 3 100,7 single 31 98,8 none 1 31,8 single 26 95,9 self 11 78,9 single 12 85,9 group 29 170,"
    "10 none 6 39,10 single 17 77,11 none 79 702,11 self 77 694,12 none 18 671,12 self 21 535,"
    "13 none 64 642,13 single 107 761,14 single 12 76,14 group 20 74,15 single 9 55,15 group 3 26,"
    "16 self 7 66,16 group 32 127,17 none 5 62,17 single 8 90,18 none 20 234,18 single 34 237,"
    "19 none 0 20,19 group 9 20,20 none 8 116,20 self 19 149,21 none 95 1107,21 single 143 1031,"
    "22 none 15 187,22 single 36 504,23 none 78 584,23 single 73 675,24 none 69 1177,24 single 54 888"
)


def diabetes(reference: str = "placebo") -> Evidence:
    columns = {name: [arm[place] for arm in ARMS] for place, name in enumerate(("mi", "sdi", "ni"), start=2)}
    return arms([a[0] for a in ARMS], [a[1] for a in ARMS], "MD", columns, reference=reference)


METAFOR = {
    "EE": {
        "acarbose": (-0.82731811912995, 0.108497481884177),
        "metformin": (-1.11402995221876, 0.059608127341554),
        "rosiglitazone": (-1.20186095334571, 0.047662980733024),
        "sulfonylurea": (-0.43940014185940, 0.091463500948096),
    },
    "REML": {
        "acarbose": (-0.84136425329627, 0.23842642795195),
        "metformin": (-1.12840382047068, 0.14940174425818),
        "rosiglitazone": (-1.23373870907160, 0.12345670509229),
        "sulfonylurea": (-0.41752773032857, 0.23260983946913),
        "vildagliptin": (-0.70000000000000, 0.34075535329704),
    },
}


@pytest.mark.parametrize("method", METAFOR)
def test_effects_and_errors_are_metafors(method) -> None:
    fit = network(diabetes(), method=method)
    for name, (estimate, error) in METAFOR[method].items():
        cell = fit.compared(name, "placebo")
        assert (cell.estimate, cell.se) == (
            pytest.approx(estimate, rel=1e-9),
            pytest.approx(error, rel=1e-7),
        )


def test_variance_and_q_are_metafors_and_netmetas() -> None:
    fits = {method: network(diabetes(), method=method) for method in ("EE", "DL", "ML", "REML")}
    assert fits["REML"].tau2 == pytest.approx(0.099914544133923, rel=1e-7)
    assert fits["ML"].tau2 == pytest.approx(0.056383033896211, rel=1e-7)
    assert fits["REML"].log_likelihood == pytest.approx(-7.6570565505049, rel=1e-9)
    assert fits["ML"].log_likelihood == pytest.approx(-5.7773004708012, rel=1e-9)
    assert fits["EE"].q == pytest.approx(96.984065065501, rel=1e-10)
    assert fits["EE"].q_df == 18
    assert round(fits["DL"].tau2, 4) == 0.1087
    assert round(fits["DL"].i2, 1) == 81.4
    assert fits["EE"].tau2 == 0.0
    assert fits["EE"].compared("metformin", "placebo").pi is None


def test_q_comes_apart_as_netmeta_prints_it() -> None:
    """Within designs 74.46 on 11, between 22.53 on 7 (p 0.0021); interaction 2.19 (0.9483) beside 0.3797²."""
    found = decomposition(network(diabetes(), method="DL"))
    assert found.within.q == pytest.approx(74.46, abs=0.02)
    assert found.between.q == pytest.approx(22.53, abs=0.01)
    assert (found.within.df, found.between.df, found.total.df) == (11, 7, 18)
    assert round(found.between.p, 4) == 0.0021
    assert (round(found.interaction.q, 2), round(found.interaction.p, 4)) == (2.19, 0.9483)
    assert round(found.tau2_within**0.5, 4) == 0.3797
    assert sum(share.q for share in found.designs.values()) == pytest.approx(found.within.q)
    assert round(found.designs["placebo, metformin"].q, 2) == pytest.approx(42.16, abs=0.01)


def test_p_scores_are_those_published() -> None:
    for method, published in (
        ("EE", {"rosiglitazone": 0.9789, "metformin": 0.8513, "sitagliptin": 0.2386, "placebo": 0.0}),
        (
            "DL",
            {"rosiglitazone": 0.8934, "metformin": 0.7818, "pioglitazone": 0.7746, "sulfonylurea": 0.2103},
        ),
    ):
        found = ranking(network(diabetes(), method=method), higher_is_better=False)
        scores = {rank.treatment: rank.p_score for rank in found.ranks}
        for name, score in published.items():
            assert scores[name] == pytest.approx(score, abs=2e-4), name


@pytest.mark.parametrize(
    ("first", "second", "gap", "error"),
    [
        ("metformin", "placebo", -0.118130076476, 0.309720877425),
        ("metformin", "acarbose", 0.089856269086, 0.554862620621),
        ("sulfonylurea", "rosiglitazone", 0.68186484469, 0.440017099982),
    ],
)
def test_split_comparisons_are_metafors_with_a_column_for_the_split(first, second, gap, error) -> None:
    """The same symmetrical column in rma.mv, tau² by REML beside it; one of the studies has three arms."""
    found = {(s.first, s.second): s for s in splits(network(diabetes()))}[first, second]
    assert (found.difference, found.difference_se) == (
        pytest.approx(gap, rel=1e-7),
        pytest.approx(error, rel=1e-7),
    )
    assert found.direct - found.indirect == pytest.approx(found.difference)


def test_what_only_direct_studies_compare_is_not_split() -> None:
    found = {(s.first, s.second): s for s in splits(network(diabetes()))}
    alone = found["miglitol", "placebo"]
    assert (alone.indirect, alone.p, alone.direct_share, alone.studies) == (None, None, 100.0, 3)


def test_empty_cells_and_three_arms_agree_with_metafor() -> None:
    """24 studies, two of three arms, two with nobody who stopped in an arm; metafor 3.8-1, REML."""
    rows = [arm.split() for arm in SMOKING.split(",")]
    made = arms(
        [r[0] for r in rows],
        [r[1] for r in rows],
        "OR",
        {"xi": [float(r[2]) for r in rows], "ni": [float(r[3]) for r in rows]},
        reference="none",
    )
    assert made.notes[0] == "19: an arm has an empty cell, so 0.5 was added to all its cells"
    fit = network(made)
    assert fit.notes == made.notes
    assert fit.tau2 == pytest.approx(0.45022962003392, rel=2e-6)
    assert (fit.q, fit.q_df) == (pytest.approx(202.61887121298), 23)
    theirs = {
        "self": (0.39716851984717, 0.32863922402739),
        "single": (0.70900928000170, 0.19525054456359),
        "group": (0.86873334711274, 0.37207317024301),
    }
    for name, (estimate, error) in theirs.items():
        cell = fit.compared(name, "none")
        assert (cell.estimate, cell.se) == (
            pytest.approx(estimate, rel=1e-6),
            pytest.approx(error, rel=1e-6),
        )


PAIRS = (
    ["s1", "s2", "s3", "s4", "s5", "s6"],
    ["b", "b", "c", "c", "c", "b"],
    ["a", "a", "a", "a", "b", "a"],
    [0.3, 0.5, 0.9, 0.7, 0.5, 0.1],
    [0.02, 0.03, 0.04, 0.02, 0.05, 0.03],
)


def test_two_treatments_are_the_usual_meta_analysis() -> None:
    y, v = [0.3, 0.5, -0.1, 0.8], [0.02, 0.03, 0.04, 0.02]
    for method in ("EE", "DL", "REML", "ML"):
        fit = network(contrasts(list("wxyz"), ["new"] * 4, ["old"] * 4, y, v), method=method)
        plain = pool(y, v, method=method, exact=True)
        cell = fit.compared("new", "old")
        assert cell.estimate == pytest.approx(plain.estimate, rel=1e-6)
        assert cell.se == pytest.approx(plain.se, rel=1e-6)
        assert fit.tau2 == pytest.approx(plain.tau2, rel=1e-5)
        assert fit.q == pytest.approx(plain.q)
        assert (cell.pi is None) == (method == "EE")


def test_indirect_is_the_difference_of_two_direct_ones() -> None:
    fit = network(contrasts(["x", "y"], ["b", "c"], ["a", "b"], [0.4, 0.2], [0.01, 0.02]), method="EE")
    cell = fit.compared("c", "a")
    assert (cell.estimate, cell.se**2, cell.studies) == (pytest.approx(0.6), pytest.approx(0.03), 0)


@given(st.permutations(range(6)), st.lists(st.booleans(), min_size=6, max_size=6), st.sampled_from("abc"))
@settings(max_examples=40, deadline=None)
def test_order_direction_and_reference_do_not_matter(order, turned, reference) -> None:
    plain = network(contrasts(*PAIRS))
    study, first, second, y, v = ([column[i] for i in order] for column in PAIRS)
    ends = [(b, a) if turn else (a, b) for a, b, turn in zip(first, second, turned, strict=True)]
    signed = [-x if turn else x for x, turn in zip(y, turned, strict=True)]
    other = network(
        contrasts(study, [a for a, _ in ends], [b for _, b in ends], signed, v, reference=reference)
    )
    for one in "abc":
        for two in "abc":
            if one != two:
                a, b = plain.compared(one, two), other.compared(one, two)
                assert (a.estimate, a.se) == (
                    pytest.approx(b.estimate, abs=1e-7),
                    pytest.approx(b.se, rel=1e-6),
                )
    assert plain.tau2 == pytest.approx(other.tau2, abs=1e-8)


def test_every_effect_is_consistent_with_every_other() -> None:
    fit = network(diabetes())
    through = fit.effects[:, :, None] + fit.effects[None, :, :]
    np.testing.assert_allclose(through, np.broadcast_to(fit.effects[:, None, :], through.shape), atol=1e-12)
    np.testing.assert_allclose(fit.effects, -fit.effects.T)
    assert len(fit.league()) == 45


def test_splits_of_pairs_weigh_up_to_the_network() -> None:
    """Where no study has three arms and nothing differs, direct and indirect weigh up to the network's effect."""
    fit = network(contrasts(*PAIRS), method="EE")
    for split in splits(fit):
        w = np.array([split.direct_se**-2, split.indirect_se**-2])
        whole = fit.compared(split.first, split.second)
        assert float(w @ [split.direct, split.indirect] / w.sum()) == pytest.approx(whole.estimate)
        assert w.sum() == pytest.approx(whole.se**-2)


def test_a_loop_is_how_far_its_sides_are_from_adding_up() -> None:
    y, v = [0.4, 0.3, 1.0], [0.01, 0.02, 0.03]
    fit = network(contrasts(["x", "y", "z"], ["b", "c", "c"], ["a", "b", "a"], y, v), method="EE")
    (loop,) = loops(fit)
    assert abs(loop.gap) == pytest.approx(0.3)
    assert loop.se**2 == pytest.approx(0.06)
    assert decomposition(fit).between.q == pytest.approx((loop.gap / loop.se) ** 2)


def test_the_same_seed_ranks_the_same_and_scores_are_near_sucra() -> None:
    fit = network(diabetes())
    one, two = (ranking(fit, higher_is_better=False, seed=4) for _ in range(2))
    assert one == two
    assert ranking(fit, higher_is_better=False, seed=5) != one
    for rank in one.ranks:
        assert rank.sucra == pytest.approx(rank.p_score, abs=0.02)
        assert sum(rank.chances) == pytest.approx(1)
        assert rank.low <= rank.median <= rank.high
    turned = ranking(fit, higher_is_better=True, seed=4)
    assert turned.ranks[0].treatment == "placebo"


def test_nobody_is_called_the_best_where_ranks_overlap() -> None:
    found = ranking(network(diabetes()), higher_is_better=False)
    assert found.best is None
    assert "No intervention may be called the best: rosiglitazone ranks 1 to 4" in found.verdict
    assert "overlaps with no other" in found.rule


def test_a_clear_best_is_called_so() -> None:
    far = contrasts(["x", "y", "z"], ["b", "c", "c"], ["a", "a", "b"], [5.0, 1.0, -4.0], [0.01] * 3)
    found = ranking(network(far, method="EE"), higher_is_better=True)
    assert found.best == "b"
    assert "may be called the best of the 3" in found.verdict


def test_parts_of_a_network_are_named() -> None:
    with pytest.raises(BadInput) as refused:
        contrasts(["x", "y", "z"], ["b", "d", "e"], ["a", "c", "d"], [0.1] * 3, [0.1] * 3)
    assert "falls into 2 parts" in str(refused.value)
    assert "part 1: c, d, e (2 studies)" in str(refused.value)
    assert "part 2: a, b (1 studies)" in str(refused.value)
    parts = parts_of(["x", "y"], ["b", "d"], ["a", "c"])
    assert [part.studies for part in parts] == [("x",), ("y",)]


def three(y=(0.3, 0.5, 0.2), v=(0.02, 0.03, 0.04)) -> tuple:
    return ["x"] * 3, ["b", "c", "c"], ["a", "a", "b"], list(y), list(v)


@pytest.mark.parametrize(
    ("given_", "says"),
    [
        ((["x"], ["a"], ["a"], [0.1], [0.1]), "the same treatment twice"),
        ((["x"], ["a"], [""], [0.1], [0.1]), "a blank"),
        ((["x"], ["a"], ["b"], [0.1], [-0.1]), "a variance of -0.1"),
        ((["x"], ["a"], ["b"], [float("nan")], [0.1]), "no effect or no variance"),
        ((["x", "x"], ["a", "b"], ["b", "a"], [0.1, 0.2], [0.1, 0.1]), "given twice"),
        ((["x", "x"], ["b", "c"], ["a", "a"], [0.1, 0.2], [0.1, 0.1]), "all pairs of its 3 treatments"),
        (three(y=(0.3, 0.5, -0.2)), "0.2, by the study's other pairs"),
        (three(v=(0.02, 0.03, 0.4)), "cannot belong to one study"),
        ((["x"], ["a"], ["b"], [0.1], [0.1, 0.2]), "same length"),
        (([], [], [], [], []), "no comparisons"),
    ],
)
def test_comparisons_that_cannot_be_are_refused_with_their_study(given_, says) -> None:
    with pytest.raises(BadInput) as refused:
        contrasts(*given_)
    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("rows", "measure", "says"),
    [
        ([("x", "a", 3, 10)], "OR", "one arm"),
        ([("x", "a", 3, 10), ("x", "b", 12, 10)], "OR", "more events than people"),
        ([("x", "a", 3, 10), ("x", "b", float("nan"), 10)], "OR", "xi not given"),
        ([("x", "a", 3, 10), ("x", "b", 2, 10)], "SMD", "cannot be built of 'SMD'"),
        ([("x", "a", 3, 10), ("x", "b", 2, 10)], "MD", "column mi: not there"),
    ],
)
def test_arms_that_cannot_be_are_refused(rows, measure, says) -> None:
    columns = {"xi": [r[2] for r in rows], "ni": [r[3] for r in rows]}
    with pytest.raises(BadInput) as refused:
        arms([r[0] for r in rows], [r[1] for r in rows], measure, columns)
    assert says in str(refused.value)


def test_settings_that_cannot_be() -> None:
    made = contrasts(["x", "y"], ["b", "c"], ["a", "b"], [0.4, 0.2], [0.01, 0.02])
    with pytest.raises(BadInput, match="No comparison is repeated"):
        network(made)
    with pytest.raises(BadInput, match="not fitted by 'PM'"):
        network(made, method="PM")  # type: ignore[arg-type]
    with pytest.raises(BadInput, match="No study has 'z'"):
        network(made, method="EE").compared("a", "z")
    with pytest.raises(BadInput, match="No study has the treatment"):
        contrasts(["x"], ["b"], ["a"], [0.4], [0.01], reference="z")
    with pytest.raises(BadInput, match="too few"):
        ranking(network(made, method="EE"), higher_is_better=True, draws=10)
    triangle = contrasts(["x", "y", "z"], ["b", "c", "c"], ["a", "b", "a"], [0.4, 0.3, 1.0], [0.01] * 3)
    assert "loops alone" in network(triangle).notes[0]
