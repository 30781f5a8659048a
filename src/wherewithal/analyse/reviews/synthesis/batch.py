"""One set of studies, fitted in many selections at once.

A pooled effect is one selection (all studies), leaving one out is k of them, a cumulative analysis k more. All
are weighted least squares on the same columns, so all are worked out together: sums over studies become one
matrix product, and nothing of size k by k is ever made for a single fit.

Shapes: k studies, p columns of the design, B selections. With weights w, the projection matrix is
P = W - W X (X'WX)^-1 X'W; its traces are taken from p-by-p sums.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from wherewithal.analyse.reviews.synthesis.studies import Floats, Marks, floats

AT_ONCE = 50_000
"""Numbers in one array of weights: larger work is cut into pieces that stay in a processor's cache."""


@dataclass(frozen=True)
class Batch:
    """Selections of studies. ``effects``, ``variances`` (k,); ``design`` (k, p); ``member`` (B, k), 1 or 0."""

    effects: Floats
    variances: Floats
    design: Floats
    member: Floats

    @cached_property
    def products(self) -> Floats:
        """Each study's x x', flat: (k, p * p)."""
        k, p = self.design.shape
        return (self.design[:, :, None] * self.design[:, None, :]).reshape(k, p * p)

    @property
    def columns(self) -> int:
        return int(self.design.shape[1])

    @cached_property
    def counts(self) -> Floats:
        """Studies in each selection: (B,)."""
        counts: Floats = self.member.sum(axis=1)
        return counts

    @cached_property
    def spare(self) -> Floats:
        """Degrees of freedom of each selection: (B,)."""
        return self.counts - self.columns

    def weighted(self, weights: Floats) -> Weighted:
        """Weighted least squares with weights of shape (B, k) or (k,), nought where a study is not a member."""
        return Weighted(self, weights * self.member)

    def at(self, tau2: Floats) -> Weighted:
        """Weighted by one over the total variance, with ``tau2`` of shape (B,) between studies."""
        return Weighted(self, self.member / (self.variances + tau2[:, None]))

    def rows(self, chosen: slice | Marks) -> Batch:
        """Some of the selections."""
        return Batch(self.effects, self.variances, self.design, self.member[chosen])

    def pieces(self) -> list[slice]:
        """Slices of the selections, each small enough to work on at once."""
        step = max(1, AT_ONCE // max(1, self.effects.size))
        return [slice(start, start + step) for start in range(0, len(self.member), step)]


def everything(effects: Floats, variances: Floats, design: Floats) -> Batch:
    """One selection: all the studies."""
    return Batch(effects, variances, design, np.ones((1, effects.size)))


@dataclass(frozen=True)
class Weighted:
    """Weighted least squares of every selection at ``weights`` (B, k)."""

    batch: Batch
    weights: Floats

    @cached_property
    def bread(self) -> Floats:
        """(X'WX)^-1: (B, p, p)."""
        return inverse(self.cross(self.weights))

    def cross(self, weights: Floats) -> Floats:
        """X' diag(weights) X: (B, p, p)."""
        p = self.batch.columns
        return (weights @ self.batch.products).reshape(-1, p, p)

    @cached_property
    def beta(self) -> Floats:
        """Coefficients: (B, p)."""
        right = (self.weights * self.batch.effects) @ self.batch.design
        return floats(np.einsum("bpq,bq->bp", self.bread, right))

    @cached_property
    def residuals(self) -> Floats:
        """Effects less fitted effects, of members and others: (B, k)."""
        return self.batch.effects - self.beta @ self.batch.design.T

    @cached_property
    def pulled(self) -> Floats:
        """P y: weights times residuals (B, k)."""
        return self.weights * self.residuals

    @cached_property
    def rss(self) -> Floats:
        """y'Py: (B,)."""
        return floats(np.einsum("bk,bk->b", self.pulled, self.residuals))

    @cached_property
    def y_ppy(self) -> Floats:
        """y'PPy: (B,)."""
        return floats(np.einsum("bk,bk->b", self.pulled, self.pulled))

    @cached_property
    def y_pppy(self) -> Floats:
        """y'PPPy: (B,)."""
        weighted = self.weights * self.pulled
        across = weighted @ self.batch.design
        return floats(
            np.einsum("bk,bk->b", weighted, self.pulled)
            - np.einsum("bp,bpq,bq->b", across, self.bread, across)
        )

    @cached_property
    def squares(self) -> Floats:
        return self.weights * self.weights

    @cached_property
    def _second(self) -> Floats:
        """(X'WX)^-1 X'W²X."""
        return self.bread @ self.cross(self.squares)

    @cached_property
    def trace_p(self) -> Floats:
        """tr(P): (B,)."""
        return floats(self.weights.sum(axis=1) - trace(self._second))

    @cached_property
    def trace_pp(self) -> Floats:
        """tr(PP): (B,)."""
        third = self.bread @ self.cross(self.squares * self.weights)
        return floats(self.squares.sum(axis=1) - 2 * trace(third) + trace(self._second @ self._second))

    @cached_property
    def _middle(self) -> Floats:
        """(X'WX)^-1 X'WVWX, with V the sampling variances."""
        return self.bread @ self.cross(self.squares * self.batch.variances)

    @cached_property
    def trace_pv(self) -> Floats:
        """tr(PV): (B,)."""
        return self.weights @ self.batch.variances - trace(self._middle)

    @cached_property
    def trace_pvpv(self) -> Floats:
        """tr(PVPV): (B,)."""
        v = self.batch.variances
        third = self.bread @ self.cross(self.squares * self.weights * v * v)
        return self.squares @ (v * v) - 2 * trace(third) + trace(self._middle @ self._middle)

    @cached_property
    def trace_pvp(self) -> Floats:
        """tr(PVP): (B,)."""
        v = self.batch.variances
        third = self.bread @ self.cross(self.squares * self.weights * v)
        return self.squares @ v - 2 * trace(third) + trace(self._middle @ self._second)


def inverse(matrices: Floats) -> Floats:
    """Inverses of (B, p, p). Raises numpy's LinAlgError for a singular one."""
    if matrices.shape[-1] == 1:
        if np.any(matrices <= 0):
            raise np.linalg.LinAlgError("no weight at all")
        return 1.0 / matrices
    return floats(np.linalg.inv(matrices))


def trace(matrices: Floats) -> Floats:
    """Traces of (B, p, p): (B,)."""
    return floats(np.einsum("bpp->b", matrices))
