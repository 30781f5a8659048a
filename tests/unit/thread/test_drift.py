from __future__ import annotations

import pytest

from tests.unit.thread.threads import DECEMBER, JANUARY, JUNE, rating, thread, worked_out_from
from wherewithal.thread import Claim, Kind, SourceEvent, changes_to, drift_of


def claim_on(*findings) -> Claim:
    return Claim("s1", "It works.", "what-works", tuple(finding.fingerprint for finding in findings))


def test_nothing_changed_is_no_drift() -> None:
    now = rating("4+")
    assert drift_of([claim_on(now)], thread([now]), today=DECEMBER) == []


def test_a_superseded_finding_says_what_changed() -> None:
    was, now = rating("3+"), rating("mixed", on=JUNE)
    [drift] = drift_of([claim_on(was)], thread([was, now]), today=DECEMBER)
    assert (drift.claim, drift.change.kind, drift.change.on) == ("s1", Kind.SUPERSEDED, JUNE)
    assert drift.change.words == "Foundations Guidebook: was 3+, now mixed."
    assert drift.change.newer == now.fingerprint


def test_only_the_newest_of_a_long_line_counts() -> None:
    line = [rating("2"), rating("3", on=JUNE), rating("4", on=DECEMBER)]
    [drift] = drift_of([claim_on(line[0])], thread(line), today=DECEMBER)
    assert "now 4" in drift.change.words


def test_a_result_that_comes_back_is_no_drift_for_those_who_cited_it_first() -> None:
    was, other = rating("4+"), rating("2", on=JUNE)
    line = thread([was, other, was])
    assert drift_of([claim_on(was)], line, today=DECEMBER) == []
    [drift] = drift_of([claim_on(other)], line, today=DECEMBER)
    assert drift.change.words == "Foundations Guidebook: was 2, now 4+."


def test_a_finding_expires_on_its_day_and_not_before() -> None:
    finding = rating("4+", look_again=JUNE)
    assert changes_to(finding, thread([finding]), today=JANUARY) == []
    [change] = changes_to(finding, thread([finding]), today=JUNE)
    assert change.kind is Kind.EXPIRED
    assert "10 June 2026" in change.words


def test_a_superseded_finding_is_not_also_expired() -> None:
    was, now = rating("4+", look_again=JUNE), rating("3", on=JUNE)
    assert [change.kind for change in changes_to(was, thread([was, now]), today=DECEMBER)] == [
        Kind.SUPERSEDED
    ]


@pytest.mark.parametrize("kind", [Kind.WITHDRAWN, Kind.RETRACTED, Kind.RERATED, Kind.NOTICE])
def test_what_happens_to_a_source_reaches_what_rests_on_it(kind: Kind) -> None:
    finding = rating("4+")
    event = SourceEvent("register:guidebook", kind, JUNE, "It was taken down.")
    [change] = changes_to(finding, thread([finding], events=[event]), today=DECEMBER)
    assert (change.kind, change.words) == (kind, "It was taken down.")


def test_what_happened_before_the_finding_was_made_was_known_then() -> None:
    finding = rating("4+", on=DECEMBER)
    event = SourceEvent("register:guidebook", Kind.WITHDRAWN, JUNE, "It was taken down.")
    assert changes_to(finding, thread([finding], events=[event]), today=DECEMBER) == []


def test_not_everything_happens_to_a_source() -> None:
    with pytest.raises(ValueError, match="withdrawn, retracted or re-rated"):
        SourceEvent("k", Kind.EXPIRED, JUNE, "")


def test_drift_travels_from_a_finding_to_what_was_worked_out_from_it() -> None:
    was, now = rating("4+"), rating("2", on=JUNE)
    cost = worked_out_from(was)
    [drift] = drift_of([claim_on(cost)], thread([was, now], [cost]), today=DECEMBER)
    assert drift.change.kind is Kind.INPUT_CHANGED
    assert drift.change.finding == cost.fingerprint
    assert drift.change.words == "PATHS Elementary: Foundations Guidebook: was 4+, now 2."


def test_an_answer_quiets_one_change_and_not_the_next() -> None:
    first, second, third = rating("4+"), rating("3", on=JUNE), rating("2", on=DECEMBER)
    claim = claim_on(first)
    [drift] = drift_of([claim], thread([first, second]), today=DECEMBER)
    answered = {(claim.key, drift.change.key)}
    assert drift_of([claim], thread([first, second]), today=DECEMBER, answered=answered) == []
    assert len(drift_of([claim], thread([first, second, third]), today=DECEMBER, answered=answered)) == 1


def test_one_claims_answer_does_not_quiet_another() -> None:
    was, now = rating("4+"), rating("3", on=JUNE)
    one = claim_on(was)
    other = Claim("s2", "It works here too.", "what-works", (was.fingerprint,))
    [drift, _] = drift_of([one, other], thread([was, now]), today=DECEMBER)
    left = drift_of([one, other], thread([was, now]), today=DECEMBER, answered={("s1", drift.change.key)})
    assert [each.claim for each in left] == ["s2"]


def test_a_new_method_with_the_same_result_says_so() -> None:
    was, now = rating("4+"), rating("4+", version="2", on=JUNE)
    [change] = changes_to(was, thread([was, now]), today=DECEMBER)
    assert change.words == "Worked out again with reading of registers 2; the result is the same."
