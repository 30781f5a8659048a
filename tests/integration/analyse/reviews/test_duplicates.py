"""Duplicates: what the machine finds, what people rule, and what follows for screening and every count."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from tests.integration.analyse.reviews.conftest import FIRST, SECOND, TRIAL, ris
from wherewithal.analyse.reviews.screening.decisions import Verdict
from wherewithal.errors import BadInput
from wherewithal_web.analyse.reviews import actions, queries
from wherewithal_web.analyse.reviews.duplicates.asking import LOOK
from wherewithal_web.analyse.reviews.groups import work_out_groups
from wherewithal_web.analyse.reviews.learning.again import learn_again
from wherewithal_web.analyse.reviews.models import (
    Copy,
    Doubt,
    DuplicateSearch,
    Match,
    RankingOrder,
    Record,
    Ruling,
    ScreeningDecision,
    Standing,
    Work,
)
from wherewithal_web.audit.models import Event
from wherewithal_web.jobs.leases import claim
from wherewithal_web.jobs.models import Run, State

pytestmark = pytest.mark.django_db


def decide(by, record: Record, verdict: str, reason: str = "", **more) -> ScreeningDecision:
    return actions.record_decision(by=by, record=record, verdict=Verdict(verdict), reason=reason, **more)


def groups(case) -> dict[int, int]:
    return queries.copies_of(case)


def test_what_is_surely_the_same_is_merged_and_says_why(case, six) -> None:
    assert groups(case) == {six[3].pk: six[0].pk}
    why = queries.reasons_of(six[0])
    assert "the same DOI" in next(iter(why.values())).words
    work = queries.work_of(six[0])
    assert (work.size, work.by_person) == (2, False)
    assert work.merged.abstract.startswith("Parents met weekly")
    assert work.merged.doi.lower() == "10.5555/made.1"
    assert queries.removed_of(case) == queries.Removed(1, 0)


def test_what_is_in_doubt_waits_for_a_person(case, six) -> None:
    doubt = queries.next_doubt(case)
    assert {doubt.match.one, doubt.match.other} == {six[2], six[5]}
    assert "the same title" in doubt.match.speaks_for
    assert any("DOI" in words for words in doubt.match.speaks_against)


def test_only_works_are_screened_and_counted(people, case, six) -> None:
    assert list(queries.pile_of(case)) == [row for row in six if row != six[3]]
    assert queries.counts_of(case).found == 5
    seen = []
    while (record := actions.reserve_next(by=people.colleague, case=case)) is not None:
        seen.append(record.pk)
        decide(people.colleague, record, "include")
    assert sorted(seen) == [row.pk for row in six if row != six[3]]
    flow = queries.flow_now(case)
    assert (flow.total, flow.duplicates, flow.by_machine, flow.to_screen) == (6, 1, 1, 5)
    first, second = queries.searches_of(case)
    assert (first.duplicates, first.to_look_at) == (0, 0)
    assert (second.duplicates, second.to_look_at) == (1, 0)
    finding = queries.screening_now(case)
    assert finding.statement.startswith("5 records from 2 searches (without 1 duplicate) looked through")
    assert queries.counts_of(case, queries.FULL_TEXT).found == 5


def test_a_person_settles_a_doubt(people, case, six) -> None:
    made = actions.rule_on_pair(by=people.colleague, one=six[2], other=six[5], kind=Ruling.SAME)
    assert groups(case) == {six[3].pk: six[0].pk, six[5].pk: six[2].pk}
    assert queries.removed_of(case) == queries.Removed(1, 1)
    assert not Doubt.objects.exists()
    assert made.match.kind == Match.DOUBT
    event = Event.objects.filter(action="reviews.rule_on_duplicates").get()
    assert event.actor_name == "Col League"
    assert "are the same work" in event.summary


def test_two_works_stay_two_whatever_the_machine_finds_later(people, case, six, bring) -> None:
    actions.take_out_of_group(by=people.colleague, record=six[3], why="Another trial under the same name.")
    actions.rule_on_pair(by=people.colleague, one=six[2], other=six[5], kind=Ruling.DIFFERENT)
    assert groups(case) == {}
    actions.look_for_duplicates(by=people.commissioner, case=case)
    bring()
    assert DuplicateSearch.objects.count() == 2
    assert groups(case) == {}
    assert not Doubt.objects.exists()
    bring(ris({"TI": TRIAL, "DO": "10.5555/made.1", "VL": "4", "SP": "10", "N1": "third"}))
    assert queries.copies_of(case)  # the newcomer goes to one of the two, and does not bring them together
    assert len({*groups(case)} & {six[0].pk, six[3].pk}) <= 1
    assert len({queries.stands_for(record).pk for record in (six[0], six[3])}) == 2


def test_not_sure_yet_puts_a_pair_last_and_keeps_it(people, case, six) -> None:
    actions.rule_on_pair(by=people.colleague, one=six[2], other=six[5], kind=Ruling.UNSURE)
    assert queries.waiting_of(case) == queries.Waiting(0, 1)
    assert groups(case) == {six[3].pk: six[0].pk}
    assert queries.next_doubt(case).put_off
    assert queries.next_doubt(case, after=queries.next_doubt(case)) is None


def test_the_same_verdict_on_two_copies_holds(people, case, bring) -> None:
    rows = bring(FIRST, SECOND, look=False)
    decide(people.colleague, rows[0], "exclude", "design")
    decide(people.colleague, rows[3], "exclude", "population")
    bring()
    stands = queries.standing(rows[0])
    assert (stands.outcome, stands.reason) == ("exclude", "population")
    assert queries.standing(rows[3]) is None
    assert queries.counts_of(case).left_out == 1


def test_different_verdicts_on_two_copies_wait_to_be_settled(people, case, bring) -> None:
    rows = bring(FIRST, SECOND, look=False)
    decide(people.colleague, rows[0], "include")
    decide(people.colleague, rows[3], "exclude", "design")
    bring()
    assert queries.standing(rows[0]).outcome == "conflict"
    (difference,) = queries.differences_of(case)
    assert difference.record == rows[0]
    assert {each.record_id for each in difference.decisions} == {rows[0].pk, rows[3].pk}
    with pytest.raises(BadInput, match="Settle it"):
        decide(people.colleague, rows[0], "include")
    actions.settle(by=people.commissioner, record=rows[0], verdict=Verdict.INCLUDE, note="Read it again.")
    assert queries.standing(rows[0]).outcome == "include"
    assert ScreeningDecision.objects.count() == 3


def test_a_record_taken_out_comes_back_with_what_was_decided_about_it(people, case, bring) -> None:
    rows = bring(FIRST, SECOND, look=False)
    decide(people.colleague, rows[3], "exclude", "design")
    bring()
    assert queries.standing(rows[0]).outcome == "exclude"
    actions.take_out_of_group(by=people.colleague, record=rows[3], why="Another sample.")
    assert queries.standing(rows[0]) is None
    assert queries.standing(rows[3]).outcome == "exclude"
    assert queries.counts_of(case).found == 6


def test_a_record_taken_out_that_nobody_read_comes_back_to_the_pile(people, case, six) -> None:
    decide(people.colleague, six[0], "include")
    assert queries.counts_of(case).to_look_at == 4
    actions.take_out_of_group(by=people.colleague, record=six[3], why="Another sample.")
    assert queries.counts_of(case).to_look_at == 5
    assert queries.standing(six[0]).outcome == "include"
    assert six[3] in queries.records_of(case, "to-look-at")


def test_a_decision_for_the_group_outlasts_what_was_settled_by_it(people, case, bring) -> None:
    rows = bring(FIRST, SECOND, look=False)
    decide(people.colleague, rows[0], "include")
    decide(people.commissioner, rows[3], "exclude", "design")
    bring()
    actions.settle(
        by=people.commissioner, record=rows[0], verdict=Verdict.EXCLUDE, reason="design", note="Agreed."
    )
    work_out_groups(case)
    from wherewithal_web.analyse.reviews.standings import work_out_all

    before = list(Standing.objects.values_list("record", "outcome", "holding"))
    work_out_all(case)
    assert list(Standing.objects.values_list("record", "outcome", "holding")) == before
    assert queries.standing(rows[0]).outcome == "exclude"


def test_a_page_that_was_open_while_the_record_became_a_copy_loses_nothing(people, case, bring) -> None:
    rows = bring(FIRST, SECOND, look=False)
    decide(people.colleague, rows[0], "include")
    bring()
    decide(people.commissioner, rows[3], "exclude", "design", seen=0)
    assert queries.standing(rows[0]).outcome == "conflict"
    assert queries.standing(rows[3]) is None


def test_a_whole_group_is_taken_apart_and_joined_again(people, case, bring) -> None:
    rows = bring(ris(*({"TI": TRIAL, "DO": "10.5555/made.1", "N1": str(n)} for n in range(4))))
    assert len(groups(case)) == 3
    actions.take_group_apart(by=people.colleague, record=rows[2], why="Four sites reported alone.")
    assert groups(case) == {}
    assert not Work.objects.exists()
    actions.rule_on_pair(by=people.colleague, one=rows[0], other=rows[1], kind=Ruling.SAME)
    assert groups(case) == {rows[1].pk: rows[0].pk}
    assert [str(row) for row in queries.rulings_on(rows[0])] == ["the same work", "group taken apart"]


def test_bad_rulings_change_nothing(people, case, six) -> None:
    with pytest.raises(BadInput, match="in a few words"):
        actions.take_out_of_group(by=people.colleague, record=six[3], why="  ")
    with pytest.raises(BadInput, match="in no group"):
        actions.take_out_of_group(by=people.colleague, record=six[1], why="Because.")
    with pytest.raises(BadInput, match="in no group"):
        actions.take_group_apart(by=people.colleague, record=six[1], why="Because.")
    with pytest.raises(BadInput, match="by now the same work"):
        actions.rule_on_pair(by=people.colleague, one=six[0], other=six[3], kind=Ruling.DIFFERENT)
    with pytest.raises(BadInput, match="two records"):
        actions.rule_on_pair(by=people.colleague, one=six[0], other=six[0], kind=Ruling.SAME)
    with pytest.raises(BadInput, match="Choose one"):
        actions.rule_on_pair(by=people.colleague, one=six[0], other=six[1], kind="perhaps")
    for by in (people.viewer, people.outsider):
        with pytest.raises(PermissionDenied):
            actions.rule_on_pair(by=by, one=six[0], other=six[1], kind=Ruling.SAME)
    assert not Ruling.objects.exists()


def test_the_second_of_two_who_rule_on_a_pair_is_told(people, case, six) -> None:
    first = actions.rule_on_pair(
        by=people.colleague, one=six[2], other=six[5], kind=Ruling.SAME, token="a" * 32
    )
    again = actions.rule_on_pair(
        by=people.colleague, one=six[2], other=six[5], kind=Ruling.SAME, token="a" * 32
    )
    assert again == first
    with pytest.raises(BadInput, match="Col League has said meanwhile"):
        actions.rule_on_pair(by=people.commissioner, one=six[2], other=six[5], kind=Ruling.DIFFERENT)
    assert Ruling.objects.count() == 1


def test_a_search_that_arrives_during_a_look_is_looked_through_next(
    people, case, bring, django_capture_on_commit_callbacks
) -> None:
    bring(FIRST, look=False)
    run = claim("slow")
    assert run.kind == LOOK
    from wherewithal_web.analyse.reviews.duplicates.looking import look

    finish = look(lambda *_: None, **run.arguments)
    bring(SECOND, look=False)
    assert Run.objects.filter(kind=LOOK).count() == 1
    with django_capture_on_commit_callbacks(execute=True), run.writing():
        run.end(State.DONE, result=finish())
    assert Run.objects.filter(kind=LOOK, state=State.WAITING).count() == 1
    rows = bring()
    assert groups(case) == {rows[3].pk: rows[0].pk}


def test_a_ruling_during_a_look_holds_over_what_it_finds(people, case, bring) -> None:
    rows = bring(FIRST, SECOND)
    actions.look_for_duplicates(by=people.commissioner, case=case)
    run = claim("slow")
    from wherewithal_web.analyse.reviews.duplicates.looking import look

    finish = look(lambda *_: None, **run.arguments)
    actions.take_out_of_group(by=people.colleague, record=rows[3], why="Another sample.")
    with run.writing():
        run.end(State.DONE, result=finish())
    assert groups(case) == {}


def test_what_is_one_work_is_put_together_before_the_case_is_held(people, case, bring, monkeypatch) -> None:
    """Merging takes longer than storing, and while a look stores, nobody's decision can be kept."""
    rows = bring(FIRST, SECOND, look=False)
    run = claim("slow")
    from wherewithal_web.analyse.reviews.duplicates.looking import look

    finish = look(lambda *_: None, **run.arguments)
    monkeypatch.setattr("wherewithal_web.analyse.reviews.groups.best_of", lambda bodies: pytest.fail("late"))
    with run.writing():
        run.end(State.DONE, result=finish())
    assert groups(case) == {rows[3].pk: rows[0].pk}
    assert Work.objects.get().body["title"] == TRIAL


