"""The protocol of a review: what is asked, what is kept and left out, how it is screened, and when it may stop.

A protocol is written before screening and amended afterwards with a reason, never replaced: what was planned and
what was changed can both be read (PRISMA 2020, item 24c: "Describe and explain any amendments").
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from wherewithal.analyse.reviews.protocol_routes import Ask, Route, route
from wherewithal.analyse.reviews.screening.decisions import REASONS, reason
from wherewithal.analyse.reviews.screening.findings import SearchFile
from wherewithal.analyse.reviews.screening.stopping import CONFIDENCE, TARGET
from wherewithal.errors import BadInput, Problem
from wherewithal.thread import fingerprint_of

PARTS: Mapping[str, str] = {
    "population": "Population",
    "intervention": "Intervention",
    "comparison": "Comparison",
    "outcome": "Outcome",
    "context": "Context",
}
"""The parts of the question: who, what, instead of what, for what, where."""

MOST_LOOKS = 50


@dataclass(frozen=True)
class Protocol:
    """What a review sets out to do.

    ``keep`` are rules for what is kept. ``leave_out`` gives, for the key of a reason for leaving a record out,
    what that reason means in this review. ``second_share`` is the percentage of records that two people decide
    about, drawn by ``seed``. ``looks`` is how often one may ask during screening whether enough was read, for
    ``target`` of what is relevant with ``confidence``. Raises BadInput for what cannot be.
    """

    route: str = "rapid"
    population: str = ""
    intervention: str = ""
    comparison: str = ""
    outcome: str = ""
    context: str = ""
    keep: tuple[str, ...] = ()
    leave_out: Mapping[str, str] = field(default_factory=dict)
    second_share: int = 0
    target: float = TARGET
    confidence: float = CONFIDENCE
    looks: int = 10
    model: str = "terms"
    seed: int = 0

    def __post_init__(self) -> None:
        route(self.route)
        for key in self.leave_out:
            reason(key)
        wrong = []
        if not 0 <= self.second_share <= 100:
            wrong.append(
                _wrong("records that two people decide about", f"{self.second_share} per cent", "0 to 100")
            )
        for name, value in (("what is to be found", self.target), ("how sure", self.confidence)):
            if not 0.5 <= value < 1:
                wrong.append(_wrong(name, f"{value:.0%}", "50% to 99%"))
        if not 1 <= self.looks <= MOST_LOOKS:
            wrong.append(_wrong("planned looks", str(self.looks), f"1 to {MOST_LOOKS}"))
        if wrong:
            raise BadInput("The protocol asks for something that cannot be.", wrong)

    @property
    def question(self) -> str:
        """The protocol's own words, from which ranking starts before anything is decided."""
        return " ".join(filter(None, [*(getattr(self, part) for part in PARTS), *self.keep]))

    @property
    def words(self) -> frozenset[str]:
        """The words of the question that stand out in a text: not the small ones."""
        found = re.findall(r"\w[\w-]{2,}", self.question.casefold())
        return frozenset(word for word in found if word not in SMALL_WORDS)

    @property
    def fingerprint(self) -> str:
        return fingerprint_of(self.as_dict())

    def reason_hint(self, key: str) -> str:
        """What a reason for leaving a record out means here, or in general where the protocol does not say."""
        return self.leave_out.get(key) or reason(key).hint

    def as_dict(self) -> dict[str, Any]:
        plain = {each.name: getattr(self, each.name) for each in fields(self)}
        return {**plain, "keep": list(self.keep), "leave_out": dict(self.leave_out)}

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Protocol:
        known = {each.name for each in fields(cls)}
        kept = {name: value for name, value in plain.items() if name in known}
        return cls(
            **{**kept, "keep": tuple(plain.get("keep", ())), "leave_out": dict(plain.get("leave_out", {}))}
        )


def _wrong(where: str, found: str, expected: str) -> Problem:
    return Problem(where, found, expected, "Choose a number between these.")


_SMALL = """
a about after all also an and any are as at be been before between both but by can do does for from had has have how
if in into is it its may more most no nor not of on or other our out over should some such than that the their them
there these they this those through to under up use used using was we were what when where which who whose why will
with within without would aged age ages study studies compared
"""
SMALL_WORDS = frozenset(_SMALL.split())
"""Words that say nothing about what a review is about."""


def asks_of(protocol: Protocol, searches: Sequence[SearchFile]) -> list[tuple[Ask, bool]]:
    """What the route asks for, each with whether it is there."""
    there = {
        "question": all((protocol.population, protocol.intervention, protocol.outcome)),
        "whole question": all(getattr(protocol, part) for part in PARTS),
        "rules": bool(protocol.keep and protocol.leave_out),
        "search": bool(searches),
        "two databases": len({search.database.casefold() for search in searches if search.database}) > 1,
        "dated": bool(searches) and all(search.searched_on and search.search for search in searches),
        "second some": protocol.second_share >= 20,
        "second all": protocol.second_share == 100,
        "earlier": any(search.database.casefold().startswith("earlier review") for search in searches),
    }
    return [(ask, there[ask.key]) for ask in route(protocol.route).asks]


def changes(older: Protocol, newer: Protocol) -> list[str]:
    """What changed from one version to the next, a line for each thing, in words."""
    found = []
    if older.route != newer.route:
        found.append(_change("Route", _route(older).name, _route(newer).name))
    for part, name in PARTS.items():
        before, after = getattr(older, part), getattr(newer, part)
        if before != after:
            found.append(_change(name, before, after))
    found += [f"Kept no longer if: {rule}" for rule in older.keep if rule not in newer.keep]
    found += [f"Kept if: {rule}" for rule in newer.keep if rule not in older.keep]
    for each in REASONS:
        before, after = older.leave_out.get(each.key, ""), newer.leave_out.get(each.key, "")
        if before != after:
            found.append(_change(each.words, before, after))
    for words, name, unit in (
        ("Records that two people decide about", "second_share", "%"),
        ("Planned looks", "looks", ""),
    ):
        if getattr(older, name) != getattr(newer, name):
            found.append(_change(words, f"{getattr(older, name)}{unit}", f"{getattr(newer, name)}{unit}"))
    for words, name in (("To be found", "target"), ("How sure", "confidence")):
        if getattr(older, name) != getattr(newer, name):
            found.append(_change(words, f"{getattr(older, name):.0%}", f"{getattr(newer, name):.0%}"))
    for words, name in (("Model", "model"), ("Seed", "seed")):
        if getattr(older, name) != getattr(newer, name):
            found.append(_change(words, str(getattr(older, name)), str(getattr(newer, name))))
    return found


def _route(protocol: Protocol) -> Route:
    return route(protocol.route)


def _change(what: str, before: str, after: str) -> str:
    if not before:
        return f"{what}: now “{after}”"
    if not after:
        return f"{what}: no longer “{before}”"
    return f"{what}: was “{before}”, now “{after}”"
