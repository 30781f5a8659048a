"""Several treatments at once: what each does against each other, whether that adds up, and how sure an order is.

    from wherewithal.analyse.reviews.synthesis.network import contrasts, network, ranking

``evidence`` and ``arms`` check what studies compared; ``fit`` pools it; ``consistency`` asks whether direct and
indirect comparisons agree; ``ranking`` orders treatments with how unsure the order is.
"""

from wherewithal.analyse.reviews.synthesis.network.arms import Pairs, arms, pairs_of_arms, standardised_pairs
from wherewithal.analyse.reviews.synthesis.network.consistency import (
    Decomposition,
    Loop,
    Share,
    Split,
    decomposition,
    loops,
    splits,
)
from wherewithal.analyse.reviews.synthesis.network.evidence import Evidence, Part, contrasts, parts_of
from wherewithal.analyse.reviews.synthesis.network.fit import METHODS, Comparison, Network, network
from wherewithal.analyse.reviews.synthesis.network.ranking import Rank, Ranking, ranking

__all__ = [
    "METHODS", "Comparison", "Decomposition", "Evidence", "Loop", "Network", "Pairs", "Part", "Rank", "Ranking",
    "Share", "Split", "arms", "contrasts", "decomposition", "loops", "network", "pairs_of_arms", "parts_of", "ranking",
    "splits", "standardised_pairs",
]  # fmt: skip
