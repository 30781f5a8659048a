"""The PRISMA 2020 flow of a review, drawn from what was recorded.

Source: Page and others (2021), The PRISMA 2020 statement, BMJ 372:n71, figure 1, for new reviews of databases
and registers. A review that is still being screened has a flow too: what is unread stands in it as such.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from wherewithal.charts import Chart, Count, Step, flow_chart


@dataclass(frozen=True)
class Flow:
    """Numbers of records and reports at each point.

    ``identified`` is by database or register; ``removed`` by why, before screening, besides ``duplicates``, of
    which a machine found ``by_machine`` and people the rest.
    ``unread`` have no decision on title and abstract yet (``stopped``: nor will they, since reading was stopped),
    ``unsettled`` were read and are in doubt, ``excluded`` were left out. Of the rest,
    reports were ``not_retrieved``, are ``waiting`` for a decision on the full text, were ``excluded_reports``
    by reason, or are in ``reports_included``, which report ``studies_included`` studies.
    """

    identified: Mapping[str, int]
    duplicates: int = 0
    by_machine: int = 0
    removed: Mapping[str, int] = field(default_factory=dict)
    unread: int = 0
    unsettled: int = 0
    excluded: int = 0
    not_retrieved: int = 0
    waiting: int = 0
    excluded_reports: Mapping[str, int] = field(default_factory=dict)
    reports_included: int = 0
    studies_included: int | None = None
    stopped: bool = False

    def __post_init__(self) -> None:
        """Raises ValueError where a number is negative, or they do not add up."""
        numbers = [
            *self.identified.values(),
            *self.removed.values(),
            *self.excluded_reports.values(),
            *(
                self.duplicates,
                self.unread,
                self.unsettled,
                self.excluded,
                self.not_retrieved,
                self.waiting,
                self.reports_included,
            ),
        ]
        if any(number < 0 for number in numbers):
            raise ValueError("a number of records is negative")
        if not 0 <= self.by_machine <= self.duplicates:
            raise ValueError("a machine found more duplicates than there are")
        out = self.assessed - self.waiting - sum(self.excluded_reports.values())
        if out != self.reports_included:
            raise ValueError(
                f"{out:,} reports should be left after the full texts, and {self.reports_included:,} are included"
            )
        if self.studies_included is not None and self.studies_included > self.reports_included:
            raise ValueError("there are more studies than reports of them")

    @property
    def total(self) -> int:
        return sum(self.identified.values())

    @property
    def to_screen(self) -> int:
        """Records left after duplicates and the like were taken out."""
        return self.total - self.duplicates - sum(self.removed.values())

    @property
    def screened(self) -> int:
        return self.to_screen - self.unread

    @property
    def sought(self) -> int:
        """Reports whose full text was wanted."""
        return self.screened - self.excluded - self.unsettled

    @property
    def assessed(self) -> int:
        """Reports whose full text is there."""
        return self.sought - self.not_retrieved


def flow_of(flow: Flow, *, key: str = "prisma") -> Chart:
    """The flow as a chart with its table: stages, what went on, what was left out and why."""
    return flow_chart(TITLE, DESCRIPTION, steps_of(flow), key=key)


TITLE = "Flow of records through the review"
DESCRIPTION = "What was found, what was left out at each step and why, and what is included (PRISMA 2020)."


def steps_of(flow: Flow) -> tuple[Step, ...]:
    """The boxes of the flow, from top to bottom."""
    sources = [Count(f"From {name}", number, part=True) for name, number in flow.identified.items()]
    before = [Count("Duplicates", flow.duplicates)] if flow.duplicates else []
    if flow.by_machine:
        by_people = flow.duplicates - flow.by_machine
        before.append(Count("Found by the machine", flow.by_machine, part=True))
        before += [Count("Found by people", by_people, part=True)] if by_people else []
    before += [Count(why, number) for why, number in flow.removed.items()]
    why_unread = (
        "Besides these, not read: reading was stopped" if flow.stopped else "Besides these, not read yet"
    )
    unread = [Count(why_unread, flow.unread)] if flow.unread else []
    if flow.unsettled:
        unread.insert(0, Count("Read, and in doubt", flow.unsettled))
    waiting = (Count("Full text not decided on yet", flow.waiting),) if flow.waiting else ()
    reasons = [Count(why, number, part=True) for why, number in flow.excluded_reports.items()]
    excluded = [Count("Reports excluded", sum(flow.excluded_reports.values())), *reasons] if reasons else []
    included = [Count("Reports included", flow.reports_included)]
    if flow.studies_included is not None:
        included.insert(0, Count("Studies included", flow.studies_included))
    return (
        Step("Identification", (Count("Records found", flow.total), *sources), tuple(before)),
        Step(
            "Screening",
            (Count("Records screened", flow.screened),),
            (Count("Records excluded", flow.excluded), *unread),
        ),
        Step(
            "Screening",
            (Count("Reports sought", flow.sought),),
            (Count("Reports not found", flow.not_retrieved),),
        ),
        Step(
            "Screening",
            (Count("Reports assessed in full", flow.assessed - flow.waiting),),
            (*excluded, *waiting),
        ),
        Step("Included", tuple(included)),
    )
