"""Forms joined into clusters, strongest pair first, and never across what a rule forbids.

Joining pairs by transitivity alone lets one vague record tie two different works together. Here a pair is joined
only if no form of the one cluster is forbidden to be with a form of the other: by a rule on their pair, or by
DOIs or PubMed numbers of which the clusters share none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from wherewithal.analyse.reviews.records.deduplication.columns import Columns
from wherewithal.analyse.reviews.records.deduplication.comparable import Form
from wherewithal.analyse.reviews.records.deduplication.rules import RULES
from wherewithal.analyse.reviews.records.deduplication.verdicts import Judged
from wherewithal.analyse.reviews.records.deduplication.weights import weights

_PART = frozenset(
    [
        "notice",
        "pmid",
        "versions",
        "updates",
        "numbers",
        "conference",
        "another kind",
        "elsewhere",
        "doi",
        "years",
    ]
)
"""Rules that forbid two clusters to be joined; the others only say that this pair proves too little."""


@dataclass
class _Cluster:
    members: list[int]
    dois: set[str]
    pmids: set[str]
    enemies: set[int] = field(default_factory=set)
    held: bool = False


class Joined(NamedTuple):
    """``of_form``: the number of each form's cluster; ``joins``: places (in ``Judged``) of the pairs that were joined;
    ``refused``: places of those that would have been, had no rule parted their clusters.
    """

    of_form: tuple[int, ...]
    joins: tuple[int, ...]
    refused: tuple[int, ...]


def join(
    columns: Columns,
    judged: Judged,
    together: Sequence[tuple[int, int]] = (),
    apart: Sequence[tuple[int, int]] = (),
    held: Sequence[Sequence[int]] = (),
) -> Joined:
    """Clusters of forms. The same for the same forms, in whatever order the pile had them.

    ``together`` and ``apart`` are pairs of forms that a person decided: they come before everything else. ``held``
    are clusters that stand: they may gain forms, and two of them never become one.
    """
    forms: Sequence[Form] = columns.forms
    clusters = {
        place: _Cluster([place], _one("" if archived else form.doi), _one(form.pmid))
        for place, (form, archived) in enumerate(zip(forms, columns.archived.tolist(), strict=True))
    }
    home = list(range(len(forms)))
    forbidding = np.array([rule.key in _PART for rule in RULES] + [False])
    for one, other in (*judged.pairs[forbidding[judged.rule]].tolist(), *apart):
        clusters[one].enemies.add(other)
        clusters[other].enemies.add(one)
    for one, other in together:
        if home[one] != home[other]:
            _absorb(clusters, home, home[one], home[other])
    for members in held:
        for member in members[1:]:
            if home[member] != home[members[0]]:
                _absorb(clusters, home, home[members[0]], home[member])
        clusters[home[members[0]]].held = True
    joins: list[int] = []
    refused: list[int] = []
    doi = list(weights().fields).index("doi")
    differs = weights().outcome("doi", "different")
    merges = np.flatnonzero(judged.merges)
    # Pairs of equal weight keep the order of the forms, which is that of their content.
    for place in merges[np.argsort(-judged.bits[merges], kind="stable")].tolist():
        one, other = home[judged.pairs[place, 0]], home[judged.pairs[place, 1]]
        if one == other:
            joins.append(place)
        elif _forbidden(clusters[one], clusters[other], judged.outcomes[place, doi] == differs):
            refused.append(place)
        else:
            _absorb(clusters, home, one, other)
            joins.append(place)
    numbers: dict[int, int] = {}
    return Joined(
        tuple(numbers.setdefault(cluster, len(numbers)) for cluster in home), tuple(joins), tuple(refused)
    )


def _one(text: str) -> set[str]:
    return {text} if text else set()


def _forbidden(one: _Cluster, other: _Cluster, mistyped: bool) -> bool:
    """``mistyped``: the pair's own DOIs differ and no rule minded, so those of the clusters may as well."""
    if one.held and other.held:
        return True
    if one.pmids and other.pmids and not one.pmids & other.pmids:
        return True
    if not mistyped and one.dois and other.dois and not one.dois & other.dois and not one.pmids & other.pmids:
        return True
    return not one.enemies.isdisjoint(other.members) or not other.enemies.isdisjoint(one.members)


def _absorb(clusters: dict[int, _Cluster], home: list[int], one: int, other: int) -> None:
    if len(clusters[one].members) < len(clusters[other].members):
        one, other = other, one
    kept, gone = clusters[one], clusters.pop(other)
    for member in gone.members:
        home[member] = one
    kept.members += gone.members
    kept.dois |= gone.dois
    kept.pmids |= gone.pmids
    kept.enemies |= gone.enemies
    kept.held |= gone.held
