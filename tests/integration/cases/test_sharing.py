"""Cases: who starts, sees and shares them."""

from __future__ import annotations

import json
import re

import pytest

from wherewithal.thread.stages import Stage
from wherewithal_web.audit.queries import history_of
from wherewithal_web.cases import actions, queries
from wherewithal_web.people.permissions import Refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("stage", list(Stage))
def test_a_case_starts_in_any_stage(people, stage) -> None:
    case = actions.start_case(by=people.commissioner, title=f"Started in {stage}", started_in=stage)
    stages, to_do = queries.stages_and_needs(case, [])
    assert case.started_in == stage
    assert len(stages) == 4
    assert to_do


def test_addresses_do_not_clash_with_each_other_or_with_our_own(people) -> None:
    slugs = [
        actions.start_case(by=people.commissioner, title=title).slug for title in ("New", "Same", "Same")
    ]
    assert slugs == ["new-case", "same", "same-2"]


def test_a_case_is_started_for_ones_own_organisation(people) -> None:
    with pytest.raises(Refused, match="you belong to"):
        actions.start_case(by=people.commissioner, title="Theirs", organisation=people.nhs)


def test_somebody_always_leads(people, case) -> None:
    with pytest.raises(Refused, match="cannot change your own role"):
        actions.share_case(by=people.commissioner, case=case, user=people.commissioner, role="viewer")
    with pytest.raises(Refused, match="Somebody has to lead"):
        actions.unshare_case(by=people.commissioner, case=case, user=people.commissioner)


def test_sharing_is_for_those_who_lead(people, case) -> None:
    with pytest.raises(Refused):
        actions.share_case(by=people.colleague, case=case, user=people.outsider, role="viewer")


def test_a_page_someone_may_not_see_reads_like_one_that_is_not_there(people, case, sign_in) -> None:
    client = sign_in(people.outsider)
    theirs, nowhere = client.get(case.get_absolute_url()), client.get("/cases/there-is-no-such-case/")
    assert theirs.status_code == nowhere.status_code == 404
    assert case.title not in theirs.text
    token = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    assert token.sub("", theirs.text) == token.sub("", nowhere.text)


def test_a_lived_experience_contributor_sees_what_was_shared_and_no_more(people, case, sign_in) -> None:
    shown = actions.write_sentence(
        by=people.colleague, case=case, text="Parents wait too long.", section="families"
    )
    actions.write_sentence(by=people.colleague, case=case, text="We can afford two groups.", section="money")
    actions.share_case(
        by=people.commissioner, case=case, user=people.parent, role="lived-experience", sentences=[shown]
    )
    client = sign_in(people.parent)
    page = client.get(case.get_absolute_url()).text
    assert "Parents wait too long." in page
    assert "We can afford two groups." not in page
    for part in ("history/", "download/", "handover/", "plan/", "sentences/new/"):
        assert client.get(case.get_absolute_url() + part).status_code == 404


def test_someone_taken_off_sees_nothing_more(people, case, sign_in) -> None:
    client = sign_in(people.viewer)
    assert client.get(case.get_absolute_url()).status_code == 200
    actions.unshare_case(by=people.commissioner, case=case, user=people.viewer)
    assert client.get(case.get_absolute_url()).status_code == 404


def test_everything_leaves_as_open_data(people, case, sign_in) -> None:
    actions.write_sentence(by=people.colleague, case=case, text="Parents wait too long.", section="families")
    response = sign_in(people.viewer).get(case.get_absolute_url() + "download/")
    whole = json.loads(response.content)
    assert whole["sentences"][0]["wordings"][0]["text"] == "Parents wait too long."
    assert whole["history"][0]["who"] == "Cora Commissioner"


def test_changes_to_a_case_keep_what_was(people, case) -> None:
    actions.change_case(by=people.commissioner, case=case, title="A better title", partners=[people.nhs])
    last = history_of(case.slug)[0]
    assert last.details["title"] == ["Parenting support for ages 3 to 8", "A better title"]
    assert "partners" in last.summary
