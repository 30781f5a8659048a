"""Charts as small accessible SVG, each with its words, its table and its CSV.

    from wherewithal.charts import Place, Role, interval_chart

``chart``      what every chart comes with
``interval``   places side by side, each with its interval
``flow``       things going through stages, and what was left out on the way
``timeline``   one place over time with its interval, beside a benchmark
``drawing``    the elements that charts are drawn with
``scale``      from values to positions, with round tick marks

The page decides which of the two drawings shows: ``.chart--wide`` (640 across) or ``.chart--narrow`` (320).
Nothing is styled inline, text is text in the page's font, and shape tells series apart before colour does.
"""

from wherewithal.charts.chart import Chart
from wherewithal.charts.flow import Count, Step, flow_chart
from wherewithal.charts.interval import Place, Role, interval_chart
from wherewithal.charts.timeline import Line, Moment, timeline_chart

__all__ = [
    "Chart",
    "Count",
    "Line",
    "Moment",
    "Place",
    "Role",
    "Step",
    "flow_chart",
    "interval_chart",
    "timeline_chart",
]
