"""A finding: one dated, immutable result of one analysis, with what it was worked out from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class Lane(StrEnum):
    """What kind of ground a finding is: kept apart everywhere, never averaged."""

    RESEARCH = "research"
    LOCAL_DATA = "local data"
    VOICE = "families' voice"
    JUDGEMENT = "judgement"
    MONEY = "money"


@dataclass(frozen=True)
class Interval:
    """A range around a value, with what kind of range it is ("95% interval", "5th to 95th percentile")."""

    low: float
    high: float
    kind: str

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError(f"an interval runs from low to high; got {self.low} to {self.high}")


@dataclass(frozen=True)
class Method:
    """How the finding was reached. A new version of a method makes a new finding from the same inputs."""

    name: str
    version: str


@dataclass(frozen=True)
class Input:
    """One thing the finding was worked out from: a file, a row, a pack, or another finding.

    ``fingerprint`` is a hash of its content; for another finding, that finding's own fingerprint, which is
    how drift travels along the thread.
    """

    name: str
    fingerprint: str


@dataclass(frozen=True)
class Source:
    """Where an input comes from, so that a reader can go and look.

    ``key`` is stable across editions ("register:foundations-guidebook"): a source that is withdrawn or
    retracted is named by it. ``edition`` is the publisher's date or version in words.
    """

    key: str
    title: str
    url: str = ""
    edition: str = ""
    licence: str = ""


@dataclass(frozen=True)
class Finding:
    """One result on the thread.

    ``subject`` says what it is about in a stable key: a later finding with the same subject supersedes this
    one. ``title`` and ``statement`` are what a reader sees; ``facts`` are the result as labelled words,
    compared with a newer finding's to say what changed; ``value``, ``unit`` and ``interval`` hold the number,
    if there is one; ``cautions`` are what a careful reader should know; ``band`` is a library reading, if
    any. ``link`` is the page of the workbench where it can be seen. ``made_up`` marks demonstration figures.
    """

    lane: Lane
    subject: str
    title: str
    statement: str
    method: Method
    inputs: tuple[Input, ...]
    sources: tuple[Source, ...]
    found_on: date
    judged_by: str = ""
    look_again: date | None = None
    value: float | None = None
    unit: str = ""
    interval: Interval | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    band: str = ""
    cautions: tuple[str, ...] = ()
    link: str = ""
    made_up: bool = False

    def __post_init__(self) -> None:
        if not self.subject or not self.title or not self.statement:
            raise ValueError("a finding needs a subject, a title and a statement")
        if not self.inputs:
            raise ValueError("a finding needs at least one input: what was it worked out from?")
        if self.lane is Lane.JUDGEMENT and not self.judged_by:
            raise ValueError("a judgement needs the name of the person whose judgement it is")
        object.__setattr__(self, "facts", dict(self.facts))

    @property
    def fingerprint(self) -> str:
        """A hash of subject, inputs, method and version: the same run twice is the same finding."""
        return fingerprint_of(
            {
                "lane": self.lane,
                "subject": self.subject,
                "method": [self.method.name, self.method.version],
                "inputs": sorted([item.name, item.fingerprint] for item in self.inputs),
            }
        )

    def as_dict(self) -> dict[str, Any]:
        """A JSON-ready copy: what snapshots and stores keep. ``from_dict`` brings it back.

        Facts become pairs: a store of JSON may keep the keys of an object in an order of its own.
        """
        plain: dict[str, Any] = json.loads(json.dumps(asdict(self), default=str))
        plain["facts"] = [list(pair) for pair in plain["facts"].items()]
        return plain

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Finding:
        """The finding that ``as_dict`` wrote. Raises KeyError or ValueError where the text is not one."""
        interval = plain["interval"]
        return cls(
            **{
                **plain,
                "lane": Lane(plain["lane"]),
                "method": Method(**plain["method"]),
                "inputs": tuple(Input(**item) for item in plain["inputs"]),
                "sources": tuple(Source(**item) for item in plain["sources"]),
                "found_on": date.fromisoformat(plain["found_on"]),
                "look_again": date.fromisoformat(plain["look_again"]) if plain["look_again"] else None,
                "interval": Interval(**interval) if interval else None,
                "cautions": tuple(plain["cautions"]),
                "facts": dict(plain["facts"]),
            }
        )


def fingerprint_of(content: object) -> str:
    """SHA-256 of any JSON-like content in one canonical form: keys sorted, no spaces, dates as ISO text."""
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()
