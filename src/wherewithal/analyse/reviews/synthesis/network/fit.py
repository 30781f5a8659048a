"""A network meta-analysis: every treatment against every other, from direct and indirect comparisons together.

Sources: Rücker, Research Synthesis Methods 3 (2012) 312, as electrical networks, whose estimates are those of
generalised least squares here; Jackson, White and Riley, Statistics in Medicine 31 (2012) 3805, for tau² by moments
(the generalised DerSimonian and Laird). One tau² for all comparisons, so that contrasts of a study share half of it:
Higgins and Whitehead, Statistics in Medicine 15 (1996) 2733.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from wherewithal.analyse.reviews.synthesis.blocks import Blocks
from wherewithal.analyse.reviews.synthesis.components import At, at, solve
from wherewithal.analyse.reviews.synthesis.distributions import chi2_above, normal_above, normal_at
from wherewithal.analyse.reviews.synthesis.fitting import checked_confidence
from wherewithal.analyse.reviews.synthesis.network.evidence import Evidence
from wherewithal.analyse.reviews.synthesis.pooling import Interval
from wherewithal.analyse.reviews.synthesis.studies import DidNotConverge, Floats, floats
from wherewithal.errors import BadInput, Problem

Method = Literal["EE", "DL", "ML", "REML"]
METHODS = ("EE", "DL", "ML", "REML")


@dataclass(frozen=True)
class Comparison:
    """One treatment against another: effect, interval, p, and where the effect of a next study would lie."""

    first: str
    second: str
    estimate: float
    se: float
    ci: Interval
    pi: Interval | None
    p: float
    studies: int


@dataclass(frozen=True)
class Network:
    """A fitted network.

    ``effects`` (T, T) of the row's treatment against the column's, with ``errors`` (T, T); ``covariance`` (T, T) of
    effects against the reference. ``tau2`` is the variance between studies of any comparison; ``q`` with ``q_df``
    tests heterogeneity and inconsistency together; ``i2`` per cent. ``notes`` for the reader.
    """

    evidence: Evidence
    method: str
    confidence: float
    effects: Floats
    errors: Floats
    covariance: Floats
    tau2: float
    q: float
    q_df: int
    q_p: float
    log_likelihood: float
    notes: tuple[str, ...]

    @property
    def treatments(self) -> tuple[str, ...]:
        return self.evidence.treatments

    @property
    def i2(self) -> float:
        return 100 * max(0.0, (self.q - self.q_df) / self.q) if self.q > 0 else 0.0

    def compared(self, first: str, second: str) -> Comparison:
        """One cell of the league table. Raises BadInput for a treatment that is not there."""
        for name in (first, second):
            if name not in self.treatments:
                raise BadInput(f"No study has {name!r}. There is: {', '.join(self.treatments)}.")
        a, b = self.treatments.index(first), self.treatments.index(second)
        estimate, error = float(self.effects[a, b]), float(self.errors[a, b])
        reach = float(normal_at(0.5 + self.confidence / 2))
        further = reach * float(np.sqrt(error**2 + self.tau2))
        return Comparison(
            first=first,
            second=second,
            estimate=estimate,
            se=error,
            ci=Interval(estimate - reach * error, estimate + reach * error),
            pi=None if self.method == "EE" else Interval(estimate - further, estimate + further),
            p=float(2 * normal_above(abs(estimate) / error)),
            studies=len(self.evidence.pairs.get((min(a, b), max(a, b)), ())),
        )

    def league(self) -> tuple[Comparison, ...]:
        """Every pair once, the later treatment against the earlier."""
        names = self.treatments
        return tuple(
            self.compared(names[b], names[a]) for a in range(len(names)) for b in range(a + 1, len(names))
        )


def network(evidence: Evidence, *, method: Method = "REML", confidence: float = 0.95) -> Network:
    """Fit ``evidence``: EE for effects that are the same in every study, else DL, ML or REML for their variance.

    Raises BadInput for another method, and where tau² is asked for and no comparison is repeated in any way;
    DidNotConverge.
    """
    if method not in METHODS:
        raise BadInput(
            f"A network is not fitted by {method!r}.",
            [Problem("method", repr(method), ", ".join(METHODS), "Choose one of these.")],
        )
    checked_confidence(confidence)
    data = evidence.blocks(evidence.design)
    plain = fitted(data, 0.0)
    free = data.count - len(evidence.treatments) + 1
    q = total(plain)
    notes = list(evidence.notes)
    if method != "EE" and free == 0:
        raise BadInput(
            "No comparison is repeated, directly or indirectly, so nothing shows how much studies differ.",
            [
                Problem(
                    "method", method, "EE", "Use the common effect, and say that it assumes no difference."
                )
            ],
        )
    tau2 = between(data, method, free)
    here = fitted(data, tau2, restricted=method != "ML")
    size = len(evidence.treatments)
    wide = np.zeros((size, size))
    wide[1:, 1:] = here.bread
    beta = np.concatenate([[0.0], here.beta])
    spread = np.diag(wide)[:, None] + np.diag(wide)[None, :] - 2 * wide
    few = [pair for pair, studies in evidence.pairs.items() if len(studies) > 1]
    if method != "EE" and not few:
        notes.append(
            "No two treatments were compared in two studies: tau² rests on loops alone, where differences between "
            "studies and contradictions cannot be told apart."
        )
    return Network(
        evidence=evidence,
        method=method,
        confidence=confidence,
        effects=floats(beta[:, None] - beta[None, :]),
        errors=floats(np.sqrt(np.maximum(spread, 0.0))),
        covariance=wide,
        tau2=tau2,
        q=q,
        q_df=free,
        q_p=float(chi2_above(q, free)),
        log_likelihood=here.height,
        notes=tuple(notes),
    )


def shared(data: Blocks) -> Floats:
    """How tau² enters a study's contrasts: 1 on the diagonal, a half beside it, (1, G, m, m)."""
    pairs = data.there[:, :, None] & data.there[:, None, :]
    own = np.eye(data.there.shape[1], dtype=np.bool_)[None]
    return floats(np.where(pairs, np.where(own, 1.0, 0.5), 0.0))[None]


