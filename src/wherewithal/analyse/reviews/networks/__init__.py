"""Three interventions or more on one outcome of a review: who compared what, and what that says of each pair.

``pairs``      one comparison of two arms of one study
``settings``   what a person settles before the answer: whose arms are the same intervention, and how it is fitted
``gathering``  which comparisons count, which do not, and what would change that
``account``    the answer told: the sentence, whether it adds up, whether an order may be used
``pictures``   its charts
``tables``     the league, direct beside indirect, the CSV
``finding``    the network as a finding of the research lane
``word``       the Word file
``folder``     everything as a folder that works it out again
"""

from wherewithal.analyse.reviews.networks.account import (
    NetworkAccount,
    account_of_gathered,
    network_account,
)
from wherewithal.analyse.reviews.networks.finding import network_finding
from wherewithal.analyse.reviews.networks.gathering import Gathered, SetAside, gather
from wherewithal.analyse.reviews.networks.pairs import ArmPair, numbers_of
from wherewithal.analyse.reviews.networks.settings import Match, NetworkSettings

__all__ = [
    "ArmPair",
    "Gathered",
    "Match",
    "NetworkAccount",
    "NetworkSettings",
    "SetAside",
    "account_of_gathered",
    "gather",
    "network_account",
    "network_finding",
    "numbers_of",
]
