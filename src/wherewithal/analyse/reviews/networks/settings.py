"""What a person settles about a network before the answer: whose arms are the same, and how it is fitted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from wherewithal.analyse.reviews.extraction.study import Arm
from wherewithal.analyse.reviews.outcomes.choices import When
from wherewithal.analyse.reviews.synthesis.network import METHODS
from wherewithal.errors import BadInput, Problem

METHOD_WORDS: Mapping[str, str] = {
    "REML": "restricted maximum likelihood (REML), the usual one",
    "DL": "DerSimonian and Laird’s, by moments",
    "ML": "maximum likelihood (ML)",
    "EE": "a common effect: every study of two interventions is taken to have the same true effect",
}
LONGEST = 60


@dataclass(frozen=True)
class Match:
    """An arm of a study as it was called when a person matched it, and the intervention it is.

    ``node`` is empty where it is none of this network's.
    """

    study: str
    arm: int
    name: str
    node: str


@dataclass(frozen=True)
class NetworkSettings:
    """How a network is put together.

    ``reference`` is the intervention that others are set against, empty for the usual one (see ``gathering``).
    ``leave_out`` are keys of studies that a person took out, each with the reason. Raises BadInput for what cannot be.
    """

    matches: tuple[Match, ...] = ()
    reference: str = ""
    when: When = When.FIRST
    method: str = "REML"
    leave_out: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "when", When(self.when))
        problems = []
        if self.method not in METHODS:
            problems.append(Problem("method", repr(self.method), ", ".join(METHODS), "Choose one of these."))
        if self.when is When.ALL:
            problems.append(
                Problem("when", "every measurement", "the first or the last", "A network takes one a study.")
            )
        if any(not reason.strip() for _study, reason in self.leave_out):
            problems.append(Problem("left out", "no reason", "a reason", "Say why a study is left out."))
        problems += [
            Problem(
                match.name, f"{len(match.node)} letters", f"at most {LONGEST}", "Call it something shorter."
            )
            for match in self.matches
            if len(match.node) > LONGEST
        ]
        if self.reference and self.reference not in self.nodes:
            problems.append(
                Problem(
                    "set against", self.reference, ", ".join(self.nodes) or "none yet", "Choose one of these."
                )
            )
        if problems:
            raise BadInput("The network cannot be put together so.", problems)

    @property
    def nodes(self) -> tuple[str, ...]:
        """The interventions, by name."""
        return tuple(sorted({match.node for match in self.matches if match.node}, key=str.casefold))

    def node_of(self, study: str, arm: Arm) -> str | None:
        """The intervention that an arm is, empty where it is none; None where nobody has said, or it was renamed."""
        for match in self.matches:
            if (match.study, match.arm) == (study, arm.number):
                return match.node if match.name == arm.name else None
        return None

    def as_dict(self) -> dict[str, Any]:
        return {
            "matches": [[each.study, each.arm, each.name, each.node] for each in self.matches],
            "reference": self.reference,
            "when": self.when.value,
            "method": self.method,
            "leave_out": [list(pair) for pair in self.leave_out],
        }

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Self:
        return cls(
            tuple(Match(*each) for each in plain["matches"]),
            plain["reference"],
            When(plain["when"]),
            plain["method"],
            tuple((study, reason) for study, reason in plain["leave_out"]),
        )

    def matched(self, matches: tuple[Match, ...]) -> NetworkSettings:
        """The same with arms matched otherwise; a reference that is no intervention any more is the usual one."""
        there = {match.node for match in matches}
        return replace(self, matches=matches, reference=self.reference if self.reference in there else "")
