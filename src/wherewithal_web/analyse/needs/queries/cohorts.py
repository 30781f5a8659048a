"""What a cohort can begin with: the newest count of people held for an area, and an indicator's value as a share."""

from __future__ import annotations

from typing import Any

from wherewithal.analyse.needs import Area
from wherewithal.analyse.needs.dfe import POPULATION_ID
from wherewithal.errors import NothingThere
from wherewithal_web.analyse.needs.queries.held import indicators
from wherewithal_web.analyse.needs.queries.readings import reading_of


def cohort_begun(area: Area, indicator_id: str = "") -> dict[str, Any]:
    """The first entries of the form: children living there where that is held, and an indicator in percent.

    Raises NothingThere for an indicator that is not held for the area.
    """
    begun: dict[str, Any] = {"people": f"children in {area.name}"}
    if POPULATION_ID in indicators():
        try:
            shown = reading_of(area.code, POPULATION_ID)
        except NothingThere:
            pass
        else:
            point = shown.reading.point
            begun |= {
                "people": f"children aged 0 to 17 in {area.name}, {point.period}",
                "number": None if point.value is None else round(point.value),
                "number_source": shown.reading.measure.source,
            }
    if indicator_id:
        reading = reading_of(area.code, indicator_id).reading
        point = reading.point
        if reading.measure.unit == "%" and point.value is not None:
            begun |= {
                "need_name": reading.series.indicator[:200],
                "need_value": round(point.value, 1),
                "need_low": None if point.low95 is None else round(point.low95, 1),
                "need_high": None if point.high95 is None else round(point.high95, 1),
                "need_source": f"{reading.series.area.name}, {reading.who}, {point.period}"[:300],
            }
            if point.denominator and "number" not in begun:
                begun |= {
                    "people": f"{reading.who} in {area.name}",
                    "number": round(point.denominator),
                    "number_source": f"the denominator of the indicator in {point.period}",
                }
    return begun
