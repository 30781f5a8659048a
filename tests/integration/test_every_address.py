"""Every address there is, as everybody there is. A new page is covered here from the moment it has an address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import get_converters

OPEN_TO_ALL = {"sign-in/", "sign-out/", "accessibility/", "health/"}
"""What somebody sees who has not signed in. A new entry is a decision: say in its view why."""


ANSWERS = {200, 302, 400, 403, 404, 405, 422}
"""A page, another page to go to, or a refusal that a person can read: never a failure."""


def patterns_under(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        address = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield address
        else:
            yield from patterns_under(entry, address)


@cache
def addresses() -> tuple[str, ...]:
    """Every address of the workbench, as Django writes it down."""
    return tuple(sorted(set(patterns_under(get_resolver()))))


def path_of(address: str, *, slug: str = "nothing-of-that-name") -> str:
    """The address with each gap filled: a slug of a case, or something that is not there."""
    filled = re.sub(r"\(\?P<slug>[^)]*\)", slug, address.removeprefix("^").removesuffix("$"))
    filled = re.sub(r"\(\?P<\w+>(\w+)[^)]*\)", r"\1", filled)
    filled = filled.replace("<slug:slug>", slug)
    filled = re.sub(r"<int:\w+>", "999999", filled)
    filled = re.sub(r"<(?:(?:str|slug|path):)?\w+>", "nothing", filled)
    filled = re.sub(r"<(\w+):\w+>", lambda gap: get_converters()[gap[1]].regex.split("|")[0], filled)
    return "/" + filled.replace("^", "").replace("\\", "")


def words_of(page: HttpResponse) -> str:
    """What the page says, without the token against forgery, which is another each time."""
    return re.sub(r'value="\w{64}"', "", page.text)


def of_a_case() -> list[str]:
    return [address for address in addresses() if "slug>" in address and "cases/" in address]


def with_a_case_only() -> list[str]:
    """Addresses of a case that need nothing else to exist."""
    return [address for address in of_a_case() if address.count("<") == 1 or "stage>" in address]


def test_this_finds_the_addresses() -> None:
    assert {"", "cases/<slug:slug>/", "sign-in/"} <= set(addresses())
    assert len(of_a_case()) > 15
    assert path_of(r"^cases/(?P<slug>[-\w]+)/(?P<stage>analyse|plan)/$", slug="x") == "/cases/x/analyse/"


@pytest.mark.django_db
def test_somebody_who_has_not_signed_in_is_asked_to(client) -> None:
    for address in set(addresses()) - OPEN_TO_ALL:
        for ask in (client.get, client.post):
            response = ask(path_of(address))
            assert response.status_code == 302, address
            assert response.url.startswith("/sign-in/"), address


@pytest.mark.django_db
def test_what_is_open_to_all_is_there(client) -> None:
    assert set(addresses()) >= OPEN_TO_ALL
    for address in OPEN_TO_ALL:
        assert client.get(path_of(address)).status_code in {200, 302}, address


def test_a_case_one_may_not_see_answers_like_one_that_is_not_there(people, case, sign_in) -> None:
    outsider = sign_in(people.outsider)
    for address in of_a_case():
        hidden, absent = path_of(address, slug=case.slug), path_of(address)
        for ask in (outsider.get, outsider.post):
            there, not_there = ask(hidden), ask(absent)
            assert there.status_code == not_there.status_code, address
            assert there.status_code in {404, 405}, address
            assert case.title not in there.text, address
            assert words_of(there) == words_of(not_there), address


@pytest.mark.parametrize("who", ["commissioner", "colleague", "approver", "viewer", "parent", "admin"])
def test_every_page_of_a_case_answers_everybody(people, case, sign_in, who: str) -> None:
    person = sign_in(getattr(people, who))
    for address in with_a_case_only():
        for ask in (person.get, person.post):
            response = ask(path_of(address, slug=case.slug))
            assert response.status_code in ANSWERS, address
            if response.status_code == 403:
                assert "<h1" in response.text, address


@pytest.mark.parametrize("who", ["admin", "champion", "commissioner", "outsider"])
def test_every_page_that_belongs_to_no_case_answers_everybody(people, sign_in, who: str) -> None:
    person = sign_in(getattr(people, who))
    for address in addresses():
        if "<" not in address and address != "sign-out/":
            for ask in (person.get, person.post):
                assert ask(path_of(address)).status_code in ANSWERS, address
