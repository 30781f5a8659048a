"""Needs: what the published figures say about an area, and how sure we can be.

    from wherewithal.sources.fingertips import read_export
    from wherewithal.analyse.needs import Figures, profile

    export = read_export(Path("indicators.csv"))
    profile(Figures(export.rows), "Trafford", edition=export.file.name).as_dict()

``arrival``         files of any kind, read into one shape to be kept
``columns``         an edition as one table, quick to ask
``authorities``     areas by the number or the name that a file gives them
``figures``         published values arranged to be asked
``indicators``      what a file does not say: polarity and unit, from a data file with its source
``comparison``      an area's interval against England's value
``trend``           whether a figure is really changing
``asking``          services asked for figures, read into the same shape
``nomis_figures``   tables of Nomis as figures
``published``       the department's figures as published, where no rate can be worked out
``dfe``             rates and shares with intervals from the Department for Education's counts
``geography``       areas whose code or borders changed
``standings``       rank, quarter and neighbours of every authority on every measure at once
``files``           a profile straight from files of any kind that is known
``cohort``          from need to people: how many a service would be for
``neighbours``      the middle and the range of areas like it
``contradictions``  published labels that their own values do not bear out
``reading``         all of that for one indicator, in words
``profile``         every indicator of an area
``summary``         a profile in the order in which a commissioner asks
``across``          one indicator in every area: rank, funnel, regions
``inside``          what differs inside an area
``ages``            events and people by age, for the rung that keeps each age's rate
``outlook``         a series carried forward by an honest ladder
``layout``          where areas stand on a map of tiles
``finding``         a reading put on the thread
``pack``            a profile as a Word file for a joint needs assessment
``pictures``        the charts of a reading
``area_pictures``   the charts across areas, inside one, and of a profile
"""

from wherewithal.analyse.needs.across import Across, across
from wherewithal.analyse.needs.cohort import Cohort, Known, People, Step, cohort
from wherewithal.analyse.needs.comparison import Comparison, compare
from wherewithal.analyse.needs.figures import Area, Figures, Series, SeriesKey
from wherewithal.analyse.needs.finding import cohort_finding, indicator_finding, parts_finding
from wherewithal.analyse.needs.indicators import Measure, Polarity, measure
from wherewithal.analyse.needs.inside import Gap, Parts, gap_of, parts_of
from wherewithal.analyse.needs.neighbours import (
    Average,
    NeighbourSet,
    NeighbourSummary,
    find_neighbours,
    statistical_neighbours,
)
from wherewithal.analyse.needs.outlook import Outlook, outlook
from wherewithal.analyse.needs.profile import AreaProfile, profile
from wherewithal.analyse.needs.reading import Reading, read
from wherewithal.analyse.needs.summary import Summary, summarised
from wherewithal.analyse.needs.trend import Basis, Direction, Trend, recent_trend

__all__ = [
    "Across",
    "Area",
    "AreaProfile",
    "Average",
    "Basis",
    "Cohort",
    "Comparison",
    "Direction",
    "Figures",
    "Gap",
    "Known",
    "Measure",
    "NeighbourSet",
    "NeighbourSummary",
    "Outlook",
    "Parts",
    "People",
    "Polarity",
    "Reading",
    "Series",
    "SeriesKey",
    "Step",
    "Summary",
    "Trend",
    "across",
    "cohort",
    "cohort_finding",
    "compare",
    "find_neighbours",
    "gap_of",
    "indicator_finding",
    "measure",
    "outlook",
    "parts_finding",
    "parts_of",
    "profile",
    "read",
    "recent_trend",
    "statistical_neighbours",
    "summarised",
]
