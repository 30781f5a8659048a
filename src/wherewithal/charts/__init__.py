"""Charts as small accessible SVG, each with its words, its table and its CSV.

    from wherewithal.charts import Place, Role, interval_chart

``chart``        what every chart comes with
``interval``     places side by side, each with its interval
``flow``         things going through stages, and what was left out on the way
``timeline``     one place over time with its interval, beside a benchmark
``recall``       how early inclusions are found, one line a model
``forest``       studies one below the other with what they say together; also one added, or left out, at a time
``funnel``       effects against their standard errors
``scatter``      effects against what studies are like; which studies disturb the answer; two risks a study
``judgements``   a sign a study and domain, and how many of each
``direction``    directions by outcome, and a harvest of bars, where nothing can be pooled
``network``      treatments and who compared them; how unsure their ranks are
``standing``     better, similar and worse as letters and shapes
``ranked``       every area in the order of its value, with intervals
``rug``          indicators by places, how each stands
``spine``        indicators on scales of their own, England in the middle
``area_funnel``  areas by how many people they have, between limits of chance
``gradient``     groups from most to least deprived with the slope index
``slope``        two groups side by side, a line a place
``tiles``        a map of tiles of one size
``effect_axis``  what effects are, on which scale, and which way is better
``plane``        the frame of charts of points
``drawing``      the elements that charts are drawn with
``scale``        from values to positions, with round tick marks
``word``         a chart as a picture in a Word file
``emf``          a drawing as a metafile, for programs that do not read SVG

The page decides which of the two drawings shows: ``.chart--wide`` (640 across) or ``.chart--narrow`` (320).
Nothing is styled inline, text is text in the page's font, and shape tells series apart before colour does.
"""

from wherewithal.charts.area_funnel import FunnelPlace, LimitsAt, area_funnel_chart
from wherewithal.charts.chart import Chart
from wherewithal.charts.direction import Bar, Found, direction_chart, harvest_chart
from wherewithal.charts.effect_axis import EffectAxis
from wherewithal.charts.flow import Count, Step, flow_chart
from wherewithal.charts.forest import Study, Together, forest_chart
from wherewithal.charts.funnel import Point, Slant, funnel_chart
from wherewithal.charts.gradient import GroupValue, SlopeLine, gradient_chart
from wherewithal.charts.interval import Place, Role, interval_chart
from wherewithal.charts.judgements import (
    RISK_OF_BIAS,
    Judged,
    Judgement,
    judgement_summary_chart,
    traffic_light_chart,
)
from wherewithal.charts.network import Edge, Node, Ranked, network_chart, ranking_chart
from wherewithal.charts.ranked import Near, RankedPlace, ranked_chart
from wherewithal.charts.recall import RecallCurve, recall_chart
from wherewithal.charts.rug import RugCell, RugRow, rug_chart
from wherewithal.charts.scatter import (
    Bubble,
    Disturbance,
    Fitted,
    Risks,
    baujat_chart,
    bubble_chart,
    labbe_chart,
)
from wherewithal.charts.slope import Pair, slope_chart
from wherewithal.charts.spine import Vertebra, spine_chart
from wherewithal.charts.standing import Standing
from wherewithal.charts.tiles import Tile, tile_map
from wherewithal.charts.timeline import Line, Moment, timeline_chart

__all__ = [
    "RISK_OF_BIAS", "Bar", "Bubble", "Chart", "Count", "Disturbance", "Edge", "EffectAxis", "Fitted", "Found",
    "FunnelPlace", "GroupValue", "Judged", "Judgement", "LimitsAt", "Line", "Moment", "Near", "Node", "Pair", "Place",
    "Point", "Ranked", "RankedPlace", "RecallCurve", "Risks", "Role", "RugCell", "RugRow", "Slant", "SlopeLine",
    "Standing", "Step", "Study", "Tile", "Together", "Vertebra", "area_funnel_chart", "baujat_chart", "bubble_chart",
    "direction_chart", "flow_chart", "forest_chart", "funnel_chart", "gradient_chart", "harvest_chart",
    "interval_chart", "judgement_summary_chart", "labbe_chart", "network_chart", "ranked_chart", "ranking_chart",
    "recall_chart", "rug_chart", "slope_chart", "spine_chart", "tile_map", "timeline_chart", "traffic_light_chart",
]  # fmt: skip
