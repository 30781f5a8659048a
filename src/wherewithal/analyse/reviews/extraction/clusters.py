"""Trials that allocated classes, groups or places, and analysed people as if each had been allocated alone.

Cochrane Handbook 6.5, sections 23.1.4 (effective sample size) and 23.1.5 (inflating standard errors); for
standardised differences Hedges, Journal of Educational and Behavioral Statistics 32 (2007) 341.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from wherewithal.analyse.reviews.extraction.effect import HANDBOOK, Effect, Step
from wherewithal.analyse.reviews.extraction.given import Given
from wherewithal.analyse.reviews.synthesis.effects.conversions import design_effect, smd_of_clusters
from wherewithal.errors import BadInput, Problem


@dataclass(frozen=True)
class Clusters:
    """Clusters that the paper ignored: their mean size, and how alike people in one are (0 to 1)."""

    size: float
    icc: float
    assumed: bool

    @property
    def inflation(self) -> float:
        """How many times less a person counts."""
        return float(design_effect(self.size, self.icc))

    @property
    def said(self) -> tuple[str, ...]:
        if not self.assumed:
            return ()
        return (
            f"The intra-cluster correlation of {self.icc:g} is not this paper’s own: try others, to see whether it "
            "matters.",
        )


def clusters_of(given: Given) -> Clusters | None:
    """The clusters to allow for, or None. Raises BadInput where they were ignored and size or correlation lack."""
    if given.what.one_group or given.chosen("clusters") != "ignored":
        return None
    problems = [
        Problem(where, "not given", "a number", do)
        for key, where, do in (
            (
                "cluster_size",
                "People in a cluster",
                "Divide the people by the clusters; the paper gives both.",
            ),
            (
                "icc",
                "Intra-cluster correlation",
                "Take the paper’s, or that of a similar trial, and say whose it is. In schools 0.05 to 0.2 is usual "
                "for attainment, less for behaviour.",
            ),
        )
        if key not in given.numbers
    ]
    if problems:
        raise BadInput(
            "The paper ignored its clusters, so the effect would look more certain than it is.", problems
        )
    return Clusters(
        given.numbers["cluster_size"], given.numbers["icc"], assumed=given.chosen("icc_from") == "assumed"
    )


def fewer(cells: dict[str, float], clusters: Clusters) -> tuple[dict[str, float], Step]:
    """Events and people divided by the design effect (section 23.1.4)."""
    by = clusters.inflation
    return {name: value / by for name, value in cells.items()}, Step(
        f"events and people divided by the design effect {by:.3g}, for clusters of {clusters.size:g} with an "
        f"intra-cluster correlation of {clusters.icc:g}",
        f"{HANDBOOK}, 23.1.4",
    )


def standardised(effect: Effect, n1: float, n2: float, clusters: Clusters) -> Effect:
    """A standardised difference and its variance for clusters that were ignored (Hedges 2007)."""
    value, variance = smd_of_clusters(effect.value, n1, n2, clusters.size, clusters.icc)
    return replace(effect, value=float(value), variance=float(variance), columns=()).and_then(
        f"corrected for clusters of {clusters.size:g} with an intra-cluster correlation of {clusters.icc:g}",
        "Hedges 2007, formulas 15 and 16",
    )


def inflated(effect: Effect, clusters: Clusters) -> Effect:
    """The variance times the design effect (section 23.1.5)."""
    by = clusters.inflation
    return replace(effect, variance=effect.variance * by, columns=()).and_then(
        f"variance multiplied by the design effect {by:.3g}, for clusters of {clusters.size:g} with an intra-cluster "
        f"correlation of {clusters.icc:g}",
        f"{HANDBOOK}, 23.1.5",
    )
