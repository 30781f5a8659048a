"""Two people, one frozen account, one review date."""

from __future__ import annotations

from datetime import date

import pytest

from tests.integration.cases.findings import rating
from wherewithal.thread import Snapshot
from wherewithal.thread.decision import State
from wherewithal_web.cases import actions, queries
from wherewithal_web.people.permissions import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposed(people, case):
    stored = actions.add_finding(by=people.colleague, case=case, finding=rating("3+"), shared=True)
    actions.write_sentence(
        by=people.colleague, case=case, text="PATHS works.", section="what-works", rests_on=[stored]
    )
    return actions.propose_decision(
        by=people.commissioner,
        case=case,
        option="PATHS in every school",
        reason="It is the best we can staff.",
        decided_on=date(2026, 3, 12),
        review_on=date(2027, 3, 12),
    )


def test_a_second_person_confirms(people, case, proposed) -> None:
    assert proposed.state is State.PROPOSED
    assert queries.waiting_decision(case) == proposed
    actions.move_decision(by=people.approver, decision=proposed, to=State.CONFIRMED, words="Agreed.")
    assert proposed.state is State.CONFIRMED
    assert queries.standing_decision(case) == proposed


def test_nobody_confirms_what_they_proposed(people, case, proposed) -> None:
    with pytest.raises(Refused, match="you need to be approver"):
        actions.move_decision(by=people.commissioner, decision=proposed, to=State.CONFIRMED)
    actions.share_case(by=people.commissioner, case=case, user=people.colleague, role="commissioner")
    actions.share_case(by=people.colleague, case=case, user=people.commissioner, role="approver")
    with pytest.raises(Refused, match="A second person has to confirm"):
        actions.move_decision(by=people.commissioner, decision=proposed, to=State.CONFIRMED)


def test_a_contributor_neither_proposes_nor_confirms(people, case, proposed) -> None:
    with pytest.raises(Refused):
        actions.move_decision(by=people.colleague, decision=proposed, to=State.CONFIRMED)


def test_only_one_proposal_waits_and_its_author_can_take_it_back(people, case, proposed) -> None:
    def again():
        return actions.propose_decision(
            by=people.commissioner,
            case=case,
            option="Another",
            reason="Because.",
            decided_on=date(2026, 3, 12),
            review_on=date(2027, 3, 12),
        )

    with pytest.raises(Refused, match="already waits"):
        again()
    actions.move_decision(by=people.commissioner, decision=proposed, to=State.WITHDRAWN)
    assert again().state is State.PROPOSED


def test_a_case_that_changed_since_has_to_be_proposed_again(people, case, proposed) -> None:
    actions.write_sentence(by=people.colleague, case=case, text="And cheap.", section="money")
    with pytest.raises(Refused, match="has changed since this was proposed"):
        actions.move_decision(by=people.approver, decision=proposed, to=State.CONFIRMED)
    actions.move_decision(by=people.approver, decision=proposed, to=State.RETURNED, words="It changed.")
    assert proposed.state is State.RETURNED


def test_a_decided_case_does_not_move_again(people, case, proposed) -> None:
    actions.move_decision(by=people.approver, decision=proposed, to=State.CONFIRMED)
    with pytest.raises(Refused, match="is decided"):
        actions.move_decision(by=people.approver, decision=proposed, to=State.RETURNED)


def test_the_review_comes_after(people, case) -> None:
    with pytest.raises(ValueError, match="The review comes after"):
        actions.propose_decision(
            by=people.commissioner,
            case=case,
            option="x",
            reason="y",
            decided_on=date(2026, 3, 12),
            review_on=date(2026, 3, 12),
        )


def test_a_decision_is_never_altered_and_shows_what_is_different_today(people, case, proposed) -> None:
    actions.move_decision(by=people.approver, decision=proposed, to=State.CONFIRMED)
    frozen = proposed.snapshot_body
    actions.refresh_finding(by=people.champion, finding=rating("mixed", on=date(2026, 6, 1)))
    for sentence, _wording in queries.sentences_of(case):
        actions.reword_sentence(by=people.colleague, sentence=sentence, text="PATHS has mixed results.")
    proposed.refresh_from_db()
    assert proposed.snapshot_body == frozen
    assert Snapshot.from_dict(frozen).fingerprint == proposed.snapshot_fingerprint
    [drift] = proposed.snapshot.drift(queries.thread_of(case), today=date(2026, 7, 1))
    assert drift.change.words == "Foundations Guidebook: was 3+, now mixed."
