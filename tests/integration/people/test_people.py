"""Signing in, and who may add whom."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from tests.integration.conftest import PASSWORD
from wherewithal_web.audit.actions import record
from wherewithal_web.people.actions import add_person, close_account, first_administrator
from wherewithal_web.people.permissions import Refused

pytestmark = pytest.mark.django_db


def sign_in_as(email: str, password: str = PASSWORD) -> Client:
    client = Client()
    client.post("/sign-in/", {"login": email, "password": password})
    return client


def signed_in(client: Client) -> bool:
    return client.get("/people/").status_code == 200


def test_signing_in_and_out(people) -> None:
    client = sign_in_as("Commissioner@north.example")
    assert signed_in(client)
    client.post("/sign-out/")
    assert not signed_in(client)


def test_every_page_but_a_few_asks_to_sign_in_first(client) -> None:
    for path in ("/", "/people/", "/cases/new/", "/cases/anything/", "/library/", "/area/"):
        response = client.get(path)
        assert (response.status_code, response.headers.get("Location", "")[:9]) == (302, "/sign-in/"), path
    for path in ("/sign-in/", "/accessibility/", "/health/"):
        assert client.get(path).status_code == 200


def test_a_wrong_password_does_not_say_which_part_was_wrong(people) -> None:
    client = Client()
    wrong = client.post(
        "/sign-in/", {"login": "commissioner@north.example", "password": "nope-nope-nope"}
    ).text
    nobody = client.post("/sign-in/", {"login": "nobody@north.example", "password": "nope-nope-nope"}).text
    assert "There is a problem" in wrong
    assert wrong.count("not correct") == nobody.count("not correct")


def test_guessing_is_slowed_down(people) -> None:
    client = Client()
    for _ in range(6):
        client.post("/sign-in/", {"login": "champion@north.example", "password": "nope-nope-nope"})
    client.post("/sign-in/", {"login": "champion@north.example", "password": PASSWORD})
    assert not signed_in(client)


def test_a_closed_account_cannot_sign_in_and_is_signed_out(people) -> None:
    client = sign_in_as("viewer@north.example")
    assert signed_in(client)
    close_account(by=people.admin, user=people.viewer)
    assert not signed_in(client)
    assert not signed_in(sign_in_as("viewer@north.example"))


def test_demo_accounts_exist_in_the_demo_only(people, settings) -> None:
    add_person(
        by=people.admin,
        email="demo@north.example",
        name="De Mo",
        password=PASSWORD,
        organisation=people.council,
        role="member",
        is_demo=True,
    )
    settings.DEMO = False
    assert not signed_in(sign_in_as("demo@north.example"))
    settings.DEMO = True
    assert signed_in(sign_in_as("demo@north.example"))


def test_there_is_no_signing_up(people) -> None:
    assert Client().get("/sign-up/").status_code in (302, 404)
    with pytest.raises(ValueError, match="people here already"):
        first_administrator(
            email="x@y.example", name="X", password=PASSWORD, organisation="Y", kind="council"
        )


def test_only_an_administrator_adds_people(people, sign_in) -> None:
    with pytest.raises(Refused, match="need to be administrator"):
        add_person(
            by=people.champion,
            email="new@north.example",
            name="New",
            password=PASSWORD,
            organisation=people.council,
            role="member",
        )
    page = sign_in(people.champion).get("/people/new/")
    assert (page.status_code, "administrator" in page.text) == (403, True)


def test_weak_passwords_are_refused(people) -> None:
    with pytest.raises(ValidationError, match="at least 12"):
        add_person(
            by=people.admin,
            email="new@north.example",
            name="New",
            password="short",
            organisation=people.council,
            role="member",
        )


def test_adding_a_person_from_the_page(people, sign_in) -> None:
    client = sign_in(people.admin)
    answers = {
        "name": "New Person",
        "email": "new@north.example",
        "organisation": people.nhs.pk,
        "role": "member",
        "password": PASSWORD,
    }
    assert client.post("/people/new/", {**answers, "email": "admin@north.example"}).status_code == 200
    assert client.post("/people/new/", answers).status_code == 302
    assert signed_in(sign_in_as("new@north.example"))
    assert client.post("/people/organisations/new/", {"name": "Police", "kind": "police"}).status_code == 302
    assert "Police" in client.get("/people/").text


@pytest.mark.django_db(transaction=True)
def test_an_event_is_never_written_apart_from_its_change(people) -> None:
    with pytest.raises(RuntimeError, match="inside the transaction"):
        record(by=people.admin, action="x", summary="did something")


def test_changing_ones_password_asks_for_the_old_one(people) -> None:
    client = sign_in_as("viewer@north.example")
    address, new = f"/people/{people.viewer.pk}/password/", "three-other-words"
    assert "That is not your password" in client.post(address, {"old": "wrong", "new": new}).text
    assert "at least 12" in client.post(address, {"old": PASSWORD, "new": "short"}).text
    client.post(address, {"old": PASSWORD, "new": new})
    assert signed_in(client)
    assert not signed_in(sign_in_as("viewer@north.example"))
    assert signed_in(sign_in_as("viewer@north.example", new))


def test_an_administrator_gives_somebody_a_new_password_and_nobody_else_does(people, sign_in) -> None:
    address = f"/people/{people.viewer.pk}/password/"
    assert sign_in(people.champion).post(address, {"new": "three-other-words"}).status_code == 403
    sign_in(people.admin).post(address, {"new": "three-other-words"})
    assert signed_in(sign_in_as("viewer@north.example", "three-other-words"))
