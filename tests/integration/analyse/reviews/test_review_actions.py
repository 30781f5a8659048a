from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from tests.integration.analyse.reviews.conftest import FOUR
from wherewithal.analyse.reviews.screening.decisions import Verdict
from wherewithal.errors import BadInput
from wherewithal_web.analyse.reviews import actions, queries
from wherewithal_web.analyse.reviews.models import Record, RecordFile, ScreeningDecision
from wherewithal_web.audit.models import Event
from wherewithal_web.cases.actions import write_sentence
from wherewithal_web.cases.queries import lines_of, present_needs
from wherewithal_web.people.permissions import Refused

pytestmark = pytest.mark.django_db


def test_a_search_is_brought_in_with_where_it_comes_from(people, case) -> None:
    file = actions.import_records(
        by=people.colleague,
        case=case,
        source=io.BytesIO(FOUR.encode()),
        name="four.ris",
        database="Made Database",
        search="made AND studies",
        searched_on=date(2026, 11, 2),
    )
    assert (file.record_count, file.format, file.imported_by) == (4, "ris", people.colleague)
    rows = list(queries.records_of(case))
    assert [row.number for row in rows] == [1, 2, 3, 4]
    assert rows[0].record.abstract == "BACKGROUND: made <q>text</q>.\nMETHODS: made."
    assert rows[0].key == "doi:10.5555/made.1"
    event = Event.objects.filter(action="reviews.import_records").get()
    assert event.summary == "brought in 4 records from four.ris"
    assert event.case == case.slug


def test_a_long_file_is_written_in_parts(people, case, tmp_path: Path) -> None:
    path = tmp_path / "long.ris"
    path.write_text("".join(f"TY  - JOUR\nTI  - Made {n}\nER  - \n" for n in range(1100)))
    assert actions.import_records(by=people.commissioner, case=case, source=path).record_count == 1100
    assert Record.objects.count() == 1100


def test_the_same_file_twice_is_refused_with_who_brought_it(people, case, search) -> None:
    with pytest.raises(BadInput, match="already in this case") as raised:
        actions.import_records(by=people.colleague, case=case, source=FOUR.encode(), name="again.ris")
    assert "Cora Commissioner" in raised.value.problems[0].found
    assert RecordFile.objects.count() == 1


def test_a_broken_file_leaves_nothing(people, case) -> None:
    broken = FOUR + "TY  - JOUR\nT!  - broken\nER  - \n"
    with pytest.raises(BadInput, match="1 place"):
        actions.import_records(by=people.commissioner, case=case, source=broken.encode(), name="broken.ris")
    assert not RecordFile.objects.exists()
    assert not Record.objects.exists()
    assert not Event.objects.filter(action="reviews.import_records").exists()


@pytest.mark.parametrize("who", ["viewer", "approver", "outsider", "parent"])
def test_only_contributors_bring_in_decide_and_add(people, case, rows, who) -> None:
    user = getattr(people, who)
    with pytest.raises(Refused):
        actions.import_records(by=user, case=case, source=b"TY  - JOUR\nTI  - x\nER  - \n")
    with pytest.raises(Refused):
        actions.record_decision(by=user, record=rows[0], verdict=Verdict.INCLUDE)
    with pytest.raises(Refused):
        actions.add_screening_to_thread(by=user, case=case)
    with pytest.raises(Refused):
        actions.add_record_to_thread(by=user, record=rows[0])


def test_the_newest_decision_holds_and_the_older_ones_stay(people, case, rows, decide) -> None:
    decide(rows[0], "unsure")
    decide(rows[0], "exclude", "population", "adults")
    decide(rows[1], "include")
    counts = queries.counts_of(case)
    assert (counts.found, counts.kept, counts.left_out, counts.unsure, counts.to_look_at) == (4, 1, 1, 0, 2)
    assert [(reason.key, count) for reason, count in counts.reasons] == [("population", 1)]
    assert len(queries.decisions_about(rows[0])) == 2
    assert [row.pk for row in queries.records_of(case, "left-out")] == [rows[0].pk]
    assert queries.searches_of(case)[0].to_look_at == 2


