"""One pooled effect in words, as every model begins where each study gives one effect."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wherewithal.analyse.reviews.synthesis.pooling import Pooled


def in_words(pooled: Pooled, name: str) -> list[str]:
    lines = [
        f"{name}: {pooled.k} studies, {pooled.method}, test {pooled.test}",
        f"  pooled effect        {pooled.estimate:.4f} (standard error {pooled.se:.4f}, p = {pooled.p:.4g})",
        f"  {share(pooled.confidence)} interval         {pooled.ci.low:.4f} to {pooled.ci.high:.4f}",
    ]
    if pooled.pi:
        lines.append(f"  next study's effect  {pooled.pi.low:.4f} to {pooled.pi.high:.4f}")
    return [
        *lines,
        f"  between studies      tau² {pooled.tau2:.4f}, I² {pooled.i2:.1f}%, H² {pooled.h2:.2f}",
        f"  do they differ?      Q = {pooled.q:.2f} on {pooled.q_df} degrees of freedom, p = {pooled.q_p:.4g}",
    ]


def share(confidence: float) -> str:
    return f"{100 * confidence:g}%"


def beside(each: Mapping[str, Any]) -> str:
    """An estimate with its interval, its p and, where it has them, its degrees of freedom."""
    free = f" on {each['df']:.1f} degrees of freedom" if each["df"] is not None else ""
    ends = each["ci"]
    return f"{each['estimate']:8.4f} ({ends['low']:.4f} to {ends['high']:.4f}), p = {each['p']:.4g}{free}"
