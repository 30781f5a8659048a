"""Our area as a person describes it, with the source of each thing, and a study's facts as they were extracted."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from wherewithal.analyse.reviews.extraction.form import NOT_REPORTED, Form, Kind
from wherewithal.analyse.reviews.transferability.ages import ages_in
from wherewithal.analyse.reviews.transferability.resemblance import (
    Area,
    Characteristic,
    Ours,
    Unread,
    Value,
    characteristics,
    ours_in_words,
)
from wherewithal.errors import BadInput, Problem
from wherewithal.thread import fingerprint_of

_ENGLAND = ("England", "United Kingdom", "UK", "Great Britain")


def own_questions(form: Form) -> tuple[Characteristic, ...]:
    """Questions of the team's form that can be compared by rule: choices, yes or no, numbers."""
    always = {each.key for each in characteristics()}
    hows = {Kind.CHOICE.value: "one of", Kind.YES_NO.value: "one of", Kind.NUMBER.value: "numbers"}
    return tuple(
        Characteristic(each.key, each.words.rstrip("?"), hows[each.kind], False, each.help, own=True)
        for each in form.questions
        if each.kind in hows and each.key not in always
    )


@dataclass(frozen=True)
class OurArea:
    """What a person says of our area: what counts as alike by characteristic, where that is from, and what decides.

    Raises BadInput for something said without a source, and whatever ``Area`` refuses.
    """

    name: str
    alike: Mapping[str, Ours]
    sources: Mapping[str, str]
    deciding: tuple[str, ...]
    own: tuple[Characteristic, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        named = {each.key: each for each in (*characteristics(), *self.own)}
        problems = [
            Problem(
                named[key].name if key in named else key,
                "no source",
                "who says so, or where it stands",
                "For example: the protocol; the needs profile; agreed with schools.",
            )
            for key in self.alike
            if not self.sources.get(key, "").strip()
        ]
        if problems:
            raise BadInput("Nothing about our area goes without its source.", problems)
        object.__setattr__(self, "deciding", self.area.decides)

    @property
    def area(self) -> Area:
        return Area(self.name, self.alike, self.deciding, self.own)

    @property
    def lines(self) -> tuple[tuple[Characteristic, str, str, bool], ...]:
        """What is compared: the characteristic, ours in words, where from, and whether it decides."""
        return tuple(
            (
                each,
                ours_in_words(each, self.alike[each.key]),
                self.sources[each.key],
                each.key in self.deciding,
            )
            for each in self.area.compared
        )

    @property
    def fingerprint(self) -> str:
        """Changes where anything that is compared changes; not with the wording of a source."""
        return fingerprint_of([self.name, self._plain_alike(), sorted(self.deciding)])

    def ours(self, key: str) -> Ours | None:
        return self.alike.get(key)

    def _plain_alike(self) -> dict[str, Any]:
        return {
            key: [None if math.isinf(each) else each for each in ours]
            if isinstance(ours, tuple)
            else ours
            if isinstance(ours, int)
            else list(ours)
            for key, ours in self.alike.items()
        }

    def as_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "alike": self._plain_alike(),
            "sources": dict(self.sources),
            "deciding": list(self.deciding),
        }

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any], form: Form) -> Self | None:
        """What ``as_dict`` wrote, as far as the form still asks; None where nothing that decides is left."""
        own = own_questions(form)
        there = {each.key: each for each in (*characteristics(), *own)}
        alike = {
            key: ours
            for key, value in plain["alike"].items()
            if key in there and (ours := _ours(there[key].how, value)) is not None
        }
        deciding = tuple(key for key in plain["deciding"] if key in alike)
        if not deciding:
            return None
        return cls(plain["name"], alike, plain["sources"], deciding, own)


def _ours(how: str, value: Any) -> Ours | None:
    """What was kept, as it is compared now; None where the team has made the question another kind since."""
    span = isinstance(value, list) and len(value) == 2 and not any(isinstance(end, str) for end in value)
    if how in ("ages", "numbers"):
        low, high = value if span else (None, None)
        if low is None and high is None:
            return None
        return (-math.inf if low is None else float(low), math.inf if high is None else float(high))
    if how == "years":
        return value if isinstance(value, int) else None
    words = [each for each in value if isinstance(each, str)] if isinstance(value, list) else []
    return words or None


def first_guess(*, area_name: str, area_code: str, population: str) -> dict[str, tuple[Ours, str]]:
    """What the case and the protocol say already, by characteristic, with where it is from: for a person to correct."""
    found: dict[str, tuple[Ours, str]] = {}
    if area_code[:1] not in ("W", "S", "N"):
        where = f"{area_name}, the case’s area" if area_name else "the workbench is made for England"
        found["country"] = (list(_ENGLAND), where)
    ages = ages_in(population)
    if ages:
        found["age"] = (ages, f"the protocol’s population: {population.strip()[:200]}")
    return found


def reported_by(answers: Mapping[str, str], year: int | None, area: Area) -> dict[str, Value]:
    """A study's facts for what is compared, from what was extracted (by question) and the year of its last report."""
    return {
        each.key: year if each.how == "years" else _value(each, answers.get(each.key, ""))
        for each in area.compared
    }


def _value(what: Characteristic, answer: str) -> Value:
    said = answer.strip()
    if not said or said.casefold() == NOT_REPORTED:
        return None
    if what.how == "ages":
        return ages_in(said) or Unread(said)
    if what.how == "numbers":
        try:
            return float(said)
        except ValueError:
            return Unread(said)
    return said
