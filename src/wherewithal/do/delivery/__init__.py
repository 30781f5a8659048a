"""Delivery: what will show whether it works, measured before it starts and again after.

    from wherewithal.do.delivery import FigureKind, OutcomeMeasure, Polarity, Reading, ReadingKind, reading_finding

``measure``  what is measured, how, and which way is better
``reading``  one figure of one measure on one day, with its interval
``finding``  a reading for the thread
"""

from wherewithal.do.delivery.finding import METHOD, reading_finding, subject_of
from wherewithal.do.delivery.measure import FigureKind, OutcomeMeasure, Polarity
from wherewithal.do.delivery.reading import FEWEST_FAMILIES, Reading, ReadingKind

__all__ = [
    "FEWEST_FAMILIES",
    "METHOD",
    "FigureKind",
    "OutcomeMeasure",
    "Polarity",
    "Reading",
    "ReadingKind",
    "reading_finding",
    "subject_of",
]
