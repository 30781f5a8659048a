from __future__ import annotations

import pytest
from markupsafe import escape

from wherewithal_web.analyse.library import actions
from wherewithal_web.analyse.library.models import Programme
from wherewithal_web.cases.actions import write_sentence

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def test_every_page_answers_every_person_who_signs_in(people, library, case, sign_in) -> None:
    for user in (people.admin, people.commissioner, people.viewer, people.outsider, people.parent):
        client = sign_in(user)
        for address in (
            "/library/",
            "/library/?q=behaviour&band=Good&ages=5-10&register=foundations-guidebook&page=2",
            "/library/?q=nothing+at+all",
            f"/library/?case={case.slug}",
            "/library/rules/",
            "/library/registers/",
            "/library/registers/foundations-guidebook/",
            "/library/registers/trials-and-evaluations/",
            "/library/registers/eef-toolkit/2026-03-31/",
            "/library/registers/eef-toolkit/2026-03-31/download/",
        ):
            assert client.get(address).status_code == 200, address


def test_nobody_reads_it_without_signing_in(client, library) -> None:
    assert client.get("/library/").status_code == 302
    assert client.get("/library/programmes/good-behaviour-game/").status_code == 302


def test_every_programme_has_a_page(people, library, sign_in) -> None:
    client = sign_in(people.commissioner)
    for programme in Programme.objects.all():
        response = client.get(f"/library/programmes/{programme.slug}/")
        assert response.status_code == 200
        assert str(escape(programme.name)) in response.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/library/programmes/nothing-like-it/",
        "/library/registers/maudsley/",
        "/library/registers/blueprints/1999-01-01/",
        "/library/registers/blueprints/yesterday/",
        "/library/registers/bring-in/999/",
    ],
)
def test_what_is_not_there_is_not_found(people, library, sign_in, address: str) -> None:
    assert sign_in(people.admin).get(address).status_code == 404


def test_a_programme_that_registers_disagree_about(people, library, sign_in) -> None:
    page = text_of(sign_in(people.commissioner).get("/library/programmes/paths-elementary/"))
    assert "Registers disagree about this programme" in page
    assert "because at least one rigorous study found an effect and at least one found none" in page
    assert "/library/rules/#mixed-rigorous" in page
    assert "https://guidebook.eif.org.uk/programme/paths-elementary-curriculum" in page
    assert "February 2018" in page
    assert "8 years ago" in page
    assert "Not assessed, as far as our copies show: says nothing either way" in page
    assert "Why they disagree" in page
    assert "does not say which version" in page
    assert "ratings belong to each, not to the family" in page
    assert "PATHS), Preschool and Kindergarten" in page


def test_no_rating_in_our_copy_is_spelled_out(people, library, sign_in) -> None:
    page = text_of(sign_in(people.commissioner).get("/library/programmes/multisystemic-therapy/"))
    assert "no rating in our copy: says nothing either way" in page


def test_what_rests_on_it_is_shown_only_to_who_may_see_the_case(people, library, case, sign_in) -> None:
    stored = actions.add_reading(by=people.commissioner, case=case, slug="paths-elementary")
    write_sentence(
        by=people.commissioner, case=case, text="Not a substitute.", section="what-works", rests_on=[stored]
    )
    address = f"/library/programmes/paths-elementary/?case={case.slug}"
    for user, sees in (
        (people.viewer, True),
        (people.commissioner, True),
        (people.outsider, False),
        (people.parent, False),
    ):
        page = text_of(sign_in(user).get(address))
        assert ("Not a substitute." in page) is sees
        assert ("Nothing that you can see." in page) is not sees
        if not sees:
            assert case.title not in page
            assert "those below 7 are younger" not in page


def test_the_ages_of_a_case_stand_beside_those_evaluated(people, library, case, sign_in) -> None:
    page = text_of(
        sign_in(people.commissioner).get(f"/library/programmes/incredible-years-preschool/?case={case.slug}")
    )
    assert "Your ages 3 to 8 lie within the ages evaluated (2 to 9)." in page
    assert "Would it fit Northmoor?" in page


def test_added_to_a_case_in_one_step_and_written_in_a_second(people, library, case, sign_in) -> None:
    client = sign_in(people.commissioner)
    response = client.post("/library/programmes/good-behaviour-game/add/", {"case": case.slug})
    assert response.status_code == 302
    assert response.url.startswith(f"/cases/{case.slug}/sentences/new/?finding=")
    assert client.get(response.url).status_code == 200
    assert "Write another sentence" in text_of(
        client.get(f"/library/programmes/good-behaviour-game/?case={case.slug}")
    )


def test_nobody_adds_to_a_case_that_is_not_theirs_to_write(people, library, case, sign_in) -> None:
    for user in (people.viewer, people.outsider, people.parent):
        client = sign_in(user)
        response = client.post("/library/programmes/good-behaviour-game/add/", {"case": case.slug})
        assert response.status_code == 404
    assert case.findings.count() == 0


def test_the_rules_page_prints_every_rule(people, library, sign_in) -> None:
    from wherewithal.analyse.library import RULES

    page = text_of(sign_in(people.viewer).get("/library/rules/"))
    for rule in RULES:
        assert f'id="{rule.key}"' in page
        assert str(escape(rule.text)) in page


def test_an_empty_library_says_what_to_do(people, sign_in) -> None:
    assert "Bring in the first edition" in text_of(sign_in(people.champion).get("/library/"))
    assert "Ask your evidence champion" in text_of(sign_in(people.viewer).get("/library/"))


def test_the_case_offers_the_library(people, library, case, sign_in) -> None:
    page = text_of(sign_in(people.commissioner).get(f"/cases/{case.slug}/analyse/"))
    assert f"/library/?case={case.slug}" in page
    assert "Look up what research says" in page
