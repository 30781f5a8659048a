"""People and a case, made through the same actions that the workbench uses."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.test import Client

from wherewithal_web.cases import actions
from wherewithal_web.cases.models import Case
from wherewithal_web.people.actions import add_organisation, add_person, first_administrator
from wherewithal_web.people.models import Membership, User

PASSWORD = "correct-horse-battery"


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """Failed sign-ins are counted in the cache: each test starts with none."""
    cache.clear()


@pytest.fixture
def people(db) -> SimpleNamespace:
    """One council and one NHS partner, and a person for each thing a person can be."""
    admin = first_administrator(
        email="admin@north.example",
        name="Ada Admin",
        password=PASSWORD,
        organisation="Northmoor",
        kind="council",
    )
    council = Membership.objects.get(user=admin).organisation
    council.area_name, council.area_code = "Northmoor", "X06000001"
    council.save()
    nhs = add_organisation(by=admin, name="Northmoor ICB", kind="nhs")

    def person(key: str, name: str, role: str = "member", organisation=council) -> User:
        return add_person(
            by=admin,
            email=f"{key}@north.example",
            name=name,
            password=PASSWORD,
            organisation=organisation,
            role=role,
        )

    return SimpleNamespace(
        council=council,
        nhs=nhs,
        admin=admin,
        champion=person("champion", "Cham Pion", "champion"),
        commissioner=person("commissioner", "Cora Commissioner"),
        colleague=person("colleague", "Col League"),
        approver=person("approver", "Ann Approver", organisation=nhs),
        viewer=person("viewer", "Vi Ewer", organisation=nhs),
        outsider=person("outsider", "Out Sider"),
        parent=person("parent", "Pat Parent"),
    )


@pytest.fixture
def case(people: SimpleNamespace) -> Case:
    """A case led by the commissioner and shared with everyone but the outsider."""
    made = actions.start_case(
        by=people.commissioner,
        title="Parenting support for ages 3 to 8",
        question="Which support should we fund?",
    )
    for user, role in (
        (people.colleague, "contributor"),
        (people.approver, "approver"),
        (people.viewer, "viewer"),
        (people.parent, "lived-experience"),
    ):
        actions.share_case(by=people.commissioner, case=made, user=user, role=role)
    return made


@pytest.fixture
def sign_in(settings) -> Callable[[User], Client]:
    """A browser without a screen, signed in as somebody."""

    def client_for(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="wherewithal_web.people.sign_in.Backend")
        return client

    return client_for