def test_a_killed_look_is_taken_over_and_nothing_is_there_twice(case, bring) -> None:
    rows = bring(FIRST, SECOND, look=False)
    assert claim("killed").kind == LOOK
    assert not DuplicateSearch.objects.exists()
    Run.objects.filter(kind=LOOK).update(lease_until=timezone.now() - timedelta(seconds=1))
    bring()
    assert DuplicateSearch.objects.count() == 1
    assert groups(case) == {rows[3].pk: rows[0].pk}


def test_five_thousand_copies_are_one_work(people, case, bring) -> None:
    rows = bring(ris(*[{"TI": TRIAL, "DO": "10.5555/made.1"}] * 5_000))
    assert queries.counts_of(case).found == 1
    assert Work.objects.get().size == 5_000
    decide(people.colleague, rows[0], "include")
    actions.take_out_of_group(by=people.colleague, record=rows[77], why="To see.")
    assert queries.counts_of(case).found == 2
    actions.take_group_apart(by=people.colleague, record=rows[0], why="To see.")
    assert queries.counts_of(case).found == 5_000
    actions.look_for_duplicates(by=people.commissioner, case=case)
    bring()
    assert queries.counts_of(case).found == 5_000


def test_the_groups_can_be_worked_out_again(people, case, six) -> None:
    actions.rule_on_pair(by=people.colleague, one=six[2], other=six[5], kind=Ruling.SAME)
    before = list(Copy.objects.order_by("record").values_list("record", "of", "by_person"))
    Copy.objects.all().delete()
    Work.objects.all().delete()
    work_out_groups(case)
    assert list(Copy.objects.order_by("record").values_list("record", "of", "by_person")) == before
    assert Work.objects.count() == 2


