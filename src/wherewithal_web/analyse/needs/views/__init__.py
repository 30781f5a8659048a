"""The pages of figures, one file a kind of page."""

from wherewithal_web.analyse.needs.views.area import area, profile_csv
from wherewithal_web.analyse.needs.views.bringing import bring_in, columns
from wherewithal_web.analyse.needs.views.home import home
from wherewithal_web.analyse.needs.views.indicator import add, chart_csv, indicator
from wherewithal_web.analyse.needs.views.layout import layout
from wherewithal_web.analyse.needs.views.neighbours import neighbours

__all__ = [
    "add",
    "area",
    "bring_in",
    "chart_csv",
    "columns",
    "home",
    "indicator",
    "layout",
    "neighbours",
    "profile_csv",
]
