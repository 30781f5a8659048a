"""Fail-safe N by metafor 3.8-1's own three ways, on the BCG and the passive smoking studies, with its caution."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.unit.analyse.reviews.synthesis import reference as ref
from wherewithal.analyse.reviews.synthesis.fail_safe import orwin, rosenberg, rosenthal
from wherewithal.analyse.reviews.synthesis.pooling import pool
from wherewithal.errors import BadInput


@pytest.mark.shared
def test_numbers_are_metafors(shared: Path) -> None:
    """fsn() of metafor 3.8-1; passive smoking's target is an odds ratio of 1.05."""
    kept = ref.read(shared)
    bcg, smoke = ref.effects(kept, "bcg_RR"), ref.effects(kept, "hackshaw1998_yivi")
    assert [rosenthal(*bcg).number, rosenthal(*smoke).number] == [598, 393]
    assert [rosenberg(*bcg).number, rosenberg(*bcg, alpha=0.01).number, rosenberg(*smoke).number] == [
        370,
        209,
        202,
    ]
    assert [orwin(*bcg).number, orwin(*bcg, target=-0.1).number] == [13, 84]
    assert orwin(*smoke, target=float(np.log(1.05))).number == 187


@pytest.mark.shared
def test_the_shared_entries_of_that_name_are_of_another_kind(shared: Path) -> None:
    """Made by metafor 5's fsn() of a fitted model: its p is the pooled effect's, which Rosenthal does not use."""
    kept = ref.read(shared)
    for name, results in kept["uni"].items():
        if "fsn_rosenthal" in results and "error" not in results["fsn_rosenthal"]:
            pooled = pool(*ref.effects(kept, name))
            assert ref.apart(pooled.p, results["fsn_rosenthal"]["pval"]) < 1e-4 or name == "bcg_RD"


def test_the_definition_holds() -> None:
    """With as many studies of no effect, Stouffer's p is no longer below 0.05; with two fewer it is."""
    y, v = np.array([0.5, 0.4, 0.6, 0.3]), np.array([0.02, 0.03, 0.02, 0.04])
    z = float(np.sum(y / np.sqrt(v)))
    number = rosenthal(y, v).number
    assert z / np.sqrt(4 + number) <= 1.6449 < z / np.sqrt(4 + number - 2)
    assert "not advised" in rosenthal(y, v).caution


def test_answers_that_are_not_clear_need_no_study_to_overturn() -> None:
    assert rosenthal([0.1, -0.1], [0.1, 0.1]).number == 0
    assert rosenberg([0.1, -0.1], [0.1, 0.1]).number == 0


@pytest.mark.parametrize("target", [0.0, -0.1, 0.9])
def test_a_target_that_no_effect_cannot_reach_is_refused(target: float) -> None:
    with pytest.raises(BadInput, match="cannot bring the average there"):
        orwin([0.5, 0.4], [0.1, 0.1], target=target)
    with pytest.raises(BadInput, match="alpha"):
        rosenthal([0.5, 0.4], [0.1, 0.1], alpha=0.7)