def test_the_order_of_reading_knows_works_and_can_be_learnt_again(people, case, bring, learn) -> None:
    rows = bring(FIRST, SECOND)
    decide(people.colleague, rows[0], "include")
    learn()
    assert sorted(RankingOrder.objects.get().numbers) == [rows[n].pk for n in (1, 2, 4, 5)]
    old = case.rankings.first()
    actions.rule_on_pair(by=people.colleague, one=rows[2], other=rows[5], kind=Ruling.SAME)
    learn()
    assert sorted(RankingOrder.objects.get().numbers) == [rows[n].pk for n in (1, 2, 4)]
    assert learn_again(old).sha256 == old.order_sha256
    assert learn_again(case.rankings.first()).sha256 == case.rankings.first().order_sha256


def test_a_random_check_counts_a_copy_once(people, case, bring) -> None:
    rows = bring(FIRST, SECOND, look=False)
    decide(people.colleague, rows[1], "include")
    actions.begin_check(by=people.colleague, case=case)
    assert queries.check_of(case).audit.unread == 5
    bring()
    assert queries.check_of(case).audit.unread == 4
    while (record := actions.reserve_next(by=people.colleague, case=case)) is not None:
        assert record != rows[3]
        decide(people.colleague, record, "exclude", "design")
    audit = queries.check_of(case).audit
    assert (audit.drawn, audit.found) == (4, 0)


