"""Delivery's pages, as each person sees them and as a form is filled in badly."""

from __future__ import annotations

from datetime import date

import pytest

from wherewithal.do.delivery import ReadingKind
from wherewithal_web.do.delivery import actions
from wherewithal_web.do.delivery.models import Delivery, OutcomeMeasure, Reading

pytestmark = pytest.mark.django_db


def pages(case, measure) -> list[str]:
    base = f"/cases/{case.slug}/delivery/"
    one = f"{base}measures/{measure.key}/"
    return [base, f"{base}provider/", f"{base}measures/new/", f"{one}baseline/"]


def test_every_page_answers_each_person_as_it_should(people, case, measure, sign_in) -> None:
    overview, *forms = pages(case, measure)
    for who, sees, changes in (
        ("commissioner", 200, 200),
        ("colleague", 200, 200),
        ("viewer", 200, 403),
        ("approver", 200, 403),
        ("outsider", 404, 404),
        ("parent", 404, 404),
    ):
        client = sign_in(getattr(people, who))
        assert client.get(overview).status_code == sees, who
        assert [client.get(form).status_code for form in forms] == [changes] * len(forms), who


def test_nobody_sees_it_without_signing_in(client, case, measure) -> None:
    for page in pages(case, measure):
        assert client.get(page).headers["Location"].startswith("/sign-in/")


def test_from_nothing_to_a_baseline_and_a_result(people, case, sign_in) -> None:
    client = sign_in(people.colleague)
    base = f"/cases/{case.slug}/delivery/"
    assert "Nothing is measured yet" in client.get(base).content.decode()
    client.post(f"{base}provider/", {"provider": "Family Hubs", "starts_on": "2024-10-01"})
    assert Delivery.objects.get().starts_on == date(2024, 10, 1)
    client.post(
        f"{base}measures/new/",
        {
            "name": "Conduct score",
            "kind": "average score",
            "unit": "points",
            "polarity": "lower is better",
            "how": "Parents fill it in",
            "validated": "no",
        },
    )
    measure = OutcomeMeasure.objects.get()
    one = f"{base}measures/{measure.key}/"
    assert client.get(f"{one}result/").status_code == 403
    answer = client.post(
        f"{one}baseline/", {"on": "2024-09-01", "families": "64", "mean": "17.2", "sd": "6.1"}
    )
    assert answer.headers["Location"] == f"{base}#measure-{measure.key}"
    client.post(f"{one}result/", {"on": "2025-09-01", "families": "60", "mean": "13.9", "sd": "5.8"})
    page = client.get(base).content.decode()
    assert "17.2 points (64 families)" in page
    assert "13.9 points (60 families)" in page
    assert "Not a validated instrument" in page
    assert Reading.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"on": "2024-09-01", "families": "10", "count": "11"}, "more than the 10 families measured"),
        ({"on": "2999-01-01", "families": "10", "count": "3"}, "still to come"),
        ({"on": "yesterday", "families": "10", "count": "3"}, "day, month and year"),
        ({"on": "2024-09-01", "families": "", "count": "3"}, "Give how many families"),
        ({"on": "2024-09-01", "families": "0", "count": "0"}, "greater than or equal to 1"),
        ({"on": "2024-09-01", "families": "10", "count": "2.5"}, "whole number"),
        ({}, "Give of how many it is true"),
    ],
)
def test_a_form_filled_in_badly_says_what_to_do(people, case, measure, sign_in, fields, words) -> None:
    page = sign_in(people.colleague).post(
        f"/cases/{case.slug}/delivery/measures/{measure.key}/baseline/", fields
    )
    assert page.status_code == 200
    assert "There is a problem" in page.content.decode()
    assert words in page.content.decode()
    assert not Reading.objects.exists()


def test_a_result_on_the_day_of_the_baseline_is_said_on_the_form(people, case, measure, sign_in) -> None:
    actions.record_reading(
        by=people.colleague,
        measure=measure,
        kind=ReadingKind.BASELINE,
        on=date(2024, 9, 1),
        families=64,
        count=38,
    )
    page = sign_in(people.colleague).post(
        f"/cases/{case.slug}/delivery/measures/{measure.key}/result/",
        {"on": "2024-09-01", "families": "60", "count": "27"},
    )
    assert "a day after the baseline of 1 September 2024" in page.content.decode()


def test_few_families_are_not_shown_as_a_percentage(people, case, measure, sign_in) -> None:
    actions.record_reading(
        by=people.colleague,
        measure=measure,
        kind=ReadingKind.BASELINE,
        on=date(2024, 9, 1),
        families=4,
        count=3,
    )
    for page in (f"/cases/{case.slug}/delivery/", f"/cases/{case.slug}/", f"/cases/{case.slug}/download/"):
        text = sign_in(people.viewer).get(page).content.decode()
        assert "ewer than 5 families" in text, page
        assert not any(words in text for words in ("75.0", "3 of 4", "4 families")), page


def test_a_measure_of_another_case_is_not_there(people, case, measure, sign_in) -> None:
    page = f"/cases/{case.slug}/delivery/measures/another/baseline/"
    assert sign_in(people.colleague).get(page).status_code == 404
    assert (
        sign_in(people.colleague).post(f"/cases/{case.slug}/delivery/measures/another/remove/").status_code
        == 404
    )


def test_the_stage_offers_the_room_and_links_what_is_missing(people, case, sign_in) -> None:
    page = sign_in(people.colleague).get(f"/cases/{case.slug}/do/").content.decode()
    for address in ("provider/", "measures/new/", "#measures"):
        assert f"/cases/{case.slug}/delivery/{address}" in page
