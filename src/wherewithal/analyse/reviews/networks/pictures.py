"""The charts of a network: who compared what, each against the reference, and how sure an order is."""

from __future__ import annotations

from wherewithal.analyse.reviews.networks.account import NetworkAccount
from wherewithal.analyse.reviews.outcomes.pictures import axis_of
from wherewithal.analyse.reviews.synthesis.drawn import against_reference_of, network_of, ranks_of
from wherewithal.charts import Chart


def charts_of(account: NetworkAccount) -> dict[str, Chart]:
    """By the names of their files."""
    people = {name: count for name, count in account.gathered.people.items() if count is not None}
    return {
        "drawing": network_of(account.fit, people=people),
        "against": against_reference_of(account.fit, axis_of(account.outcome)),
        "ranks": ranks_of(account.order, confidence=account.fit.confidence),
    }
