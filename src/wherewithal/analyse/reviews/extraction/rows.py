"""Extracted results as rows of a table: what the synthesis commands read, and where every number is from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from wherewithal.analyse.reviews.extraction.effect import Effect
from wherewithal.analyse.reviews.extraction.given import Given
from wherewithal.analyse.reviews.extraction.study import Arm, Instrument, Outcome, Place, Study, TimePoint
from wherewithal.analyse.reviews.synthesis.effects.parts import MEANINGS
from wherewithal.thread import fingerprint_of

Value = str | float | None


@dataclass(frozen=True)
class Row:
    """One result that holds, with everything around it.

    ``effect`` is in the outcome's measure and turned to its direction; where there is none, ``why_not`` says why.
    ``by`` names who took it from the paper, ``how`` how many did and how it was settled.
    """

    study: Study
    outcome: Outcome
    instrument: Instrument
    time: TimePoint
    arms: tuple[Arm | None, Arm | None]
    given: Given
    effect: Effect | None
    why_not: str = ""
    place: Place = field(default_factory=Place)
    by: str = ""
    how: str = ""
    doubts: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return self.study.name

    @property
    def fingerprint(self) -> str:
        """A hash of all that the effect is worked out from: a corrected number is another row."""
        return fingerprint_of(
            [
                self.study.number,
                sorted(report.key for report in self.study.reports),
                [self.outcome.as_dict(), self.instrument.as_dict(), self.time.as_dict()],
                [arm.as_dict() if arm else None for arm in self.arms],
                self.given.as_dict(),
            ]
        )


FIRST = (
    "study",
    "study_number",
    "outcome",
    "instrument",
    "time",
    "weeks",
    "arm_1",
    "arm_2",
    "measure",
    "yi",
    "vi",
)
LAST = (
    "turned",
    "people",
    "form",
    "given",
    "worked_out",
    "assumed",
    "no_effect_because",
    "page",
    "quotation",
    "taken_by",
    "agreement",
    "doubts",
    "reports",
)


def table_of(rows: Sequence[Row]) -> tuple[tuple[str, ...], list[dict[str, Value]]]:
    """The columns and the rows. ``yi`` and ``vi`` are what ``wherewithal synthesis pool`` reads; "m1i", "ai" and the
    like are there where an effect went through them, for ``wherewithal synthesis effects --turn turned``.

    Numbers are numbers, so that only words need to be made harmless for a spreadsheet.
    """
    there = {name for row in rows if row.effect for name, _value in row.effect.columns}
    names = tuple(name for name in MEANINGS if name in there)
    return (*FIRST, *names, *LAST), [_plain(row, names) for row in rows]


def _plain(row: Row, names: Iterable[str]) -> dict[str, Value]:
    effect = row.effect
    columns = dict(effect.columns) if effect else {}
    return {
        "study": row.label,
        "study_number": float(row.study.number),
        "outcome": row.outcome.name,
        "instrument": row.instrument.name,
        "time": row.time.words,
        "weeks": row.time.weeks,
        "arm_1": row.arms[0].name if row.arms[0] else "",
        "arm_2": row.arms[1].name if row.arms[1] else "",
        "measure": row.outcome.measure,
        "yi": effect.value if effect else None,
        "vi": effect.variance if effect else None,
        **{name: columns.get(name) for name in names},
        "turned": 1.0 if row.instrument.turned else 0.0,
        "people": effect.people if effect else None,
        "form": row.given.what.name,
        "given": "; ".join(f"{key} {value:g}" for key, value in row.given.numbers.items()),
        "worked_out": "; ".join(f"{step.what} ({step.source})" for step in effect.steps) if effect else "",
        "assumed": " ".join(effect.assumptions) if effect else "",
        "no_effect_because": row.why_not,
        "page": row.place.page,
        "quotation": row.place.quotation,
        "taken_by": row.by,
        "agreement": row.how,
        "doubts": " ".join(row.doubts),
        "reports": " ".join(report.key for report in row.study.reports),
    }


def cell(value: Value) -> str:
    """A value as CSV text: numbers in full and without a trailing ".0"."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))
