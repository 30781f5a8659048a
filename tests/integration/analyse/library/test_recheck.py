"""What to look at again: why, what rests on it, and what a look does."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from click.testing import CliRunner
from django.utils import timezone

from wherewithal.analyse.library import Edition, Rating
from wherewithal.thread.decision import State
from wherewithal_web import commands as workbench
from wherewithal_web.analyse.library import actions, queries
from wherewithal_web.analyse.library.commands.keeping import recheck
from wherewithal_web.analyse.library.models import SourceCheck, Study
from wherewithal_web.audit.models import Event
from wherewithal_web.cases.actions import move_decision, propose_decision, write_sentence
from wherewithal_web.people.permissions import Refused

pytestmark = pytest.mark.django_db

PAGE = "/library/recheck/"
OLD = "programme:incredible-years-preschool"


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def on_the_queue(user, subject: str) -> queries.ToLookAt | None:
    return next((each for each in queries.recheck_queue(user) if each.due.subject == subject), None)


@pytest.fixture
def resting(people, library, case):
    stored = actions.add_reading(by=people.commissioner, case=case, slug="incredible-years-preschool")
    write_sentence(
        by=people.commissioner, case=case, text="It works.", section="what-works", rests_on=[stored]
    )
    return case


def test_what_sentences_rest_on_comes_first_with_why(people, resting) -> None:
    first = queries.recheck_queue(people.commissioner)[0]
    assert first.due.subject == OLD
    found = on_the_queue(people.commissioner, OLD)
    assert (found.due.sentences, found.due.decisions) == (1, 0)
    assert "Foundations Guidebook last reviewed it in July 2016." in found.due.why
    assert "1 sentence" in found.due.why
    assert found.register == "foundations-guidebook"
    assert found.due.link.startswith("https://guidebook.eif.org.uk/")


def test_only_cases_that_a_person_may_see_are_named(people, resting, sign_in) -> None:
    for user, sees in ((people.viewer, True), (people.outsider, False), (people.champion, False)):
        page = text_of(sign_in(user).get(PAGE))
        assert (resting.title in page) is sees
        assert ("1 case that you cannot see" in page) is not sees


def test_a_look_that_found_nothing_changed_takes_it_off_for_a_year(people, resting, settings) -> None:
    actions.record_check(by=people.champion, subject=OLD, outcome="same", note="the page says so")
    assert on_the_queue(people.champion, OLD) is None
    assert Event.objects.filter(action="library.record_check").count() == 1
    settings.WHEREWITHAL_TODAY = date(2027, 11, 23)
    assert on_the_queue(people.champion, OLD) is not None


def test_a_look_that_found_a_change_keeps_it_until_a_newer_edition(people, resting, settings) -> None:
    actions.record_check(by=people.champion, subject=OLD, outcome="changed", note="now 3")
    found = on_the_queue(people.champion, OLD)
    assert "found that it had changed. Our copy does not show that yet." in found.due.why
    assert found.check.note == "now 3"
    settings.WHEREWITHAL_TODAY = date(2026, 11, 24)
    newer = Edition(
        "foundations-guidebook",
        date(2026, 11, 24),
        (
            Rating(
                "Incredible Years Preschool (Basic)",
                rating="3",
                last_reviewed="2026-11",
                link="https://register.example/iy",
            ),
        ),
        complete=False,
    )
    actions.apply_edition(by=people.champion, edition=newer)
    assert on_the_queue(people.champion, OLD) is None


def test_whoever_keeps_the_library_hears_of_it_on_the_start_page(people, resting, sign_in) -> None:
    assert "due another look" not in text_of(sign_in(people.champion).get("/"))
    decided_on(people, resting)
    quick = {each.due.subject for each in queries.recheck_queue(people.champion, on_threads=True)}
    assert OLD in quick
    for user, hears in ((people.champion, True), (people.commissioner, False)):
        for address in ("/", "/library/"):
            page = text_of(sign_in(user).get(address))
            assert ("due another look" in page) is hears, address


def decided_on(people, case) -> None:
    decision = propose_decision(
        by=people.commissioner,
        case=case,
        option="The programme",
        reason="The register.",
        decided_on=date(2026, 3, 1),
        review_on=date(2027, 3, 1),
    )
    move_decision(by=people.approver, decision=decision, to=State.CONFIRMED)


def test_the_buttons_are_the_champions(people, resting, sign_in) -> None:
    assert "Say what you found" not in text_of(sign_in(people.commissioner).get(PAGE))
    answer = {"subject": OLD, "outcome": "gone", "note": "404"}
    assert sign_in(people.commissioner).post(f"{PAGE}check/", answer).status_code == 403
    with pytest.raises(Refused):
        actions.record_check(by=people.commissioner, subject=OLD, outcome="same")
    champion = sign_in(people.champion)
    assert "Say what you found" in text_of(champion.get(PAGE))
    done = text_of(champion.post(f"{PAGE}check/", answer, follow=True))
    assert "it is no longer there" in done
    changed = champion.post(f"{PAGE}check/", {**answer, "outcome": "changed"})
    assert changed.url == "/library/registers/bring-in/?register=foundations-guidebook"
    assert SourceCheck.objects.count() == 2


@pytest.mark.parametrize(
    "answer",
    [{}, {"subject": "rating:nobody/nothing", "outcome": "same"}, {"subject": OLD, "outcome": "perhaps"}],
)
def test_what_is_not_there_cannot_be_checked(people, resting, sign_in, answer: dict) -> None:
    assert sign_in(people.champion).post(f"{PAGE}check/", answer).status_code == 404
    assert not SourceCheck.objects.exists()


def test_every_page_of_the_queue(people, library, sign_in) -> None:
    client = sign_in(people.champion)
    pages = -(-len(queries.recheck_queue(people.champion)) // 20)
    for page in (1, pages, pages + 5):
        assert client.get(f"{PAGE}?page={page}").status_code == 200


def test_an_empty_library_has_nothing_to_look_at(people, sign_in) -> None:
    assert "Nothing is due." in text_of(sign_in(people.viewer).get(PAGE))


def test_a_study_is_due_until_somebody_answered_for_it(people, settings) -> None:
    settings.WHEREWITHAL_TODAY = timezone.localdate()
    study = Study.objects.create(
        key="doi:10.5555/a", slug="a", work={"title": "A trial"}, doi="10.5555/a", added_by=people.admin
    )
    assert "nobody has asked about" in on_the_queue(people.champion, "study:a").due.why
    study.asked_at, study.known = timezone.now(), True
    study.save()
    assert on_the_queue(people.champion, "study:a") is None
    study.asked_at = timezone.now() - timedelta(days=400)
    study.save()
    assert "last asked about retractions" in on_the_queue(people.champion, "study:a").due.why


def test_a_copy_of_a_register_that_nobody_renewed(people, library, settings) -> None:
    settings.WHEREWITHAL_TODAY = date(2026, 5, 30)
    assert on_the_queue(people.champion, "register:blueprints") is None
    settings.WHEREWITHAL_TODAY = date(2027, 6, 1)
    assert (
        "Our newest copy is of 30 April 2026" in on_the_queue(people.champion, "register:blueprints").due.why
    )


def test_the_command_prints_the_queue_in_order(people, resting, monkeypatch) -> None:
    monkeypatch.setattr(workbench, "start_django", lambda *, demo=False: None)
    told = json.loads(CliRunner().invoke(recheck, ["--json"]).stdout)
    queue = [each.due.subject for each in queries.recheck_queue(people.admin)]
    assert [each["subject"] for each in told["due"]] == queue
    assert told["due"][0]["sentences"] == 1
    shown = CliRunner().invoke(recheck, ["--most", "3"]).stdout
    assert f"{len(queue)} things to look at again" in shown
    assert shown.count("https://") <= 4
