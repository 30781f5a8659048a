"""Is it allowed in this state? Each answer comes with its reason."""

from __future__ import annotations

from wherewithal.do.delivery import ReadingKind
from wherewithal_web.do.delivery.models import OutcomeMeasure
from wherewithal_web.people.permissions import Verdict


def can_remove(measure: OutcomeMeasure) -> Verdict:
    """A measure can be taken out until something was recorded with it."""
    if measure.readings.exists():
        return Verdict(
            False, f"'{measure.name}' has figures already, so it stays. Add another measure instead."
        )
    return Verdict(True, "nothing was recorded with it")


def can_record_result(measure: OutcomeMeasure) -> Verdict:
    """A result means something beside a baseline."""
    if measure.readings.filter(kind=ReadingKind.BASELINE.value).exists():
        return Verdict(True, "there is a baseline")
    return Verdict(
        False,
        f"'{measure.name}' has no baseline yet. Record what it was before the start first: a figure from "
        "records of that time will do.",
    )
