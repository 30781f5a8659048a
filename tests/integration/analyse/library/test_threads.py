"""Whatever the library shows becomes a finding in two actions, and leads to the sentence that rests on it."""

from __future__ import annotations

import pytest

from wherewithal.errors import NothingThere
from wherewithal_web.analyse.library import actions
from wherewithal_web.cases.models import StoredFinding
from wherewithal_web.people.permissions import Refused

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def test_a_disagreement_becomes_a_finding_of_its_own(people, library, case, sign_in) -> None:
    client = sign_in(people.commissioner)
    page = text_of(client.get("/library/programmes/paths-elementary/"))
    assert "Add the disagreement to a case" in page
    response = client.post("/library/programmes/paths-elementary/disagreement/add/", {"case": case.slug})
    stored = StoredFinding.objects.get(subject="library:disagreement:paths-elementary")
    assert response.url == f"{case.get_absolute_url()}sentences/new/?finding={stored.pk}&section=what-works"
    assert "Registers disagree" in text_of(client.get(response.url))
    # The reading of the programme itself is another finding.
    client.post("/library/programmes/paths-elementary/add/", {"case": case.slug})
    assert case.findings.count() == 2


def test_where_registers_agree_there_is_no_disagreement_to_add(people, library, case, sign_in) -> None:
    client = sign_in(people.commissioner)
    agreed = "incredible-years-preschool"
    page = text_of(client.get(f"/library/programmes/{agreed}/"))
    assert "What registers say" in page
    assert "Add the disagreement" not in page
    response = client.post(f"/library/programmes/{agreed}/disagreement/add/", {"case": case.slug})
    assert response.status_code == 404
    with pytest.raises(NothingThere):
        actions.add_disagreement(by=people.commissioner, case=case, slug="nothing-like-it")
    with pytest.raises(NothingThere):
        actions.add_entry(by=people.commissioner, case=case, register="nice-guidelines", slug="nothing")


@pytest.mark.parametrize("who", ["viewer", "outsider", "approver", "parent"])
def test_who_does_not_contribute_to_the_case_adds_nothing(people, library, case, sign_in, who) -> None:
    user = getattr(people, who)
    address = "/library/programmes/paths-elementary/disagreement/add/"
    assert sign_in(user).post(address, {"case": case.slug}).status_code == 404
    with pytest.raises(Refused):
        actions.add_disagreement(by=user, case=case, slug="paths-elementary")
    with pytest.raises(Refused):
        actions.add_entry(by=user, case=case, register="nice-guidelines", slug="ng76")
    assert not case.findings.exists()


def test_the_same_thing_twice_is_one_finding(people, library, case) -> None:
    first = actions.add_entry(by=people.commissioner, case=case, register="nice-guidelines", slug="ng76")
    assert (
        actions.add_entry(by=people.commissioner, case=case, register="nice-guidelines", slug="ng76") == first
    )
    assert "NG76" in first.title
