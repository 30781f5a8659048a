"""Searches that are asked again: on their day, from a service on this machine, and never twice."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.unit.sources.made import europepmc_page, europepmc_work, openalex_page, openalex_work
from tests.unit.sources.serving import LocalService, json_reply
from wherewithal.analyse.reviews.living import AFTER_A_FAILURE, OVERLAP, next_day
from wherewithal.errors import BadInput
from wherewithal_web.analyse.reviews import actions, queries
from wherewithal_web.analyse.reviews.living.asking import TURN
from wherewithal_web.analyse.reviews.models import LivingRun, LivingSearch, Record
from wherewithal_web.audit.models import Event
from wherewithal_web.jobs.leases import claim
from wherewithal_web.jobs.models import Run, State
from wherewithal_web.jobs.worker import Worker

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def local(monkeypatch) -> Iterator[LocalService]:
    service = LocalService()
    for key in ("OPENALEX", "EUROPEPMC"):
        monkeypatch.setenv(f"WHEREWITHAL_SOURCE_{key}", service.address)
    yield service
    service.close()


def openalex(*numbers: int):
    return json_reply(openalex_page([openalex_work(number) for number in numbers], len(numbers), None))


@pytest.fixture
def kept(people, case, local) -> LivingSearch:
    local.replies = [openalex(1, 2, 3)]
    return actions.keep_living(
        by=people.commissioner, case=case, source="openalex", query="parenting groups", every=3
    )


def day_comes() -> None:
    """What waits for its day has it."""
    Run.objects.filter(kind=TURN, state=State.WAITING).update(not_before=timezone.now())


def waiting() -> Run:
    return Run.objects.get(kind=TURN, state=State.WAITING)


def test_the_first_asking_brings_everything_as_a_dated_search(case, local, kept, learn) -> None:
    learn()
    run = LivingRun.objects.get()
    assert (run.found, run.held, run.failed, run.turn) == (3, 0, False, 1)
    assert run.file.record_count == 3
    assert (run.file.database, run.file.search) == ("OpenAlex", "parenting groups")
    assert run.file.searched_on == timezone.localdate()
    assert local.asked[0].parameters["search"] == "parenting groups"
    assert case.duplicate_searches.count() == 1
    assert case.rankings.exists()


def test_the_next_asking_waits_for_its_day_and_brings_only_what_is_new(case, local, kept, learn) -> None:
    learn()
    due = next_day(timezone.localdate(), 3)
    assert timezone.localtime(waiting().not_before).date() == due
    assert not Worker("test").once()
    local.replies = [openalex(1, 2, 3, 4)]
    day_comes()
    learn()
    run = LivingRun.objects.first()
    assert (run.turn, run.found, run.held) == (2, 4, 3)
    assert [record.title for record in run.file.records.all()] == ["Parenting programme trial 4"]
    (living,) = queries.living_of(case)
    assert living.notice.startswith("1 new record since ")
    assert living.turns[0].words.startswith(
        "4 records, 3 of them held already from this source. Brought in: 1 record"
    )


def test_a_turn_that_brings_nothing_is_written_down(case, local, kept, learn) -> None:
    learn()
    day_comes()
    learn()
    run = LivingRun.objects.first()
    assert (run.turn, run.found, run.held, run.file) == (2, 3, 3, None)
    (living,) = queries.living_of(case)
    assert living.notice == ""
    assert living.turns[0].words.endswith("Nothing was new.")
    assert case.record_files.count() == 1
    assert waiting().arguments["turn"] == 3


def test_a_service_that_cannot_be_reached_is_written_down_and_asked_again_in_a_week(
    case, local, kept, learn
) -> None:
    learn()
    local.replies = [json_reply({"error": "No key."}, 403)]
    day_comes()
    learn()
    run = LivingRun.objects.first()
    assert (run.failed, run.file, run.turn) == (True, None, 2)
    assert "OpenAlex" in run.words
    (living,) = queries.living_of(case)
    assert "Nothing was brought in." in living.notice
    assert "download the file and bring it in" in living.notice
    assert timezone.localtime(waiting().not_before).date() == timezone.localdate() + AFTER_A_FAILURE
    assert case.record_files.count() == 1


def test_pages_that_break_off_bring_nothing_at_all(people, case, local, learn) -> None:
    half = json_reply(openalex_page([openalex_work(1)], 200, "next"))
    local.answers = lambda asked: half if asked.parameters["cursor"] == "*" else json_reply({}, 404)
    actions.keep_living(by=people.commissioner, case=case, source="openalex", query="groups", every=1)
    learn()
    assert LivingRun.objects.get().failed
    assert not Record.objects.exists()


def test_europe_pmc_is_asked_for_what_was_added_since(people, case, local, learn) -> None:
    local.replies = [json_reply(europepmc_page([europepmc_work(7)], 1, None))]
    actions.keep_living(by=people.commissioner, case=case, source="europepmc", query="groups", every=6)
    learn()
    assert local.asked[0].parameters["query"] == "groups"
    local.replies = [json_reply(europepmc_page([europepmc_work(7), europepmc_work(8)], 2, None))]
    day_comes()
    learn()
    since = timezone.localdate() - OVERLAP
    assert local.asked[-1].parameters["query"] == f"(groups) AND CREATION_DATE:[{since} TO 3000-12-31]"
    run = LivingRun.objects.first()
    assert (run.since, run.found, run.held, run.file.record_count) == (since, 2, 1, 1)


def test_a_killed_worker_is_taken_over_and_nothing_comes_twice(case, local, kept, learn) -> None:
    assert claim("killed").kind == TURN
    Run.objects.filter(kind=TURN).update(lease_until=timezone.now() - timedelta(seconds=1))
    learn()
    assert Run.objects.get(kind=TURN, state=State.DONE).tries == 2
    assert case.record_files.get().record_count == 3
    assert LivingRun.objects.count() == 1


def test_the_same_turn_is_never_taken_twice(case, local, kept, learn) -> None:
    learn()
    first = Run.objects.get(kind=TURN, state=State.DONE)
    Run.objects.filter(pk=first.pk).update(state=State.WAITING)
    assert Worker("test").once()
    assert LivingRun.objects.count() == 1
    assert case.record_files.count() == 1
    assert waiting().arguments["turn"] == 2


def test_pausing_stops_what_waits_and_going_on_asks_on_its_day(people, case, local, kept, learn) -> None:
    learn()
    paused = actions.pause_living(by=people.colleague, search=kept)
    assert (paused.version, paused.state) == (2, "paused")
    assert not Run.objects.filter(kind=TURN, state=State.WAITING).exists()
    with pytest.raises(BadInput, match="paused"):
        actions.run_living(by=people.colleague, search=kept)
    with pytest.raises(BadInput, match="nothing to pause"):
        actions.pause_living(by=people.colleague, search=kept)
    actions.resume_living(by=people.colleague, search=kept)
    assert timezone.localtime(waiting().not_before).date() == next_day(timezone.localdate(), 3)
    actions.stop_living(by=people.colleague, search=kept)
    assert not Run.objects.filter(kind=TURN, state=State.WAITING).exists()
    with pytest.raises(BadInput, match="stopped"):
        actions.change_living(by=people.colleague, search=kept, source="openalex", query="other", every=3)
    assert Event.objects.filter(action="reviews.living_search").count() == 4


def test_pausing_while_it_is_asked_throws_away_what_came(people, case, local, kept) -> None:
    from wherewithal_web.analyse.reviews.living.turns import take_turn

    finish = take_turn(lambda done, total=None, words="": None, search=kept.pk, turn=1)
    actions.pause_living(by=people.commissioner, search=kept)
    assert finish() is None
    assert not Record.objects.exists()
    assert not LivingRun.objects.exists()


def test_another_query_is_asked_at_once_for_all_there_is(people, case, local, kept, learn) -> None:
    learn()
    made = actions.change_living(
        by=people.colleague, search=kept, source="openalex", query="parents", every=1
    )
    assert made.version == 2
    learn()
    assert local.asked[-1].parameters["search"] == "parents"
    run = LivingRun.objects.first()
    assert (run.search, run.turn, run.since, run.held) == (made, 2, None, 3)
    again = actions.change_living(
        by=people.colleague, search=kept, source="openalex", query="parents", every=1
    )
    assert again == made


def test_asking_now_does_not_wait_for_the_day(people, case, local, kept, learn) -> None:
    learn()
    actions.run_living(by=people.colleague, search=kept)
    learn()
    assert LivingRun.objects.count() == 2
    assert waiting().arguments["turn"] == 3


def test_a_run_that_was_given_up_can_be_begun_again(people, case, local, kept, learn) -> None:
    learn()
    Run.objects.filter(kind=TURN, state=State.WAITING).update(state=State.FAILED, error="It ended 3 times.")
    (living,) = queries.living_of(case)
    assert (living.next_day, living.runs_now) == (None, False)
    actions.run_living(by=people.colleague, search=kept)
    learn()
    assert LivingRun.objects.count() == 2


def test_who_may_no_longer_contribute_brings_nothing(people, case, local, kept, learn) -> None:
    case.shares.filter(user=people.commissioner).update(role="viewer")
    learn()
    run = LivingRun.objects.get()
    assert run.failed
    assert "may not bring records into this case" in run.words
    assert not Record.objects.exists()


def test_what_cannot_be_asked_is_refused(people, case) -> None:
    for source, query, every, words in (
        ("psycinfo", "groups", 3, "cannot be asked again"),
        ("openalex", "  ", 3, "Say what is searched for"),
        ("openalex", "groups", 2, "Choose how often"),
    ):
        with pytest.raises(BadInput, match=words):
            actions.keep_living(by=people.commissioner, case=case, source=source, query=query, every=every)
    with pytest.raises(PermissionDenied):
        actions.keep_living(by=people.viewer, case=case, source="openalex", query="groups", every=3)
    assert not LivingSearch.objects.exists()


def test_history_is_only_ever_added_to(case, local, kept, learn) -> None:
    learn()
    for table in ("reviews_livingsearch", "reviews_livingrun"):
        statement = f"UPDATE {table} SET number = 9"
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_pages_from_adding_to_stopping(people, sign_in, case, base, local, learn) -> None:
    local.replies = [openalex(1, 2)]
    client = sign_in(people.colleague)
    assert "No search of this review is asked again" in text(client.get(f"{base}living/"))
    wrong = client.post(f"{base}living/add/", {"source": "openalex", "query": " "})
    assert wrong.status_code == 400
    assert "Say what is searched for." in text(wrong)
    said = {"source": "openalex", "query": "parenting groups", "every": "1"}
    assert client.post(f"{base}living/add/", said).status_code == 302
    assert "It is being asked" in text(client.get(f"{base}living/"))
    learn()
    page = text(client.get(f"{base}living/"))
    assert "Brought in: 2 records: 0 already here, 2 new." in page
    assert "2 new records." in text(client.get(base))
    rows = list(csv.DictReader(io.StringIO(text(client.get(f"{base}living/asked.csv")))))
    assert [(row["Found"], row["Brought in"]) for row in rows] == [("2", "2")]
    change = f"{base}living/1/change/"
    assert "parenting groups" in text(client.get(change))
    assert client.post(change, {**said, "every": "6"}).status_code == 302
    for to, words in (
        ("pause", "It is paused."),
        ("go-on", "asked again from now on"),
        ("stop", "It is stopped."),
    ):
        assert words in text(client.post(f"{base}living/1/{to}/", follow=True))
    assert client.post(f"{base}living/1/other/").status_code == 404
    assert client.post(f"{base}living/9/now/").status_code == 404
    assert "Stopped" in text(client.get(f"{base}living/"))


def test_a_failure_is_told_before_any_search_is_in(people, sign_in, case, base, local, learn) -> None:
    local.replies = [json_reply({"error": "No key."}, 403)]
    actions.keep_living(by=people.commissioner, case=case, source="openalex", query="groups", every=3)
    learn()
    page = text(sign_in(people.viewer).get(base))
    assert "Nothing was brought in. Until it is asked again" in page


def test_the_folder_of_the_review_has_every_asking(people, sign_in, case, base, local, kept, learn) -> None:
    learn()
    folder = sign_in(people.viewer).get(f"{base}account/folder.zip")
    with zipfile.ZipFile(io.BytesIO(folder.content)) as files:
        (name,) = (each for each in files.namelist() if each.endswith("asked-again.csv"))
        assert b"parenting groups" in files.read(name)