def test_the_same_decision_twice_is_one(rows, decide) -> None:
    first = decide(rows[0], "exclude", "design")
    assert decide(rows[0], "exclude", "design") == first
    assert ScreeningDecision.objects.count() == 1


def test_a_record_is_left_out_for_a_reason(rows, decide) -> None:
    with pytest.raises(BadInput, match="Say why"):
        decide(rows[0], "exclude")
    with pytest.raises(BadInput, match="own words"):
        decide(rows[0], "exclude", "other", "  ")
    assert not ScreeningDecision.objects.exists()


def test_words_that_belong_to_a_reason_do_not_stay_with_a_kept_record(rows, decide) -> None:
    assert decide(rows[0], "include", words="typed and then thought better of").words == ""


def test_decisions_are_only_ever_added_to(rows, decide) -> None:
    made = decide(rows[0], "include")
    with pytest.raises(TypeError):
        made.save()
    with pytest.raises(TypeError):
        ScreeningDecision.objects.all().delete()
    with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute("UPDATE reviews_screeningdecision SET verdict = 'exclude'")


def test_every_decision_is_in_the_history(case, rows, decide) -> None:
    decide(rows[1], "exclude", "outcome")
    event = Event.objects.filter(action="reviews.record_decision").get()
    assert event.summary == "looked at 'Second made study': left out: wrong outcome"


def test_the_account_goes_on_the_thread_and_a_newer_one_is_drift(people, case, rows, decide) -> None:
    with pytest.raises(BadInput, match="Nothing has been looked through"):
        actions.add_screening_to_thread(by=people.commissioner, case=case)
    decide(rows[0], "include")
    first = actions.add_screening_to_thread(by=people.commissioner, case=case)
    assert first.finding.statement.startswith("1 of 4 records from 1 search looked through: 1 kept")
    assert first.finding.link == f"/cases/{case.slug}/reviews/"
    write_sentence(
        by=people.commissioner, case=case, text="We looked.", section="what-works", rests_on=[first]
    )
    assert actions.add_screening_to_thread(by=people.commissioner, case=case) == first
    decide(rows[1], "exclude", "design")
    assert not lines_of(case)[0].drift
    actions.add_screening_to_thread(by=people.commissioner, case=case)
    words = lines_of(case)[0].drift[0].change.words
    assert "Left out: was 0, now 1" in words


def test_a_kept_study_goes_on_the_thread_and_follows_its_decision(people, case, rows, decide) -> None:
    with pytest.raises(BadInput, match="was kept"):
        actions.add_record_to_thread(by=people.commissioner, record=rows[0])
    decide(rows[0], "include")
    stored = actions.add_record_to_thread(by=people.commissioner, record=rows[0])
    assert stored.finding.sources[0].key == "doi:10.5555/made.1"
    write_sentence(
        by=people.commissioner, case=case, text="It works.", section="what-works", rests_on=[stored]
    )
    decide(rows[0], "exclude", "population")
    assert "Screening: was kept, now left out: wrong population" in lines_of(case)[0].drift[0].change.words


def test_a_record_without_a_title_stays_off_the_thread(people, rows, decide) -> None:
    decide(rows[3], "include")
    with pytest.raises(BadInput, match="no title"):
        actions.add_record_to_thread(by=people.commissioner, record=rows[3])


def test_the_case_has_what_it_needs_once_a_record_is_decided(case, rows, decide) -> None:
    assert "records" not in present_needs(case, [])
    decide(rows[0], "unsure")
    assert "records" in present_needs(case, [])


def test_the_same_article_in_two_searches_is_told(people, case, rows) -> None:
    actions.import_records(
        by=people.commissioner,
        case=case,
        source=b"TY  - JOUR\nTI  - The first made study, said otherwise\nDO  - 10.5555/MADE.1\nER  - \n",
        name="other.ris",
    )
    other = queries.records_of(case).last()
    assert queries.same_article(other) == [rows[0]]


def test_two_cases_keep_their_searches_apart(people, case, search) -> None:
    from wherewithal_web.cases.actions import start_case

    second = start_case(by=people.commissioner, title="Another case")
    actions.import_records(by=people.commissioner, case=second, source=FOUR.encode(), name="four.ris")
    assert queries.counts_of(second).found == 4
    assert queries.counts_of(case).found == 4
