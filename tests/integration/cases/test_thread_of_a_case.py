"""Findings, sentences and drift, through the actions."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from tests.integration.cases.findings import rating
from wherewithal.thread import Kind, Lane
from wherewithal_web.audit.models import Event
from wherewithal_web.cases import actions, queries
from wherewithal_web.cases.actions import finding as finding_actions
from wherewithal_web.cases.models import StoredFinding, Wording
from wherewithal_web.people.permissions import Refused

pytestmark = pytest.mark.django_db


def put(people, case, native="3+"):
    return actions.add_finding(by=people.colleague, case=case, finding=rating(native), shared=True)


def test_the_same_run_twice_is_one_row(people, case) -> None:
    assert put(people, case) == put(people, case)
    assert StoredFinding.objects.count() == 1


def test_a_newer_result_supersedes_and_the_older_row_stays_as_it_was(people, case) -> None:
    was = put(people, case)
    now = actions.refresh_finding(by=people.champion, finding=rating("mixed", on=date(2026, 6, 1)))
    assert now is not None
    assert now.supersedes == was
    was.refresh_from_db()
    assert was.finding == rating("3+")
    assert Event.objects.filter(case=case.slug, action="cases.refresh_finding").count() == 1


def test_two_who_add_at_the_same_moment_stand_one_after_the_other(people, case, monkeypatch) -> None:
    first = put(people, case, "3+")
    seen = iter([None])  # the second person looked before the first one's row was there
    look = finding_actions._newest
    monkeypatch.setattr(finding_actions, "_newest", lambda *about: next(seen, "again") and look(*about))
    second = put(people, case, "mixed")
    assert second.supersedes == first


def test_refreshing_what_nobody_rests_on_or_what_did_not_change_does_nothing(people, case) -> None:
    assert actions.refresh_finding(by=people.champion, finding=rating("4+")) is None
    put(people, case)
    assert actions.refresh_finding(by=people.champion, finding=rating("3+", on=date(2026, 6, 1))) is None


def test_drift_reaches_the_sentence_and_an_answer_quiets_it_until_the_next_change(people, case) -> None:
    sentence = actions.write_sentence(
        by=people.colleague,
        case=case,
        text="PATHS works.",
        section="what-works",
        rests_on=[put(people, case)],
    )
    assert not queries.lines_of(case)[0].drift
    actions.refresh_finding(by=people.champion, finding=rating("mixed", on=date(2026, 6, 1)))
    [drift] = queries.lines_of(case)[0].drift
    assert drift.change.words == "Foundations Guidebook: was 3+, now mixed."
    actions.answer_drift(
        by=people.commissioner, sentence=sentence, change=drift.change, reason="Still our best."
    )
    assert not queries.lines_of(case)[0].drift
    actions.refresh_finding(by=people.champion, finding=rating("NE", on=date(2026, 7, 1)))
    assert len(queries.lines_of(case)[0].drift) == 1


def test_rewording_onto_the_newer_finding_settles_it(people, case) -> None:
    was = put(people, case)
    sentence = actions.write_sentence(
        by=people.colleague, case=case, text="PATHS works.", section="what-works", rests_on=[was]
    )
    now = actions.refresh_finding(by=people.champion, finding=rating("mixed", on=date(2026, 6, 1)))
    [drift] = queries.lines_of(case)[0].drift
    actions.answer_drift(
        by=people.colleague,
        sentence=sentence,
        change=drift.change,
        new_text="PATHS has mixed results.",
        rests_on=[now],
    )
    line = queries.lines_of(case)[0]
    assert (line.wording.text, line.drift) == ("PATHS has mixed results.", ())
    assert [w.text for w in sentence.wordings.all()] == ["PATHS works.", "PATHS has mixed results."]


def test_an_answer_says_why(people, case) -> None:
    sentence = actions.write_sentence(
        by=people.colleague,
        case=case,
        text="PATHS works.",
        section="what-works",
        rests_on=[put(people, case)],
    )
    actions.refresh_finding(by=people.champion, finding=rating("mixed", on=date(2026, 6, 1)))
    [drift] = queries.lines_of(case)[0].drift
    with pytest.raises(ValueError, match="Say why"):
        actions.answer_drift(by=people.colleague, sentence=sentence, change=drift.change, reason="  ")


def test_a_withdrawn_source_shows_on_everything_that_rests_on_it(people, case) -> None:
    actions.write_sentence(
        by=people.colleague,
        case=case,
        text="PATHS works.",
        section="what-works",
        rests_on=[put(people, case)],
    )
    actions.record_source_event(
        by=people.champion,
        source_key="register:guidebook",
        kind=Kind.WITHDRAWN,
        on=date(2026, 6, 1),
        words="The page was taken down.",
    )
    [drift] = queries.lines_of(case)[0].drift
    assert drift.change.kind is Kind.WITHDRAWN


def test_an_expired_judgement_asks_for_another_look(people, case, settings) -> None:
    judged = actions.note_judgement(
        by=people.colleague,
        case=case,
        judgement="Hubs can host two groups.",
        judged_by="Jo",
        role="Hub manager",
        on=date(2026, 1, 1),
        look_again=date(2026, 3, 1),
    )
    actions.write_sentence(
        by=people.colleague, case=case, text="Hubs have room.", section="delivery", rests_on=[judged]
    )
    settings.WHEREWITHAL_TODAY = date(2026, 2, 28)
    assert not queries.lines_of(case)[0].drift
    settings.WHEREWITHAL_TODAY = date(2026, 3, 1)
    [drift] = queries.lines_of(case)[0].drift
    assert drift.change.kind is Kind.EXPIRED


def test_what_few_people_said_is_marked(people, case) -> None:
    stored = actions.note_families_voice(
        by=people.colleague,
        case=case,
        said="Evenings suit us.",
        who="parents in one hub",
        people=3,
        how="a listening session",
        on=date(2026, 1, 1),
    )
    assert stored.lane == Lane.VOICE
    assert "Only 3 people" in " ".join(stored.finding.cautions)


def test_a_case_keeps_its_own_findings_to_itself(people, case) -> None:
    other = actions.start_case(by=people.outsider, title="Another case")
    mine = actions.note_judgement(
        by=people.colleague, case=case, judgement="It fits.", judged_by="Jo", role="", on=date(2026, 1, 1)
    )
    with pytest.raises(ValueError, match="its own case"):
        actions.write_sentence(
            by=people.outsider, case=other, text="It fits.", section="delivery", rests_on=[mine]
        )


def test_sentences_move_within_their_section_and_out_of_the_case(people, case) -> None:
    one, two, three = (
        actions.write_sentence(by=people.colleague, case=case, text=text, section="families")
        for text in ("One.", "Two.", "Three.")
    )
    actions.move_sentence(by=people.colleague, sentence=three, earlier=True)
    actions.move_sentence(by=people.colleague, sentence=one, earlier=True)
    actions.remove_sentence(by=people.colleague, sentence=two)
    assert [line.wording.text for line in queries.lines_of(case)] == ["One.", "Three."]
    assert Wording.objects.filter(sentence=two).count() == 2


def test_a_viewer_changes_nothing_and_is_told_why(people, case) -> None:
    with pytest.raises(Refused, match="You are viewer on this case"):
        actions.write_sentence(by=people.viewer, case=case, text="No.", section="families")
    with pytest.raises(Refused, match="not shared with you"):
        put(type(people)(**{**vars(people), "colleague": people.outsider}), case)


def test_what_is_written_once_cannot_be_changed_even_past_the_models(people, case) -> None:
    stored = put(people, case)
    with pytest.raises(TypeError, match="only ever added to"):
        stored.save()
    with pytest.raises(TypeError, match="only ever added to"):
        stored.delete()
    with pytest.raises(TypeError, match="only ever added to"):
        StoredFinding.objects.update(title="x")
    for table in ("cases_storedfinding", "audit_event", "cases_wording"):
        if table == "cases_wording":
            actions.write_sentence(by=people.colleague, case=case, text="One.", section="families")
        with (
            pytest.raises(DatabaseError, match="only ever added to"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"UPDATE {table} SET id = id")


def test_every_change_has_a_name_and_a_time(people, case) -> None:
    before = Event.objects.filter(case=case.slug).count()
    sentence = actions.write_sentence(by=people.colleague, case=case, text="One.", section="families")
    actions.reword_sentence(by=people.commissioner, sentence=sentence, text="Two.")
    actions.remove_sentence(by=people.commissioner, sentence=sentence)
    events = list(Event.objects.filter(case=case.slug).order_by("pk"))[before:]
    assert [(e.actor_name, e.action) for e in events] == [
        ("Col League", "cases.write_sentence"),
        ("Cora Commissioner", "cases.reword_sentence"),
        ("Cora Commissioner", "cases.remove_sentence"),
    ]
