"""Reading the figures held. Published figures are for everybody who signs in.

``held``      which files, areas, indicators and neighbours there are
``figures``   the figures of some areas or of one indicator, each value from its newest file
``asked``     what services were asked for
``across``    one indicator in every area, one area with what lies inside it
``cohorts``   what counting people for a service can begin with
``profiles``  an area's profile with everything that its page shows
``readings``  those figures read: one indicator of an area, a whole profile, what earlier files said
``tables``    the packed figures that a question is put to
``uses``      the cases that rest on a figure
"""

from wherewithal_web.analyse.needs.queries.across import across_of, layout_brought
from wherewithal_web.analyse.needs.queries.asked import ASK, AskedFor, asked_for
from wherewithal_web.analyse.needs.queries.cohorts import cohort_begun
from wherewithal_web.analyse.needs.queries.figures import Held, children, figures_for, people_by_age
from wherewithal_web.analyse.needs.queries.held import (
    area_named,
    areas,
    files,
    first_look,
    indicators,
    mapping_for,
    neighbour_sets,
    neighbours_of,
    waiting_file,
)
from wherewithal_web.analyse.needs.queries.profiles import ProfilePage, profile_page
from wherewithal_web.analyse.needs.queries.readings import (
    Revision,
    Shown,
    profile_of,
    reading_of,
    revisions_of,
)
from wherewithal_web.analyse.needs.queries.uses import cases_resting_on

__all__ = [
    "ASK",
    "AskedFor",
    "Held",
    "ProfilePage",
    "Revision",
    "Shown",
    "across_of",
    "area_named",
    "areas",
    "asked_for",
    "cases_resting_on",
    "children",
    "cohort_begun",
    "figures_for",
    "files",
    "first_look",
    "indicators",
    "layout_brought",
    "mapping_for",
    "neighbour_sets",
    "neighbours_of",
    "people_by_age",
    "profile_of",
    "profile_page",
    "reading_of",
    "revisions_of",
    "waiting_file",
]
