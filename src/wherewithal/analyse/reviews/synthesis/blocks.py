"""Effects that hang together, in blocks: clusters of rows, each with the covariance of its rows.

Clusters are padded to the largest and worked on together: rows of padding have effect 0, columns 0 and variance 1,
and so add nothing to any sum or determinant. Shapes: G clusters of up to m rows, p columns, C components.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from wherewithal.analyse.reviews.synthesis.studies import Floats, Marks, floats
from wherewithal.errors import BadInput, Problem

Ints = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Blocks:
    """``rows`` (G, m) are row numbers, 0 where ``there`` is false; ``effects`` (G, m), ``design`` (G, m, p),
    ``sampling`` (G, m, m)."""

    rows: Ints
    there: Marks
    effects: Floats
    design: Floats
    sampling: Floats

    @property
    def count(self) -> int:
        """Rows in all clusters."""
        return int(self.there.sum())

    @cached_property
    def size_of_design(self) -> float:
        """The logarithm of the determinant of X'X."""
        return float(np.linalg.slogdet(np.einsum("gmp,gmq->pq", self.design, self.design))[1])

    def spread(self, values: Floats) -> Floats:
        """(k, ...) as (G, m, ...), nought in padding."""
        marks = self.there.reshape(self.there.shape + (1,) * (values.ndim - 1))
        return floats(np.where(marks, values[self.rows], 0.0))

    def same(self, labels: Ints) -> Floats:
        """1 where two rows of a cluster have the same label, (G, m, m); nought in padding."""
        here = labels[self.rows]
        pairs = self.there[:, :, None] & self.there[:, None, :]
        return floats((here[:, :, None] == here[:, None, :]) & pairs)


def blocks(cluster: Ints, effects: Floats, design: Floats, sampling: Floats) -> Blocks:
    """Rows put into clusters. ``cluster`` (k,) from 0; ``sampling`` (k,) variances or (k, k) covariances."""
    order = np.argsort(cluster, kind="stable")
    sizes = np.bincount(cluster)
    there = np.arange(sizes.max())[None, :] < sizes[:, None]
    rows = np.zeros(there.shape, dtype=np.intp)
    rows[there] = order
    pairs = there[:, :, None] & there[:, None, :]
    if sampling.ndim == 1:
        within = np.zeros(pairs.shape)
        diagonal = np.einsum("gmm->gm", within)
        diagonal[:] = np.where(there, sampling[rows], 1.0)
    else:
        within = np.where(pairs, sampling[rows[:, :, None], rows[:, None, :]], 0.0)
        diagonal = np.einsum("gmm->gm", within)
        diagonal[~there] = 1.0
    bare = Blocks(rows, there, np.empty(0), np.empty(0), within)
    return Blocks(rows, there, bare.spread(effects), bare.spread(design), within)


def numbered(labels: Sequence[Hashable], count: int, what: str) -> Ints:
    """Labels as numbers from 0 in order of first sight. Raises BadInput for another length or a missing label."""
    if len(labels) != count:
        raise BadInput(f"There are {len(labels)} labels of {what} for {count} effects.")
    seen: dict[Hashable, int] = {}
    problems = []
    for number, label in enumerate(labels):
        if label is None or label == "" or label != label:
            problems.append(
                Problem(f"effect {number + 1}", f"no {what}", "a label", f"Say which {what} it is from.")
            )
        seen.setdefault(label, len(seen))
    if problems:
        raise BadInput(f"Some effects do not say which {what} they are from.", problems)
    return np.array([seen[label] for label in labels], dtype=np.intp)


def checked_covariance(given: npt.ArrayLike, cluster: Ints) -> Floats:
    """Covariances (k, k). Raises BadInput where they are not symmetric, not positive, or tie clusters together."""
    matrix = floats(given)
    if matrix.shape != (cluster.size, cluster.size) or not np.all(np.isfinite(matrix)):
        raise BadInput(f"Covariances are a table of {cluster.size} by {cluster.size} numbers.")
    if not np.allclose(matrix, matrix.T, rtol=1e-8, atol=1e-12):
        raise BadInput(
            "Covariances are not symmetric: the covariance of one effect with another is one number."
        )
    if np.any(matrix[cluster[:, None] != cluster[None, :]] != 0):
        raise BadInput("Effects of different clusters have a covariance: put them into one cluster.")
    if np.any(np.linalg.eigvalsh(matrix) <= 0):
        raise BadInput(
            "These covariances cannot be: some combination of effects would have no variance, or a negative one.",
            [
                Problem(
                    "covariances",
                    "not positive definite",
                    "positive definite",
                    "Lower the correlation assumed.",
                )
            ],
        )
    return matrix


def assumed_covariance(variances: npt.ArrayLike, cluster: Sequence[Hashable], correlation: float) -> Floats:
    """Covariances (k, k) of effects from the same people, of which only the variances are known.

    ``correlation`` is assumed between the errors of any two effects of a cluster: Pustejovsky and Tipton, Prevention
    Science 23 (2022) 425 (correlated and hierarchical effects). Try others beside it. Raises BadInput outside -1 to 1.
    """
    if not -1 < correlation < 1:
        raise BadInput(f"A correlation lies between -1 and 1, not {correlation}.")
    v = floats(variances)
    labels = numbered(cluster, v.size, "cluster")
    root = np.sqrt(v)
    matrix = np.where(labels[:, None] == labels[None, :], correlation * np.outer(root, root), 0.0)
    np.fill_diagonal(matrix, v)
    return floats(matrix)
