"""Run inside the peers' environment: statsmodels and PyMARE on the sets given, as JSON on standard output.

    python peers.py SETS.json REPEATS

SETS.json: {name: {"y": [...], "v": [...]}}. Seconds are processor seconds a fit, the median of three rounds.
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from collections.abc import Callable
from statistics import median
from typing import Any

import numpy as np
from pymare import Dataset
from pymare.estimators import (
    DerSimonianLaird,
    Hedges,
    VarianceBasedLikelihoodEstimator,
    WeightedLeastSquares,
)
from statsmodels.stats.meta_analysis import combine_effects

warnings.simplefilter("ignore")


def statsmodels_fit(method: str) -> Callable[[np.ndarray, np.ndarray], dict[str, float]]:
    def fit(y: np.ndarray, v: np.ndarray) -> dict[str, float]:
        found = combine_effects(y, v, method_re={"PM": "iterated"}.get(method, "chi2"))
        if method == "EE":
            return {"estimate": found.mean_effect_fe, "se": found.sd_eff_w_fe, "tau2": 0.0}
        return {"estimate": found.mean_effect_re, "se": found.sd_eff_w_re, "tau2": found.tau2}

    return fit


def pymare_fit(method: str) -> Callable[[np.ndarray, np.ndarray], dict[str, float]]:
    make = {
        "EE": lambda: WeightedLeastSquares(tau2=0.0),
        "DL": DerSimonianLaird,
        "HE": Hedges,
        "ML": lambda: VarianceBasedLikelihoodEstimator(method="ML"),
        "REML": lambda: VarianceBasedLikelihoodEstimator(method="REML"),
    }[method]

    def fit(y: np.ndarray, v: np.ndarray) -> dict[str, float]:
        found = make().fit_dataset(Dataset(y, v)).summary()
        fixed = found.get_fe_stats()
        tau2 = float(np.ravel(found.tau2)[0])
        return {"estimate": float(fixed["est"][0, 0]), "se": float(fixed["se"][0, 0]), "tau2": tau2}

    return fit


PEERS = {
    "statsmodels": {method: statsmodels_fit(method) for method in ("EE", "DL", "PM")},
    "PyMARE": {method: pymare_fit(method) for method in ("EE", "DL", "HE", "ML", "REML")},
}


def timed(fit: Callable[[], Any], repeats: int) -> float:
    rounds = []
    for _ in range(3):
        start = time.process_time()
        for _ in range(repeats):
            fit()
        rounds.append((time.process_time() - start) / repeats)
    return median(rounds)


def main() -> None:
    with open(sys.argv[1], encoding="utf-8") as file:
        sets = json.load(file)
    repeats = int(sys.argv[2])
    results: dict[str, dict[str, dict[str, Any]]] = {}
    for peer, methods in PEERS.items():
        for method, fit in methods.items():
            for name, numbers in sets.items():
                y, v = np.array(numbers["y"]), np.array(numbers["v"])
                here = results.setdefault(f"{peer} {method}", {})
                try:
                    here[name] = {**fit(y, v), "seconds": timed(lambda: fit(y, v), repeats)}  # noqa: B023
                except Exception as error:
                    here[name] = {"error": repr(error)[:200]}
    json.dump(results, sys.stdout)


if __name__ == "__main__":
    main()
