"""How complete a case is, stage by stage, and what it still lacks.

No stage is a gate: a case starts anywhere and skips what it likes. What is missing is said, never enforced.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """The commissioning cycle of the Institute of Public Care."""

    ANALYSE = "Analyse"
    PLAN = "Plan"
    DO = "Do"
    REVIEW = "Review"


@dataclass(frozen=True)
class Need:
    """One thing a stage wants.

    ``key`` is what a room reports as present; ``label`` names it in a list of what is in place; ``missing``
    is how its absence reads in the stage bar; ``ask`` is the same as a thing to do.
    """

    key: str
    label: str
    missing: str
    ask: str


NEEDS: Mapping[Stage, tuple[Need, ...]] = {
    Stage.ANALYSE: (
        Need("question", "the question", "no question yet", "Write the question this case is to answer"),
        Need(
            "local data",
            "local figures",
            "local figures missing",
            "Add a local figure, with England beside it",
        ),
        Need("research", "research", "research missing", "Look up what research says"),
        Need("families' voice", "families' view", "families' view missing", "Add what families say"),
        Need(
            "judgement",
            "professional judgement",
            "practitioners' view missing",
            "Ask someone who runs services",
        ),
        Need(
            "records",
            "studies looked through",
            "no studies looked through",
            "Look through a search of studies",
        ),
    ),
    Stage.PLAN: (
        Need(
            "business as usual",
            "business as usual",
            "no 'carry on as now'",
            "Add 'carry on as now' as an option",
        ),
        Need(
            "two alternatives",
            "two alternatives",
            "fewer than two alternatives",
            "Add two options to compare",
        ),
        Need("costed", "costs of every option", "costs not complete", "Cost every option, year by year"),
        Need(
            "staffed",
            "staff for every option",
            "staffing not yet checked",
            "Say what staff each option needs",
        ),
        Need("paper", "the paper", "paper not started", "Start the paper"),
        Need(
            "supported",
            "every sentence supported",
            "sentences without support",
            "Link or mark every sentence",
        ),
        Need(
            "decided", "the decision", "not yet decided", "Propose a decision, for a second person to confirm"
        ),
    ),
    Stage.DO: (
        Need("provider", "who delivers", "no provider named", "Name who will deliver it"),
        Need("start", "a start date", "no start date", "Set the date it starts"),
        Need("measure", "an outcome measure", "no outcome measure", "Choose a measure for the review"),
        Need("baseline", "a baseline", "no outcome baseline", "Record the measure before it starts"),
    ),
    Stage.REVIEW: (
        Need("review date", "a review date", "date not set", "Set the review date, with the decision"),
        Need("result", "the measure after", "no result yet", "Record the measure again"),
        Need("verdict", "continue, adapt or stop", "not yet reviewed", "Decide to continue, adapt or stop"),
    ),
}


@dataclass(frozen=True)
class StageState:
    """One stage of one case: what is in place and what is missing, in the stage's own order."""

    stage: Stage
    in_place: tuple[Need, ...]
    missing: tuple[Need, ...]

    @property
    def share(self) -> float:
        """Share of the stage's needs in place, from 0 to 1. A count, not a judgement of quality."""
        return len(self.in_place) / (len(self.in_place) + len(self.missing))

    @property
    def words(self) -> str:
        """One short line: how many are in place and the first thing missing."""
        count = f"{len(self.in_place)} of {len(self.in_place) + len(self.missing)} in place"
        if not self.missing:
            return count
        return f"{count} · {self.missing[0].missing}"


def stages_of(present: Collection[str]) -> list[StageState]:
    """The four stages in order, given the keys of what the case already has.

    Raises ValueError for a key that no stage knows, which would otherwise never be seen.
    """
    known = {need.key for needs in NEEDS.values() for need in needs}
    unknown = sorted(set(present) - known)
    if unknown:
        raise ValueError(f"no stage knows {', '.join(unknown)}; known are {', '.join(sorted(known))}")
    return [
        StageState(
            stage,
            tuple(need for need in needs if need.key in present),
            tuple(need for need in needs if need.key not in present),
        )
        for stage, needs in NEEDS.items()
    ]
