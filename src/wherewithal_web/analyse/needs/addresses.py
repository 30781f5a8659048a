"""Where the pages of a figure are."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse
from django.utils.http import urlencode

from wherewithal.analyse.needs import SeriesKey


def indicator(key: SeriesKey) -> str:
    """The page of one indicator of an area, for one sex and age."""
    return f"{reverse('needs:indicator', args=[key.area_code, key.indicator_id])}?{_whom(key)}"


def chart_csv(key: SeriesKey, chart: str) -> str:
    """The figures of one of its charts, as a download."""
    return f"{reverse('needs:chart_csv', args=[key.area_code, key.indicator_id, chart])}?{_whom(key)}"


def profile_csv(area_code: str, chart: str, asked: Mapping[str, str]) -> str:
    """The figures of one chart of an area's profile, beside the neighbours that the page was asked for."""
    kept = {key: asked[key] for key in ("beside", "average") if asked.get(key)}
    href = reverse("needs:profile_csv", args=[area_code, chart])
    return f"{href}?{urlencode(kept)}" if kept else href


def _whom(key: SeriesKey) -> str:
    return urlencode({"sex": key.sex, "age": key.age})
