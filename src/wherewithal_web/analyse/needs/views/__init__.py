"""The pages of figures, one file a kind of page."""

from wherewithal_web.analyse.needs.views.area import area, pack, profile_csv
from wherewithal_web.analyse.needs.views.asking import ask
from wherewithal_web.analyse.needs.views.bringing import bring_in, columns
from wherewithal_web.analyse.needs.views.home import home
from wherewithal_web.analyse.needs.views.indicator import add, add_parts, chart_csv, indicator
from wherewithal_web.analyse.needs.views.layout import layout
from wherewithal_web.analyse.needs.views.neighbours import neighbours
from wherewithal_web.analyse.needs.views.people import add_people, people

__all__ = [
    "add",
    "add_parts",
    "add_people",
    "area",
    "ask",
    "bring_in",
    "chart_csv",
    "columns",
    "home",
    "indicator",
    "layout",
    "neighbours",
    "pack",
    "people",
    "profile_csv",
]