def test_what_belongs_together_is_linked_and_not_merged(case, bring) -> None:
    abstract = "Parents met weekly for ten weeks in four family hubs, and were asked again after a year. " * 3
    rows = bring(
        ris({"TI": TRIAL, "DO": "10.5555/made.1", "AB": abstract}),
        ris({"TI": TRIAL, "DO": "10.31234/osf.io/made1", "JF": "PsyArXiv", "PY": "2005", "AB": abstract}),
    )
    assert groups(case) == {}
    (related,) = queries.related_to(rows[0])
    assert (related.kind, related.record) == ("versions", rows[1])
    assert "preprint" in related.words


def test_a_study_on_the_thread_stays_one_finding(people, case, bring) -> None:
    rows = bring(ris({"TI": TRIAL, "VL": "4", "SP": "10"}), SECOND, look=False)
    decide(people.colleague, rows[1], "include")
    stored = actions.add_record_to_thread(by=people.colleague, record=rows[1])
    bring()
    assert groups(case) == {rows[1].pk: rows[0].pk}
    assert queries.work_on_thread(rows[0]) == stored
    assert queries.on_thread_among(case, [rows[0], rows[2]]) == {rows[0].pk}
    decide(people.commissioner, rows[0], "exclude", "design")
    assert queries.work_on_thread(rows[0]).subject == stored.subject
    assert "No longer kept" in queries.work_on_thread(rows[0]).finding.cautions[0]
