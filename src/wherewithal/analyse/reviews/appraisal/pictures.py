"""The traffic light table and the summary of judgements, drawn: sign and word carry a judgement, colour only helps."""

from __future__ import annotations

from collections.abc import Mapping

from wherewithal.analyse.reviews.appraisal.instrument import Judgement
from wherewithal.analyse.reviews.appraisal.traffic_light import TrafficLight
from wherewithal.charts import Chart, Judged, judgement_summary_chart, traffic_light_chart
from wherewithal.charts import Judgement as Drawn
from wherewithal.charts.judgements import GOOD, NONE, POOR, SOME, WORST


def traffic_light_picture(light: TrafficLight, *, key: str) -> Chart:
    """A row a study, a column a domain. ``key`` must be unlike that of any other chart on the page.

    Raises ValueError without studies.
    """
    return traffic_light_chart(
        _judged(light, None),
        [column.name for column in light.columns],
        title=f"{light.instrument}: study by study",
        description="Each study by domain, as it was judged.",
        key=key,
        scale=_scale(light),
        overall=bool(light.overall_scale),
    )


def summary_picture(light: TrafficLight, *, key: str, weights: Mapping[str, float] | None = None) -> Chart:
    """A bar a domain: the share of studies by judgement, or of ``weights`` (a study's name to its weight)."""
    return judgement_summary_chart(
        _judged(light, weights),
        [column.name for column in light.columns],
        title=f"{light.instrument}: all studies",
        description="The share of studies by judgement in each domain."
        if weights is None
        else "The share of weight by judgement in each domain.",
        key=key,
        scale=_scale(light),
    )


def _judged(light: TrafficLight, weights: Mapping[str, float] | None) -> list[Judged]:
    return [
        Judged(study, row, None if weights is None else weights[study])
        for study, row in zip(light.studies, light.judgements, strict=True)
    ]


def _scale(light: TrafficLight) -> dict[str, Drawn]:
    """Every judgement of domains and of studies, from best to worst, and what nobody has judged."""
    drawn: dict[str, Drawn] = {}
    for scale in (light.scale, light.overall_scale):
        known = [each for each in scale if each.known and each.key != "does_not_apply"]
        for each in scale:
            drawn.setdefault(each.key, _drawn(each, known))
    drawn[""] = Drawn("Not judged yet", "", "#ffffff")
    return drawn


def _drawn(judgement: Judgement, known: list[Judgement]) -> Drawn:
    if judgement not in known:
        return Drawn(judgement.words, "0", NONE)
    place = known.index(judgement)
    if place == 0:
        return Drawn(judgement.words, "+", GOOD)
    if place == len(known) - 1:
        last = len(known) > 3
        return Drawn(judgement.words, "!" if last else "−", WORST if last else POOR)
    return Drawn(judgement.words, "?" if place == 1 else "−", SOME if place == 1 else POOR)
