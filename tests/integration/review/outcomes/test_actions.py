"""The verdict, and what was learned, on the thread."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from tests.integration.review.outcomes.conftest import decide
from tests.integration.review.outcomes.readings import put, put_both
from wherewithal.do.delivery import ReadingKind
from wherewithal.errors import NothingThere
from wherewithal.review.outcomes import BEFORE_AND_AFTER, Direction, VerdictKind
from wherewithal_web.audit.models import Event
from wherewithal_web.cases import queries as cases
from wherewithal_web.cases.actions import write_sentence
from wherewithal_web.people.permissions import Refused
from wherewithal_web.review.outcomes import actions, queries
from wherewithal_web.review.outcomes.models import Verdict

pytestmark = pytest.mark.django_db
ON, AGAIN = date(2025, 10, 5), date(2026, 10, 5)


def verdict(by, case, **changes) -> Verdict:
    said = {"verdict": VerdictKind.ADAPT, "reason": "Evenings.", "on": ON, "next_review_on": AGAIN}
    return actions.record_verdict(by=by, case=case, **(said | changes))


def test_before_and_after_are_read_from_the_thread(people, case) -> None:
    put(people.colleague, case, ReadingKind.BASELINE, 60, 70)
    (alone,) = queries.pairs_of(case)
    assert alone.comparison is None
    put_both(people.colleague, case)
    (pair,) = queries.pairs_of(case)
    assert pair.baseline.count == 56
    assert pair.comparison.direction is Direction.BETTER
    assert pair.href.endswith("/delivery/#measure-conduct")


def test_what_was_learned_becomes_local_evidence(people, case) -> None:
    put_both(people.colleague, case)
    stored = actions.add_comparison(by=people.colleague, case=case, measure="conduct")
    assert stored.lane == "local data"
    assert stored.finding.cautions[0] == BEFORE_AND_AFTER
    assert queries.pairs_of(case)[0].learned == stored
    assert actions.add_comparison(by=people.colleague, case=case, measure="conduct") == stored


def test_a_corrected_reading_shows_under_what_was_learned(people, case) -> None:
    put_both(people.colleague, case)
    stored = actions.add_comparison(by=people.colleague, case=case, measure="conduct")
    write_sentence(by=people.colleague, case=case, text="It helped.", section="review", rests_on=[stored])
    put(people.colleague, case, ReadingKind.RESULT, 60, 80)
    (line,) = cases.lines_of(case)
    assert any("Counted: was 48, now 60" in each.change.words for each in line.drift)
    assert queries.pairs_of(case)[0].learned is None


def test_there_is_nothing_to_compare_without_a_result(people, case) -> None:
    put(people.colleague, case, ReadingKind.BASELINE, 56, 70)
    with pytest.raises(NothingThere, match="no baseline with a result"):
        actions.add_comparison(by=people.colleague, case=case, measure="conduct")


def test_a_verdict_is_kept_with_what_it_rested_on(people, case, decision) -> None:
    put_both(people.colleague, case)
    made = verdict(people.commissioner, case)
    assert made.decision == decision
    (shown,) = queries.verdicts_of(case)
    assert [row.subject for row in shown.findings] == [f"outcomes:{case.slug}:conduct"]
    event = Event.objects.get(action="outcomes.record_verdict")
    assert event.summary == "recorded what the review came to: adapt, to be reviewed again on 5 October 2026"
    put(people.colleague, case, ReadingKind.RESULT, 10, 80)
    assert [row.finding.value for row in queries.verdicts_of(case)[0].findings] == [pytest.approx(-20)]


def test_a_verdict_fills_the_stage_and_moves_the_review_on(people, case, decision) -> None:
    assert queries.review_of(case).due == date(2025, 10, 1)
    assert queries.review_of(case).is_overdue(date(2025, 10, 2))
    assert not queries.review_of(case).is_overdue(date(2025, 10, 1))
    verdict(people.commissioner, case)
    assert queries.review_of(case).due == AGAIN
    assert "verdict" in cases.present_needs(case, cases.lines_of(case))
    verdict(people.commissioner, case, verdict=VerdictKind.STOP, next_review_on=None)
    assert queries.review_of(case).due is None


def test_a_new_decision_waits_for_a_review_of_its_own(people, case, decision) -> None:
    verdict(people.commissioner, case)
    decide(people, case, "EPEC", date(2025, 11, 1), date(2026, 11, 1))
    review = queries.review_of(case)
    assert (review.verdict, review.due) == (None, date(2026, 11, 1))
    assert "verdict" not in cases.present_needs(case, cases.lines_of(case))


def test_a_case_entered_at_review_needs_no_decision_for_a_verdict(people, case) -> None:
    made = verdict(people.commissioner, case)
    assert made.decision is None
    assert made.rests_on == []


@pytest.mark.parametrize(
    "wrong", [{"next_review_on": None}, {"next_review_on": ON}, {"next_review_on": date(2020, 1, 1)}]
)
def test_what_goes_on_is_reviewed_again_and_later(people, case, wrong) -> None:
    with pytest.raises(ValueError, match="next review"):
        verdict(people.commissioner, case, **wrong)
    assert not Verdict.objects.exists()


@pytest.mark.parametrize("who", ["colleague", "viewer", "approver", "outsider", "parent", "admin"])
def test_only_who_proposes_may_record_a_verdict(people, case, who) -> None:
    with pytest.raises(Refused):
        verdict(getattr(people, who), case)
    assert not Verdict.objects.exists()


@pytest.mark.parametrize("who", ["viewer", "approver", "outsider", "parent"])
def test_only_who_contributes_may_add_what_was_learned(people, case, who) -> None:
    put_both(people.colleague, case)
    with pytest.raises(Refused):
        actions.add_comparison(by=getattr(people, who), case=case, measure="conduct")


def test_the_database_itself_refuses_to_change_a_verdict(people, case) -> None:
    verdict(people.commissioner, case)
    with (
        pytest.raises(DatabaseError, match="only ever added to"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE outcomes_verdict SET reason = ''")