def fitted(data: Blocks, tau2: float, *, restricted: bool = True) -> At:
    """Generalised least squares at ``tau2``."""
    here = at(data, shared(data), np.array([tau2]), restricted=restricted)
    if here is None:
        raise BadInput("The comparisons do not tell the treatments apart.")
    return here


def total(here: At) -> float:
    """Q: the weighted squares left over."""
    return max(0.0, float(np.sum(here.pulled * here.residuals)))


def between(data: Blocks, method: str, free: int) -> float:
    """tau² by ``method`` where ``free`` degrees of freedom are left. Raises DidNotConverge."""
    if method == "EE" or free <= 0:
        return 0.0
    moments = by_moments(data, free)
    if method == "DL":
        return moments
    typical = float(np.mean(np.einsum("gmm->gm", data.sampling)[data.there]))
    start = np.array([max(moments, 0.1 * typical)])
    try:
        sizes, _ = solve(data, shared(data), restricted=method == "REML", lowest=np.zeros(1), start=start)
    except DidNotConverge as lost:
        raise DidNotConverge(
            "The likelihood of the network has no clear top, so there is no result.",
            [Problem("method", f"{method} did not settle", "a search that ends", "Use DL, or EE beside it.")],
        ) from lost
    return float(sizes[0])


def by_moments(data: Blocks, free: int) -> float:
    """The generalised DerSimonian and Laird: what Q exceeds its expectation by, over what tau² would add to it."""
    plain = fitted(data, 0.0)
    kind = shared(data)[0]
    weighted = plain.inverse @ data.design
    own = float(np.einsum("gmn,gnm->", plain.inverse, kind))
    lost = float(np.trace(plain.bread @ np.einsum("gmp,gmn,gnq->pq", weighted, kind, weighted)))
    return max(0.0, (total(plain) - free) / (own - lost))
