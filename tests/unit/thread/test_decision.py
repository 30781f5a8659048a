from __future__ import annotations

import dataclasses

import pytest

from tests.unit.thread.threads import DECEMBER, JANUARY, JUNE, rating, thread, worked_out_from
from wherewithal.thread import Claim, Snapshot, Support
from wherewithal.thread.decision import TRANSITIONS, State


def claims(finding) -> list[Claim]:
    return [
        Claim("s1", "It works.", "what-works", (finding.fingerprint,)),
        Claim("s2", "Hubs can host it.", "delivery", judgement_by="Jo"),
        Claim("s3", "Parents wait.", "families"),
    ]


def test_a_claim_says_what_stands_behind_it() -> None:
    assert [claim.support for claim in claims(rating("4+"))] == [
        Support.FINDINGS,
        Support.JUDGEMENT,
        Support.NOTHING_YET,
    ]
    with pytest.raises(ValueError, match="needs a sentence"):
        Claim("s1", "  ", "families")


def test_a_snapshot_holds_what_findings_were_worked_out_from() -> None:
    base = rating("4+")
    cost = worked_out_from(base)
    snapshot = Snapshot.of(claims(cost), thread([base], [cost]), on=JANUARY)
    assert {finding.title for finding in snapshot.findings} == {"PATHS Elementary", "PATHS in every school"}


def test_a_snapshot_comes_back_whole_and_proves_itself() -> None:
    snapshot = Snapshot.of(claims(rating("4+")), thread([rating("4+")]), on=JANUARY)
    back = Snapshot.from_dict(snapshot.as_dict())
    assert back == snapshot
    assert back.fingerprint == snapshot.fingerprint
    tampered = snapshot.as_dict()
    tampered["claims"][0]["text"] = "It works very well."
    assert Snapshot.from_dict(tampered).fingerprint != snapshot.fingerprint


def test_the_same_content_on_another_day_is_unchanged() -> None:
    snapshot = Snapshot.of(claims(rating("4+")), thread([rating("4+")]), on=JANUARY)
    later = dataclasses.replace(snapshot, taken_on=JUNE)
    assert later.content_fingerprint == snapshot.content_fingerprint
    assert later.fingerprint != snapshot.fingerprint


def test_a_decision_keeps_what_it_rested_on_and_shows_what_is_different_today() -> None:
    was, now = rating("4+"), rating("2", on=JUNE)
    snapshot = Snapshot.of(claims(was), thread([was]), on=JANUARY)
    before = snapshot.fingerprint
    [drift] = snapshot.drift(thread([was, now]), today=DECEMBER)
    assert (drift.claim, drift.change.words) == ("s1", "Foundations Guidebook: was 4+, now 2.")
    assert snapshot.fingerprint == before


def test_only_a_proposal_moves_and_only_to_where_the_table_says() -> None:
    assert {transition.to for transition in TRANSITIONS[State.PROPOSED]} == {
        State.CONFIRMED,
        State.RETURNED,
        State.WITHDRAWN,
    }
    assert not any(TRANSITIONS[state] for state in State if state is not State.PROPOSED)
