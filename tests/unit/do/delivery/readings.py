"""Made-up measures and readings that the tests share."""

from datetime import date

from wherewithal.do.delivery import FigureKind, OutcomeMeasure, Polarity, Reading, ReadingKind

BEFORE = date(2026, 9, 1)
AFTER = date(2027, 9, 1)


def share(**changes) -> OutcomeMeasure:
    return OutcomeMeasure(
        **{
            "key": "high-needs",
            "name": "Children with high conduct problems",
            "kind": FigureKind.SHARE,
            "polarity": Polarity.LOWER,
            "how": "Parents fill in the questionnaire at the first session",
            "validated": True,
            "source": "A published questionnaire",
        }
        | changes
    )


def score(**changes) -> OutcomeMeasure:
    return share(
        **({"key": "score", "name": "Conduct score", "kind": FigureKind.MEAN, "unit": "points"} | changes)
    )


def counted(count: int, families: int, kind: ReadingKind = ReadingKind.BASELINE, measure=None) -> Reading:
    on = BEFORE if kind is ReadingKind.BASELINE else AFTER
    return Reading(measure or share(), kind, on, families, count=count)


def scored(mean: float, sd: float | None, families: int, kind=ReadingKind.BASELINE, measure=None) -> Reading:
    on = BEFORE if kind is ReadingKind.BASELINE else AFTER
    return Reading(measure or score(), kind, on, families, mean=mean, sd=sd)
