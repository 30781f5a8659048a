"""Mantel and Haenszel, and Peto: metafor's results on the BCG and beta-blocker trials, and bad tables."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.unit.analyse.reviews.synthesis import reference as ref
from wherewithal.analyse.reviews.synthesis.counts import PooledTables, mantel_haenszel, peto
from wherewithal.errors import BadInput


def against(ours: PooledTables, theirs: dict) -> dict[str, float]:
    pairs = {
        "b": (ours.estimate, theirs["beta"]),
        "se": (ours.se, theirs["se"]),
        "z": (ours.statistic, theirs["zval"]),
        "p": (ours.p, theirs["pval"]),
        "low": (ours.ci.low, theirs["ci.lb"]),
        "high": (ours.ci.high, theirs["ci.ub"]),
        "q": (ours.q.statistic, theirs["QE"]),
        "q_p": (ours.q.p, theirs["QEp"]),
    }
    for key, test in (("MH", ours.association), ("BD", ours.breslow_day), ("TA", ours.tarone)):
        if key in theirs:
            assert test is not None
            pairs |= {key: (test.statistic, theirs[key]), f"{key}p": (test.p, theirs[f"{key}p"])}
    return ref.compared(pairs)


@pytest.mark.shared
@pytest.mark.parametrize(("measure", "figures"), [("OR", 14), ("RR", 8), ("RD", 8)])
def test_mantel_haenszel_agrees_with_metafor(shared: Path, measure, figures: int) -> None:
    table = ref.table(shared, "dat.bcg")
    ours = mantel_haenszel(*(ref.column(table[c]) for c in ("tpos", "tneg", "cpos", "cneg")), measure=measure)
    found = against(ours, ref.read(shared)[f"mh_{measure.lower()}_bcg"])
    assert len(found) == figures
    assert max(found.values()) < ref.AGREES


@pytest.mark.shared
def test_peto_agrees_with_metafor(shared: Path) -> None:
    table = ref.table(shared, "dat.yusuf1985")
    a, n1, c, n2 = (ref.column(table[name]) for name in ("ai", "n1i", "ci", "n2i"))
    one = np.array([number == "6" for number in table["table"]]) & np.isfinite(a)
    ours = peto(a[one], (n1 - a)[one], c[one], (n2 - c)[one])
    assert max(against(ours, ref.read(shared)["peto_yusuf"]).values()) < ref.AGREES
    assert (ours.k, ours.silent, ours.q.df) == (21, 3, 17)


A, B, C, D = [4.0, 6, 0], [20.0, 30, 25], [8.0, 9, 0], [22.0, 24, 26]


@pytest.mark.parametrize("measure", ["OR", "RR", "RD"])
def test_swapping_the_groups_turns_the_sign(measure) -> None:
    here, there = mantel_haenszel(A, B, C, D, measure=measure), mantel_haenszel(C, D, A, B, measure=measure)
    assert here.estimate == pytest.approx(-there.estimate)
    assert here.se == pytest.approx(there.se)
    assert peto(A, B, C, D).estimate == pytest.approx(-peto(C, D, A, B).estimate)


def test_studies_without_an_event_are_said_to_be_silent() -> None:
    ours = mantel_haenszel(A, B, C, D)
    without = mantel_haenszel(A[:2], B[:2], C[:2], D[:2])
    assert ours.estimate == pytest.approx(without.estimate)
    assert ours.notes[0].endswith("say nothing of a ratio: 1.")
    assert ours.breslow_day.df == 1


def test_an_odds_ratio_of_one() -> None:
    ours = mantel_haenszel([5, 5], [10, 10], [5, 5], [10, 10])
    assert ours.estimate == pytest.approx(0)
    assert ours.breslow_day.statistic == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        (([1, -1], [2, 2], [1, 1], [3, 3]), "study 2"),
        (([1, 0], [2, 0], [1, 1], [3, 3]), "a group of nobody"),
        (([1], [2], [1], [3]), "one study"),
        (([1, 1], [2], [1], [3]), "same length"),
        (([0, 0], [2, 2], [0, 0], [3, 3]), "nothing to pool"),
    ],
)
@pytest.mark.parametrize("pooling", [mantel_haenszel, peto])
def test_tables_that_cannot_be_pooled_are_refused(pooling, cells, says) -> None:
    with pytest.raises(BadInput) as refused:
        pooling(*cells)
    assert says in str(refused.value)


def test_a_measure_that_is_not_pooled_this_way() -> None:
    with pytest.raises(BadInput, match="OR, RR or RD"):
        mantel_haenszel(A, B, C, D, measure="SMD")  # type: ignore[arg-type]
