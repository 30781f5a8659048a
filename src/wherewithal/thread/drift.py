"""Drift: what has changed under a sentence, a paper or a decision since it was written.

It is worked out from the thread each time it is asked for, and never flagged by hand:

1. ``changes_to`` compares one finding with the thread as it is today: was it superseded, has it expired, was
   a source of it withdrawn, retracted or re-rated, or did any of that happen to a finding it was worked out
   from?
2. ``drift_of`` walks from claims to findings and gives every change that nobody has answered.

A person answers a change by rewording the sentence or by keeping it with a reason. The answer names the
change's ``key``, so it is quiet until the next change and no longer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wherewithal.plain_english import long_date
from wherewithal.thread.claim import Claim
from wherewithal.thread.finding import Finding, fingerprint_of


class Kind(StrEnum):
    SUPERSEDED = "superseded"
    EXPIRED = "due another look"
    WITHDRAWN = "withdrawn"
    RETRACTED = "retracted"
    RERATED = "re-rated"
    NOTICE = "notice published"
    INPUT_CHANGED = "worked out from something that changed"


OF_A_SOURCE = (Kind.WITHDRAWN, Kind.RETRACTED, Kind.RERATED, Kind.NOTICE)
"""What can happen to a source. A notice is a correction or an expression of concern: less than a retraction."""


@dataclass(frozen=True)
class SourceEvent:
    """Something that happened to a source, as recorded by a person or an import, on one day."""

    source_key: str
    kind: Kind
    on: date
    words: str
    url: str = ""

    def __post_init__(self) -> None:
        if self.kind not in OF_A_SOURCE:
            raise ValueError(
                f"a source is withdrawn, retracted or re-rated, or has a notice; not {self.kind}"
            )


@dataclass(frozen=True)
class Change:
    """One thing that changed under one finding.

    ``words`` say what changed, for a reader; ``newer`` is the finding to look at instead, if there is one.
    """

    finding: str
    kind: Kind
    on: date
    words: str
    newer: str = ""

    @property
    def key(self) -> str:
        """Stable for this change and different for the next one, so that an answer quiets only this one."""
        return fingerprint_of([self.finding, self.kind, self.on, self.newer, self.words])


@dataclass(frozen=True)
class Drift:
    """A change as it meets one claim."""

    claim: str
    change: Change


@dataclass(frozen=True)
class Thread:
    """Everything that drift is worked out from.

    ``findings`` by fingerprint. ``newest`` from a fingerprint to that of the newest finding on the same
    subject: a line of findings can come back to an earlier result, so the newest is named and not followed
    step by step. ``events`` happened to sources.
    """

    findings: Mapping[str, Finding]
    newest: Mapping[str, str]
    events: tuple[SourceEvent, ...] = ()

    def latest(self, fingerprint: str) -> str:
        """The newest finding on the same subject: the finding itself where nothing replaced it."""
        return self.newest.get(fingerprint, fingerprint)


def changes_to(finding: Finding, thread: Thread, *, today: date) -> list[Change]:
    """Every change under one finding, as of ``today``, what happened first coming first.

    A finding that was superseded is not also called expired: the newer one carries its own look-again date.
    """
    return _changes(finding, thread, today, frozenset())


def _changes(finding: Finding, thread: Thread, today: date, seen: frozenset[str]) -> list[Change]:
    mine = finding.fingerprint
    if mine in seen:
        return []
    changes = []
    latest = thread.latest(mine)
    if latest != mine and latest in thread.findings:
        newer = thread.findings[latest]
        changes.append(Change(mine, Kind.SUPERSEDED, newer.found_on, what_changed(finding, newer), latest))
    elif finding.look_again and finding.look_again <= today:
        words = f"It was to be looked at again on {long_date(finding.look_again)}."
        changes.append(Change(mine, Kind.EXPIRED, finding.look_again, words))
    keys = {source.key for source in finding.sources}
    changes.extend(
        Change(mine, event.kind, event.on, event.words)
        for event in thread.events
        if event.source_key in keys and event.on >= finding.found_on
    )
    for item in finding.inputs:
        under = thread.findings.get(item.fingerprint)
        if under is None:
            continue
        changes.extend(
            Change(mine, Kind.INPUT_CHANGED, change.on, f"{under.title}: {change.words}", change.newer)
            for change in _changes(under, thread, today, seen | {mine})
        )
    return sorted(changes, key=lambda change: (change.on, change.kind))


def what_changed(older: Finding, newer: Finding) -> str:
    """The difference between two findings on one subject, in words a reader can check."""
    lines = []
    for name, was in older.facts.items():
        now = newer.facts.get(name)
        if now is None:
            lines.append(f"{name}: was {was}, no longer given")
        elif now != was:
            lines.append(f"{name}: was {was}, now {now}")
    lines.extend(f"{name}: new, {now}" for name, now in newer.facts.items() if name not in older.facts)
    if lines:
        return "; ".join(lines) + "."
    if older.statement != newer.statement:
        return f"Was: {older.statement} Now: {newer.statement}"
    if older.method != newer.method:
        return f"Worked out again with {newer.method.name} {newer.method.version}; the result is the same."
    return "Worked out again from newer inputs; the result is the same."


def drift_of(
    claims: Iterable[Claim], thread: Thread, *, today: date, answered: Collection[tuple[str, str]] = ()
) -> list[Drift]:
    """Every unanswered change under ``claims``, in the order of the claims.

    ``answered`` holds pairs of a claim's key and a change's key.
    """
    quiet = set(answered)
    found: list[Drift] = []
    for claim in claims:
        for fingerprint in claim.rests_on:
            finding = thread.findings.get(fingerprint)
            if finding is None:
                continue
            found.extend(
                Drift(claim.key, change)
                for change in changes_to(finding, thread, today=today)
                if (claim.key, change.key) not in quiet
            )
    return found
