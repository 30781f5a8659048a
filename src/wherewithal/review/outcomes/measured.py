"""What a baseline or a result on the thread says: read back from the facts of its finding.

A review needs no more than the thread. The names of the facts are those that ``wherewithal.do.delivery``
writes; a test holds the two rooms to the same names.
"""

from __future__ import annotations

from dataclasses import dataclass

from wherewithal.thread import Finding

ROOM = "delivery"
BASELINE, RESULT = "baseline", "result"


@dataclass(frozen=True)
class Measured:
    """One reading. ``families`` is None where too few were measured for a figure to be shown."""

    measure: str
    name: str
    kind: str
    finding: Finding
    is_share: bool
    higher_is_better: bool
    on: str
    families: int | None
    count: int | None = None
    mean: float | None = None
    sd: float | None = None

    @property
    def unit(self) -> str:
        return self.finding.unit


def measured(finding: Finding) -> Measured | None:
    """The reading that ``finding`` holds, or None where it is a finding of another sort.

    Raises ValueError where it says that it is a reading and lacks the facts of one.
    """
    parts = finding.subject.split(":")
    if len(parts) != 4 or parts[0] != ROOM or parts[3] not in (BASELINE, RESULT):
        return None
    _room, _case, measure, kind = parts
    facts = finding.facts
    try:
        shown = facts["Families"].isdecimal()
        is_share = facts["Kind of figure"] == "share of families"
        return Measured(
            measure=measure,
            name=facts["Measure"],
            kind=kind,
            finding=finding,
            is_share=is_share,
            higher_is_better=facts["Better"] == "higher is better",
            on=facts["Measured on"],
            families=int(facts["Families"]) if shown else None,
            count=int(facts["Counted"]) if shown and is_share else None,
            mean=float(facts["Mean"]) if shown and not is_share else None,
            sd=float(facts["Standard deviation"]) if "Standard deviation" in facts else None,
        )
    except KeyError as missing:
        raise ValueError(f"the reading '{finding.title}' lacks the fact {missing}") from missing
