from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from wherewithal.errors import BadInput
from wherewithal_web.analyse.reviews import actions, queries
from wherewithal_web.analyse.reviews.models import Study, StudyReport
from wherewithal_web.audit.models import Event
from wherewithal_web.people.permissions import Refused

pytestmark = pytest.mark.django_db


def test_what_was_kept_becomes_studies_once(people, case, rows, decide) -> None:
    with pytest.raises(BadInput, match="Nothing has been kept"):
        actions.make_studies(by=people.commissioner, case=case)
    decide(rows[0], "include")
    decide(rows[1], "include")
    decide(rows[2], "exclude", "outcome")
    made = actions.make_studies(by=people.commissioner, case=case)
    assert [(study.number, study.name) for study in made] == [(1, "Example (2006)"), (2, "Second made study")]
    assert actions.make_studies(by=people.colleague, case=case) == []
    decide(rows[3], "include")
    assert [study.number for study in actions.make_studies(by=people.colleague, case=case)] == [3]
    assert [study.number for study in queries.studies_of(case)] == [1, 2, 3]
    event = Event.objects.filter(action="reviews.make_studies").last()
    assert event.summary == "made 2 studies of what was kept"


def test_where_full_texts_are_read_only_what_was_kept_there_counts(people, case, rows, decide) -> None:
    from wherewithal.analyse.reviews.screening.decisions import Verdict

    decide(rows[0], "include")
    decide(rows[1], "include")
    actions.record_decision(
        by=people.commissioner, record=rows[1], verdict=Verdict.INCLUDE, stage=queries.FULL_TEXT
    )
    assert [row.pk for row in queries.kept_for_extraction(case)] == [rows[1].pk]
    assert [study.name for study in actions.make_studies(by=people.commissioner, case=case)] == [
        "Second made study"
    ]


@pytest.fixture
def studies(people, case, rows, decide) -> list[Study]:
    for row in rows[:3]:
        decide(row, "include")
    return actions.make_studies(by=people.commissioner, case=case)


def test_reports_are_joined_and_taken_apart_with_a_reason(people, case, rows, studies) -> None:
    first, second, _third = studies
    with pytest.raises(BadInput, match="how you know"):
        actions.join_studies(by=people.colleague, study=second, into=first, why=" ")
    with pytest.raises(BadInput, match="another study"):
        actions.join_studies(by=people.colleague, study=first, into=first, why="Same trial number")
    actions.join_studies(by=people.colleague, study=second, into=first, why="Same trial number")
    joined = queries.studies_of(case)
    assert [study.number for study in joined] == [1, 3]
    assert [row.pk for row in joined[0].records] == [rows[0].pk, rows[1].pk]
    with pytest.raises(BadInput, match="has no reports any more"):
        actions.join_studies(by=people.colleague, study=second, into=first, why="Again")
    made = actions.take_apart(by=people.colleague, study=first, record=rows[1], why="Other children")
    assert made.number == 4
    assert [study.number for study in queries.studies_of(case)] == [1, 3, 4]
    with pytest.raises(BadInput, match="only report"):
        actions.take_apart(by=people.colleague, study=first, record=rows[0], why="x")
    assert StudyReport.objects.count() == 5


def test_arms_keep_every_wording(people, studies) -> None:
    study = studies[0]
    actions.write_arms(
        by=people.commissioner,
        study=study,
        arms=[(None, "Parent groups", "programme", 60), (None, "Waiting list", "comparison", None)],
    )
    actions.write_arms(
        by=people.colleague,
        study=study,
        arms=[(1, "Parenting groups", "programme", 60), (2, "Waiting list", "comparison", None)],
    )
    assert [(row.number, row.name) for row in queries.arm_rows_of(study)] == [
        (1, "Parenting groups"),
        (2, "Waiting list"),
    ]
    assert study.arm_rows.count() == 3
    actions.write_arms(by=people.colleague, study=study, arms=[(2, "", "", None)])
    assert [row.number for row in queries.arm_rows_of(study)] == [1]
    actions.write_arms(by=people.colleague, study=study, arms=[(None, "Usual care", "comparison", 50)])
    assert [row.number for row in queries.arm_rows_of(study)] == [1, 3]


def test_arms_that_cannot_be_are_refused(people, studies) -> None:
    with pytest.raises(BadInput) as caught:
        actions.write_arms(
            by=people.commissioner,
            study=studies[0],
            arms=[(None, "A", "programme", 0), (None, "a", "", None)],
        )
    assert [problem.found for problem in caught.value.problems] == ["given twice", "0 people", "neither"]
    assert studies[0].arm_rows.count() == 0


@pytest.mark.parametrize("who", ["viewer", "approver", "outsider", "parent"])
def test_only_contributors_make_studies(people, case, studies, who) -> None:
    somebody = getattr(people, who)
    with pytest.raises(Refused):
        actions.make_studies(by=somebody, case=case)
    with pytest.raises(Refused):
        actions.join_studies(by=somebody, study=studies[0], into=studies[1], why="x")
    with pytest.raises(Refused):
        actions.write_arms(by=somebody, study=studies[0], arms=[(None, "A", "programme", 1)])


def test_rows_are_written_once(studies) -> None:
    with pytest.raises(TypeError):
        Study.objects.update(name="another")
    for table, column in (
        ("reviews_study", "name"),
        ("reviews_studyreport", "why"),
        ("reviews_studyarm", "name"),
        ("reviews_extractionplan", "why"),
        ("reviews_answer", "note"),
        ("reviews_comparison", "time_words"),
        ("reviews_result", "note"),
        ("reviews_networkversion", "outcome"),
        ("reviews_numbersuggestion", "kind"),
        ("reviews_warninganswer", "reason"),
    ):
        with connection.cursor() as cursor:
            if table in ("reviews_study", "reviews_studyreport"):
                with pytest.raises(DatabaseError), transaction.atomic():
                    cursor.execute(f"UPDATE {table} SET {column} = 'another'")
            elif connection.vendor == "sqlite":
                cursor.execute("SELECT 1 FROM sqlite_master WHERE name = %s", [f"{table}_append_only"])
                assert cursor.fetchone(), table
