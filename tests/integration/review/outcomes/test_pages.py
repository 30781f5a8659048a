"""The review's pages, as each person sees them."""

from __future__ import annotations

from datetime import date

import pytest

from tests.integration.review.outcomes.readings import put, put_both
from wherewithal.do.delivery import ReadingKind
from wherewithal.review.outcomes import BEFORE_AND_AFTER
from wherewithal_web.review.outcomes.models import Verdict

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def day(settings) -> None:
    settings.WHEREWITHAL_TODAY = date(2025, 10, 22)


def test_every_page_answers_each_person_as_it_should(people, case, sign_in) -> None:
    page = f"/cases/{case.slug}/outcomes/"
    for who, sees, verdict in (
        ("commissioner", 200, 200),
        ("colleague", 200, 403),
        ("viewer", 200, 403),
        ("approver", 200, 403),
        ("outsider", 404, 404),
        ("parent", 404, 404),
    ):
        client = sign_in(getattr(people, who))
        assert client.get(page).status_code == sees, who
        assert client.get(f"{page}verdict/").status_code == verdict, who


def test_nobody_sees_it_without_signing_in(client, case) -> None:
    assert client.get(f"/cases/{case.slug}/outcomes/").headers["Location"].startswith("/sign-in/")


def test_an_empty_review_says_what_is_there_and_what_to_do(people, case, sign_in) -> None:
    page = sign_in(people.commissioner).get(f"/cases/{case.slug}/outcomes/").content.decode()
    assert "Nothing is decided in this case yet" in page
    assert "Nothing has been measured for this case yet" in page
    assert f"/cases/{case.slug}/delivery/measures/new/" in page
    assert "No verdict has been recorded yet" in page


def test_an_overdue_review_is_said_in_words(people, case, decision, sign_in) -> None:
    page = sign_in(people.commissioner).get(f"/cases/{case.slug}/outcomes/").content.decode()
    assert "Overdue by 3 weeks: it was due on 1 October 2025" in page
    on_the_case = sign_in(people.viewer).get(f"/cases/{case.slug}/").content.decode()
    assert "Review overdue by 3 weeks" in on_the_case


def test_before_stands_beside_after_with_the_honest_words(people, case, decision, sign_in) -> None:
    put_both(people.colleague, case)
    page = sign_in(people.viewer).get(f"/cases/{case.slug}/outcomes/").content.decode()
    assert "20.0 percentage points lower after the start." in page
    assert "95% interval 5.2 to 33.4 lower" in page
    assert BEFORE_AND_AFTER in page
    assert "Put what we learned" not in page
    client = sign_in(people.colleague)
    answer = client.post(f"/cases/{case.slug}/outcomes/conduct/add/")
    assert f"/cases/{case.slug}/sentences/new/?finding=" in answer.headers["Location"]
    assert "as local evidence" in client.get(f"/cases/{case.slug}/outcomes/").content.decode()


def test_there_is_nothing_to_add_without_a_result(people, case, sign_in) -> None:
    put(people.colleague, case, ReadingKind.BASELINE, 56, 70)
    client = sign_in(people.colleague)
    assert "No result is recorded yet" in client.get(f"/cases/{case.slug}/outcomes/").content.decode()
    assert client.post(f"/cases/{case.slug}/outcomes/conduct/add/").status_code == 404


def test_a_verdict_is_recorded_and_shown_with_what_it_rests_on(people, case, decision, sign_in) -> None:
    put_both(people.colleague, case)
    client = sign_in(people.commissioner)
    page = f"/cases/{case.slug}/outcomes/"
    assert "What is known today" in client.get(f"{page}verdict/").content.decode()
    client.post(
        f"{page}verdict/",
        {
            "verdict": "adapt",
            "reason": "Add evening groups.",
            "on": "2025-10-20",
            "next_review_on": "2026-10-20",
        },
    )
    text = client.get(page).content.decode()
    assert "Adapt, 20 October 2025" in text
    assert "Add evening groups." in text
    assert "What we learned: Children with high conduct problems" in text
    assert "overdue" not in text
    assert "Adapt, 20 October 2025" in client.get(f"/cases/{case.slug}/").content.decode()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"verdict": "adapt", "reason": "x", "on": "2025-10-20"}, "reviewed again: set the day"),
        (
            {"verdict": "adapt", "reason": "x", "on": "2025-10-20", "next_review_on": "2025-10-20"},
            "comes after",
        ),
        (
            {"verdict": "adapt", "reason": "x", "on": "2025-10-23", "next_review_on": "2026-10-20"},
            "still to come",
        ),
        ({"verdict": "end", "reason": "", "on": "", "next_review_on": "soon"}, "Say why."),
        ({"verdict": "stop", "reason": "x"}, "Give the day on which it was decided."),
        ({}, "Choose to continue, adapt or stop"),
    ],
)
def test_a_verdict_filled_in_badly_says_what_to_do(people, case, sign_in, fields, words) -> None:
    page = sign_in(people.commissioner).post(f"/cases/{case.slug}/outcomes/verdict/", fields)
    assert page.status_code == 200
    assert words in page.content.decode()
    assert not Verdict.objects.exists()


def test_a_service_that_stops_needs_no_next_review(people, case, sign_in) -> None:
    sign_in(people.commissioner).post(
        f"/cases/{case.slug}/outcomes/verdict/",
        {"verdict": "stop", "reason": "Nobody came.", "on": "2025-10-20", "next_review_on": ""},
    )
    assert Verdict.objects.get().next_review_on is None
