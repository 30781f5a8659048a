"""How well clusters agree with labels that people gave: pairs found, pairs right, unique records lost."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figures:
    """Pairs within clusters (so after transitive closure) against pairs within labels.

    ``lost`` is what harms a review: unique works that disappear in a cluster of another.
    """

    right: int
    found: int
    labelled: int
    lost: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.labelled if self.labelled else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.labelled) if self.found + self.labelled else 1.0


def figures_of(clusters: Sequence[Hashable], labels: Sequence[Hashable]) -> Figures:
    """The figures of ``clusters``, one a record, beside ``labels``, one a record in the same order."""
    within: dict[Hashable, set[Hashable]] = defaultdict(set)
    for cluster, label in zip(clusters, labels, strict=True):
        within[cluster].add(label)
    return Figures(
        right=_pairs(Counter(zip(clusters, labels, strict=True))),
        found=_pairs(Counter(clusters)),
        labelled=_pairs(Counter(labels)),
        lost=sum(len(works) - 1 for works in within.values()),
    )


def _pairs(sizes: Counter[Hashable] | Counter[tuple[Hashable, Hashable]]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())
