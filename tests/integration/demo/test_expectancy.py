"""The demo's second review holds the published numbers, taken by two people, and pools to the published result."""

from __future__ import annotations

import pytest

from wherewithal.analyse.reviews.appraisal.appraising import unanswered
from wherewithal.analyse.reviews.appraisal.reconciling import Where
from wherewithal.analyse.reviews.synthesis import pool
from wherewithal_web.analyse.reviews import queries
from wherewithal_web.cases.models import Case
from wherewithal_web.demo import expectancy
from wherewithal_web.demo.load import load_demo
from wherewithal_web.people.models import User

pytestmark = pytest.mark.django_db


def test_the_review_is_extracted_and_pools_as_published(settings) -> None:
    settings.DEMO = True
    load_demo()
    case = Case.objects.get(title=expectancy.TITLE)
    reader = User.objects.get(email="priya@northmoor.example")
    progress = queries.progress_of(case, reader)
    assert len(progress) == 19
    assert all(
        (each.answered, each.results, each.waiting, each.differ, each.doubts, each.missing)
        == (each.questions, 1, 0, 0, 0, ())
        for each in progress
    )
    rows = queries.extracted_rows(case, reader, "iq")
    pooled = pool([row.effect.value for row in rows], [row.effect.variance for row in rows], method="REML")
    # metafor::rma on the same table: 0.0837, standard error 0.0516, tau² 0.0188.
    assert (pooled.estimate, pooled.se, pooled.tau2) == (
        pytest.approx(0.0837, abs=5e-4),
        pytest.approx(0.0516, abs=5e-4),
        pytest.approx(0.0188, abs=5e-4),
    )
    claiborn = next(row for row in rows if row.label.startswith("Claiborn"))
    assert claiborn.how == "taken by two people and settled"
    assert queries.extraction_agreement(case).words == (
        "Two people took the same from the paper in 113 of 114 cases (99%)."
    )
    assert "made up" in case.question


def test_some_experiments_are_appraised_as_far_as_the_table_goes(settings) -> None:
    settings.DEMO = True
    load_demo()
    case = Case.objects.get(title=expectancy.TITLE)
    states = {state.row.study.name.split(" (")[0]: state for state in queries.states_of(case)}
    assert {name: state.stage.where for name, state in states.items()} == {
        "Maxwell": Where.HOLDS,
        "Claiborn": Where.HOLDS,
        "Fine": Where.WAITING,
    }
    alone = [said.appraisal for state in states.values() for said in state.said if not said.settles]
    assert len(alone) == 5
    assert not any(unanswered(appraisal) for appraisal in alone)


def test_the_steps_of_the_review_say_how_far_each_is(settings) -> None:
    settings.DEMO = True
    load_demo()
    case = Case.objects.get(title=expectancy.TITLE)
    steps = queries.steps_of(case, queries.counts_of(case), queries.counts_of(case, queries.FULL_TEXT))
    assert [(step.words, step.done) for step in steps] == [
        ("1 search, 19 records", True),
        ("not looked for yet", False),
        ("19 of 19 looked at, 19 kept", True),
        ("0 of 19 full texts decided about", False),
        ("19 of 19 studies with a result", True),
        ("2 of 19 studies appraised", False),
        ("1 outcome, on the thread", True),
        ("11 of 19 studies like us", True),
    ]
