"""What a review takes from its studies: the form, the outcomes with their instruments, and how many people do it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from wherewithal.analyse.reviews.extraction.form import Form, changes_of, default_form
from wherewithal.analyse.reviews.extraction.study import Instrument, Outcome
from wherewithal.errors import BadInput, Problem


@dataclass(frozen=True)
class Plan:
    """A version of the plan. ``people`` is 1 or 2: two extract without seeing each other's, then reconcile.

    Raises BadInput for other numbers of people, for keys used twice, and for an instrument of no outcome.
    """

    people: int = 1
    form: Form = field(default_factory=default_form)
    outcomes: tuple[Outcome, ...] = ()
    instruments: tuple[Instrument, ...] = ()

    def __post_init__(self) -> None:
        if self.people not in (1, 2):
            raise BadInput(f"One or two people extract from each study, not {self.people}.")
        problems = []
        for what, keys in (
            ("outcome", [each.key for each in self.outcomes]),
            ("measure", [each.key for each in self.instruments]),
        ):
            problems += [
                Problem(key, f"{what} given twice", "a name of its own", "Give one of them another name.")
                for key in sorted({key for key in keys if keys.count(key) > 1})
            ]
        there = {outcome.key for outcome in self.outcomes}
        problems += [
            Problem(each.name, f"measures '{each.outcome}'", "one of the outcomes", "Choose its outcome.")
            for each in self.instruments
            if each.outcome not in there
        ]
        if problems:
            raise BadInput("The plan cannot be kept as it is.", problems)

    def outcome(self, key: str) -> Outcome | None:
        return next((each for each in self.outcomes if each.key == key), None)

    def instrument(self, key: str) -> Instrument | None:
        return next((each for each in self.instruments if each.key == key), None)

    def instruments_of(self, outcome: str) -> tuple[Instrument, ...]:
        return tuple(each for each in self.instruments if each.outcome == outcome)

    def as_dict(self) -> dict[str, Any]:
        return {
            "people": self.people,
            "form": self.form.as_dict(),
            "outcomes": [each.as_dict() for each in self.outcomes],
            "instruments": [each.as_dict() for each in self.instruments],
        }

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Self:
        return cls(
            plain["people"],
            Form.from_dict(plain["form"]),
            tuple(Outcome.from_dict(each) for each in plain["outcomes"]),
            tuple(Instrument.from_dict(each) for each in plain["instruments"]),
        )


def plan_changes(older: Plan, newer: Plan) -> list[str]:
    """What a newer plan changed, in a sentence each."""
    said = []
    if older.people != newer.people:
        said.append("two people extract" if newer.people == 2 else "one person extracts")
    for what, before, after in (
        ("outcome", {each.key: each for each in older.outcomes}, {each.key: each for each in newer.outcomes}),
        (
            "measure",
            {each.key: each for each in older.instruments},
            {each.key: each for each in newer.instruments},
        ),
    ):
        said += [f"new {what}: {after[key].name}" for key in after if key not in before]
        said += [f"{what} taken out: {before[key].name}" for key in before if key not in after]
        said += [
            f"{what} changed: {after[key].name}"
            for key in after
            if key in before and after[key] != before[key]
        ]
    return [*said, *changes_of(older.form, newer.form)]
