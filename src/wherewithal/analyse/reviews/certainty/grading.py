"""How sure the evidence is about one outcome: people's decisions about each factor, and the level they come to.

Suggestions from the data stand beside the decisions and never among them: without a person's decision about every
factor that can lower it, there is no level.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wherewithal.analyse.reviews.certainty.factors import STEPS, Factor, factor, factors
from wherewithal.analyse.reviews.certainty.levels import Certainty, Design
from wherewithal.analyse.reviews.certainty.suggesting import Suggestion
from wherewithal.errors import BadInput, Problem


@dataclass(frozen=True)
class Decision:
    """What a person decided about one factor: steps below, at or above 0, with the reason and who it was."""

    factor: str
    steps: int
    reason: str
    by: str


@dataclass(frozen=True)
class Line:
    """One factor: what was decided (None where nobody has), and what the data suggest (None where nothing was asked).

    ``differs`` where a person decided otherwise than the data suggest.
    """

    factor: Factor
    decision: Decision | None
    suggestion: Suggestion | None

    @property
    def differs(self) -> bool:
        return (
            self.decision is not None
            and self.suggestion is not None
            and self.suggestion.steps is not None
            and self.suggestion.steps != self.decision.steps
        )


@dataclass(frozen=True)
class Grade:
    """How sure the evidence is about one outcome.

    ``level`` is None while a factor that can lower it is ``missing`` a decision. ``lines`` are every factor in order.
    ``steps`` is what all decisions add up to; the level stops at high and at very low.
    """

    start: Certainty
    level: Certainty | None
    steps: int
    lines: tuple[Line, ...]
    missing: tuple[Factor, ...]
    notes: tuple[str, ...] = ()

    @property
    def reasons(self) -> tuple[str, ...]:
        """A footnote for each factor that changes the level: what, by how much, and why."""
        return tuple(
            f"{line.factor.name}: {STEPS[line.decision.steps]}. {line.decision.reason.strip()}"
            for line in self.lines
            if line.decision is not None and line.decision.steps
        )

    @property
    def words(self) -> str:
        """The level, or what is missing for it."""
        if self.level is None:
            return f"Not graded yet: {len(self.missing)} to decide"
        return f"{self.level.words} certainty"


def grade(design: Design, decisions: Iterable[Decision], suggestions: Sequence[Suggestion] = ()) -> Grade:
    """The level that people's decisions come to, with the data's suggestions beside them.

    Of two decisions about one factor the later holds. Raises BadInput, with every problem, for a factor that is not
    there, steps that it cannot have, and steps without a reason, or other than suggested without one.
    """
    held: dict[str, Decision] = {each.factor: each for each in decisions}
    suggested = {each.factor.key: each for each in suggestions}
    problems = list(_problems(held, suggested))
    if problems:
        raise BadInput("These decisions cannot be kept as they are.", problems)
    lines = tuple(Line(each, held.get(each.key), suggested.get(each.key)) for each in factors())
    missing = tuple(line.factor for line in lines if line.factor.lowers and line.decision is None)
    lowered = sum(line.decision.steps for line in lines if line.decision and line.factor.lowers)
    raised = sum(line.decision.steps for line in lines if line.decision and not line.factor.lowers)
    notes = []
    if raised and design is Design.RANDOMISED:
        notes.append(
            "Randomised trials start at high: what raises them is only there to make good what lowers them."
        )
    if raised and lowered:
        notes.append(
            "GRADE asks not to raise what something else lowers, but in rare cases: say why in the reason."
        )
    place = min(3, max(0, design.start.place + lowered + raised))
    level = None if missing else list(Certainty)[place]
    return Grade(design.start, level, lowered + raised, lines, missing, tuple(notes))


def _problems(held: Mapping[str, Decision], suggested: Mapping[str, Suggestion]) -> Iterable[Problem]:
    there = {each.key for each in factors()}
    for key, decision in held.items():
        if key not in there:
            yield Problem(key, "no such factor", ", ".join(sorted(there)), "Correct it.")
            continue
        which = factor(key)
        if decision.steps not in which.steps:
            expected = ", ".join(f"{steps:+d}" if steps else "0" for steps in which.steps)
            yield Problem(which.name, f"{decision.steps:+d}", expected, "Choose one.")
        elif not decision.reason.strip():
            suggestion = suggested.get(key)
            if decision.steps:
                yield Problem(
                    which.name, "a change without a reason", "a reason", "Say why, for the footnote."
                )
            elif suggestion is not None and suggestion.steps:
                yield Problem(
                    which.name,
                    "no concern, where the data suggest one, without a reason",
                    "a reason",
                    "Say why you judge otherwise: both are kept.",
                )
