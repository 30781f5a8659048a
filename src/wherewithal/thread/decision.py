"""A decision: what was chosen, by whom, on which frozen account of the case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from wherewithal.thread.claim import Claim
from wherewithal.thread.drift import Drift, Thread, drift_of
from wherewithal.thread.finding import Finding, fingerprint_of


class State(StrEnum):
    """Where a decision stands. ``TRANSITIONS`` says who may move it and where to."""

    PROPOSED = "waiting for a second person"
    CONFIRMED = "decided"
    RETURNED = "sent back"
    WITHDRAWN = "taken back"


@dataclass(frozen=True)
class Transition:
    """One allowed move: the verb people see, and who may make it."""

    verb: str
    to: State
    by: str


TRANSITIONS: Mapping[State, tuple[Transition, ...]] = {
    State.PROPOSED: (
        Transition("confirm", State.CONFIRMED, "an approver who is not the person who proposed it"),
        Transition("send back", State.RETURNED, "an approver who is not the person who proposed it"),
        Transition("take back", State.WITHDRAWN, "the person who proposed it"),
    ),
    State.CONFIRMED: (),
    State.RETURNED: (),
    State.WITHDRAWN: (),
}


@dataclass(frozen=True)
class Snapshot:
    """The claims of a case and every finding under them, frozen on one day.

    ``fingerprint`` proves that a stored snapshot is the one that was decided on.
    """

    taken_on: date
    claims: tuple[Claim, ...]
    findings: tuple[Finding, ...]

    @classmethod
    def of(cls, claims: Iterable[Claim], thread: Thread, *, on: date) -> Snapshot:
        """Freeze ``claims`` with the findings they cite and the findings those were worked out from.

        Raises KeyError where a claim cites a finding that is not on the thread.
        """
        claims = tuple(claims)
        wanted: dict[str, Finding] = {}

        def take(fingerprint: str) -> None:
            if fingerprint in wanted:
                return
            wanted[fingerprint] = thread.findings[fingerprint]
            for item in wanted[fingerprint].inputs:
                if item.fingerprint in thread.findings:
                    take(item.fingerprint)

        for claim in claims:
            for fingerprint in claim.rests_on:
                take(fingerprint)
        return cls(on, claims, tuple(wanted.values()))

    def as_dict(self) -> dict[str, Any]:
        return {
            "taken_on": self.taken_on.isoformat(),
            "claims": [
                {
                    "key": claim.key,
                    "text": claim.text,
                    "section": claim.section,
                    "rests_on": list(claim.rests_on),
                    "judgement_by": claim.judgement_by,
                }
                for claim in self.claims
            ],
            "findings": [finding.as_dict() for finding in self.findings],
        }

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Snapshot:
        return cls(
            date.fromisoformat(plain["taken_on"]),
            tuple(Claim(**{**claim, "rests_on": tuple(claim["rests_on"])}) for claim in plain["claims"]),
            tuple(Finding.from_dict(finding) for finding in plain["findings"]),
        )

    @property
    def content_fingerprint(self) -> str:
        """A hash of what it says, whatever the day: two equal ones mean that nothing was changed between."""
        return fingerprint_of({key: value for key, value in self.as_dict().items() if key != "taken_on"})

    @property
    def fingerprint(self) -> str:
        return fingerprint_of(self.as_dict())

    def drift(self, thread: Thread, *, today: date) -> list[Drift]:
        """The difference between what was decided on and today. The snapshot itself never changes.

        Answers given on the living case do not quiet it: they were not part of what was decided.
        """
        frozen = {finding.fingerprint: finding for finding in self.findings}
        merged = Thread({**thread.findings, **frozen}, thread.newest, thread.events)
        return drift_of(self.claims, merged, today=today)
