"""Where the pages of a figure are."""

from __future__ import annotations

from django.urls import reverse
from django.utils.http import urlencode

from wherewithal.analyse.needs import SeriesKey


def indicator(key: SeriesKey) -> str:
    """The page of one indicator of an area, for one sex and age."""
    return f"{reverse('needs:indicator', args=[key.area_code, key.indicator_id])}?{_whom(key)}"


def chart_csv(key: SeriesKey, chart: str) -> str:
    """The figures of one of its charts, as a download."""
    return f"{reverse('needs:chart_csv', args=[key.area_code, key.indicator_id, chart])}?{_whom(key)}"


def _whom(key: SeriesKey) -> str:
    return urlencode({"sex": key.sex, "age": key.age})
