from __future__ import annotations

import pytest

from wherewithal.analyse.reviews.screening.agreement import agreement_of, independent_pairs
from wherewithal.analyse.reviews.screening.decisions import Verdict
from wherewithal.analyse.reviews.screening.settling import Judgement

IN, OUT, UNSURE = Verdict.INCLUDE, Verdict.EXCLUDE, Verdict.UNSURE


def pair(first: Verdict, second: Verdict) -> list[Judgement]:
    return [Judgement(1, first), Judgement(2, second)]


def test_two_people_and_sixty_records() -> None:
    rows = [pair(IN, IN)] * 8 + [pair(OUT, OUT)] * 46 + [pair(IN, OUT)] * 4 + [pair(OUT, UNSURE)] * 2
    found = agreement_of(rows, seed=1)
    assert found is not None
    assert (found.records, found.same) == (60, 54)
    assert found.percent == pytest.approx(0.9)
    # By hand: chance is (12*8 + 48*50) / 3600 for kappa.
    assert found.kappa == pytest.approx((0.9 - 2496 / 3600) / (1 - 2496 / 3600))
    assert found.interval[0] < found.ac1 < found.interval[1]
    assert found.words.startswith("Two people agreed on 54 of 60 records (90%). Beyond what chance")
    assert "almost perfect" in found.words
    assert found.table == {(IN, IN): 8, (IN, OUT): 4, (OUT, OUT): 46, (OUT, UNSURE): 2}
    assert agreement_of(rows, seed=1) == found


def test_what_was_settled_and_what_came_after_takes_no_part() -> None:
    rows = [Judgement(1, IN), Judgement(2, OUT, "design"), Judgement(3, IN, settles=True), Judgement(2, IN)]
    assert independent_pairs(rows) == [(1, IN), (2, OUT)]


def test_a_few_records_say_nothing() -> None:
    found = agreement_of([pair(IN, IN)] * 3, seed=1)
    assert found is not None
    assert found.kappa is None
    assert found.words == (
        "Two people agreed on 3 of 3 records (100%). That is too few to say how well they agree."
    )
    assert agreement_of([[Judgement(1, IN)]], seed=1) is None


def test_more_than_two_people_have_no_kappa() -> None:
    found = agreement_of([pair(IN, IN), [Judgement(2, OUT), Judgement(3, OUT)]], seed=1)
    assert found is not None
    assert found.kappa is None
    assert found.same == 2
