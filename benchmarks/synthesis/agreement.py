"""How many of our figures are metafor's, by estimator and by kind of result, and which are not.

    .venv/bin/python benchmarks/synthesis/agreement.py [--shared ../shared]

Reads the kept results of metafor 5.1-12 and works each out again. A figure agrees where the relative difference is
below 1e-6 (numbers below 1e-9 are compared as they stand). The unit tests assert the same, kind by kind, with the
reasons.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from wherewithal.analyse.reviews.synthesis import (
    between_interval,
    cumulative,
    egger,
    egger_between,
    influence,
    leave_one_out,
    pool,
    rank_test,
    trim_and_fill,
    true_effects,
)
from wherewithal.analyse.reviews.synthesis.between import NAMES

HERE = Path(__file__).resolve().parents[2]
SERIES = {
    "estimate": "estimate",
    "se": "se",
    "p": "pval",
    "low": "ci.lb",
    "high": "ci.ub",
    "tau2": "tau2",
    "i2": "I2",
}
INFLUENCE = {
    "deleted": "rstudent",
    "dffits": "dffits",
    "cook": "cook.d",
    "covariance_ratio": "cov.r",
    "hat": "hat",
    "tau2_without": "tau2.del",
    "q_without": "QE.del",
    "weight": "weight",
}


class Counted:
    """Figures compared and agreeing under one name, and where the others are."""

    def __init__(self) -> None:
        self.compared = self.agree = 0
        self.others: dict[str, float] = {}

    def add(self, where: str, pairs: Iterable[tuple[Any, Any]]) -> None:
        for ours, theirs in pairs:
            if theirs is None or (isinstance(theirs, float) and np.isnan(theirs)):
                continue
            self.compared += 1
            far = 0.0 if ours == theirs else abs(float(ours) - float(theirs)) / max(abs(float(theirs)), 1e-9)
            if far < 1e-6:
                self.agree += 1
            else:
                self.others[where] = max(self.others.get(where, 0.0), far)

    def row(self, name: str) -> str:
        others = "; ".join(f"{where} (up to {far:.0e})" for where, far in self.others.items())
        return f"| {name} | {self.compared:,} | {self.agree:,} | {others} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--shared", default=os.environ.get("WHEREWITHAL_SHARED") or HERE.parent / "shared")
    path = Path(parser.parse_args().shared) / "data" / "meta" / "metafor_reference.json"
    kept = json.loads(path.read_text(encoding="utf-8"))
    table: dict[str, Counted] = {}
    for name, results in kept["uni"].items():
        y, v = _effects(kept["escalc"][name])
        for key, theirs in results.items():
            method, _, test = key.partition("_")
            if method in NAMES and isinstance(theirs, dict) and "tau2" in theirs:
                label = f"pooling, {method}" + (f", {test}" if test else "")
                table.setdefault(label, Counted()).add(name, _pooled(y, v, method, test or "z", theirs))
        for kind, pairs in _others(y, v, results):
            table.setdefault(kind, Counted()).add(name, pairs)
    print("| what | figures compared | agree to 1e-6 | the others |\n|---|---|---|---|")
    for label, counted in table.items():
        print(counted.row(label))
    whole = [sum(getattr(c, key) for c in table.values()) for key in ("compared", "agree")]
    print(f"| all | {whole[0]:,} | {whole[1]:,} | |")


def _effects(made: dict[str, list[Any]]) -> tuple[np.ndarray, np.ndarray]:
    y, v = (
        np.array([np.nan if x in (None, "NA") else x for x in made[key]], dtype=float) for key in ("yi", "vi")
    )
    there = np.isfinite(y) & np.isfinite(v)
    return y[there], v[there]


def _pooled(y: np.ndarray, v: np.ndarray, method: str, test: str, theirs: dict) -> list[tuple[Any, Any]]:
    ours = pool(y, v, method=method, test=test)
    pi = ours.pi or (None, None)
    return [
        (ours.k, theirs["k"]),
        (ours.estimate, theirs["beta"]),
        (ours.se, theirs["se"]),
        (ours.statistic, theirs["zval"]),
        (ours.p, theirs["pval"]),
        (ours.ci.low, theirs["ci.lb"]),
        (ours.ci.high, theirs["ci.ub"]),
        (ours.tau2, theirs["tau2"]),
        (ours.tau2_se, theirs["se.tau2"] if ours.tau2_se is not None else None),
        (ours.i2, theirs["I2"]),
        (ours.h2, theirs["H2"]),
        (ours.q, theirs["QE"]),
        (ours.q_p, theirs["QEp"]),
        (ours.df, theirs["dfs"] if ours.df is not None else None),
        (ours.log_likelihood, theirs["ll"]["ll"]),
        (pi[0], theirs["pred"]["pi.lb"] if ours.pi else None),
        (pi[1], theirs["pred"]["pi.ub"] if ours.pi else None),
    ]


def _others(y: np.ndarray, v: np.ndarray, results: dict) -> Iterable[tuple[str, list[tuple[Any, Any]]]]:
    """The other kinds of results of a set, each with pairs of figures."""

    def there(key: str) -> bool:
        return key in results and not (isinstance(results[key], dict) and "error" in results[key])

    if there("weights"):
        yield "weights, REML", list(zip(pool(y, v).weights, results["weights"], strict=True))
    if there("confint_REML_Qprofile"):
        ends = between_interval(y, v).tau2
        rows = results["confint_REML_Qprofile"][1:]
        yield "interval of tau² (Q-profile)", [(o, r["tau^2"]) for o, r in zip(ends, rows, strict=True)]
    for key, test in (("regtest_lm", egger), ("regtest_sei", egger_between)):
        if there(key):
            ours, theirs = test(y, v), results[key]
            yield (
                f"small studies, {key}",
                [
                    (ours.statistic, theirs["zval"]),
                    (ours.p, theirs["pval"]),
                    (ours.limit, theirs["est"]),
                    (ours.limit_ci.low, theirs["ci.lb"]),
                    (ours.limit_ci.high, theirs["ci.ub"]),
                ],
            )
    if there("ranktest"):
        rank = rank_test(y, v)
        yield (
            "small studies, rank test",
            [(rank.tau, results["ranktest"]["tau"]), (rank.p, results["ranktest"]["pval"])],
        )
    if there("trimfill"):
        filled, theirs = trim_and_fill(y, v), results["trimfill"]
        yield (
            "trim and fill",
            [
                (filled.missing, theirs["k0"]),
                (filled.missing_se, theirs["se.k0"]),
                (filled.pooled.estimate, theirs["beta"]),
                (filled.pooled.se, theirs["se"]),
                (filled.pooled.tau2, theirs["tau2"]),
            ],
        )
    for key, work, names in (
        ("leave1out", leave_one_out, {**SERIES, "q": "Q", "q_p": "Qp", "h2": "H2"}),
        ("cumul", cumulative, SERIES),
        ("influence", influence, INFLUENCE),
        ("blup", true_effects, {"effects": "pred", "se": "se"}),
    ):
        if there(key):
            found = work(y, v)
            yield (
                key,
                [
                    pair
                    for ours, theirs in names.items()
                    for pair in zip(getattr(found, ours).tolist(), results[key][theirs], strict=True)
                ],
            )


if __name__ == "__main__":
    main()
