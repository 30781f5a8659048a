"""What the studies say together: effect sizes, pooling, why studies differ, what may be missing, dependence.

Every function takes numbers (and a mapping of columns), gives a frozen dataclass, and refuses what cannot be used with
``BadInput``, or ``DidNotConverge`` where there is no answer. Figures agree with R's metafor, clubSandwich and
robumeta to 1e-6 or the test says where and why not.
"""

from wherewithal.analyse.reviews.synthesis.blocks import assumed_covariance
from wherewithal.analyse.reviews.synthesis.counts import PooledTables, mantel_haenszel, peto
from wherewithal.analyse.reviews.synthesis.doubts import Doubt, doubts_about_directions, doubts_about_groups
from wherewithal.analyse.reviews.synthesis.effects.parts import Choices, Measure
from wherewithal.analyse.reviews.synthesis.effects.sizes import MEASURES, EffectSizes, effect_sizes
from wherewithal.analyse.reviews.synthesis.fail_safe import FailSafe, orwin, rosenberg, rosenthal
from wherewithal.analyse.reviews.synthesis.multilevel import (
    Correlated,
    Multilevel,
    correlated_effects,
    multilevel,
    multivariate,
)
from wherewithal.analyse.reviews.synthesis.one_by_one import (
    Baujat,
    Influence,
    Series,
    TrueEffects,
    baujat,
    cumulative,
    influence,
    leave_one_out,
    true_effects,
)
from wherewithal.analyse.reviews.synthesis.pooling import Interval, Pooled, pool
from wherewithal.analyse.reviews.synthesis.q_profile import Heterogeneity, between_interval
from wherewithal.analyse.reviews.synthesis.regression import (
    Coefficient,
    Regression,
    Subgroups,
    meta_regression,
    subgroups,
)
from wherewithal.analyse.reviews.synthesis.selection import Selection, selection_model
from wherewithal.analyse.reviews.synthesis.small_studies import (
    Asymmetry,
    egger,
    egger_between,
    peese,
    pet,
    pet_peese,
    rank_test,
)
from wherewithal.analyse.reviews.synthesis.studies import DidNotConverge
from wherewithal.analyse.reviews.synthesis.trim_and_fill import Filled, trim_and_fill

__all__ = [
    "MEASURES", "Asymmetry", "Baujat", "Choices", "Coefficient", "Correlated", "DidNotConverge", "Doubt",
    "EffectSizes", "FailSafe", "Filled", "Heterogeneity", "Influence", "Interval", "Measure", "Multilevel", "Pooled",
    "PooledTables", "Regression", "Selection", "Series", "Subgroups", "TrueEffects", "assumed_covariance", "baujat",
    "between_interval", "correlated_effects", "cumulative", "doubts_about_directions", "doubts_about_groups",
    "effect_sizes", "egger", "egger_between", "influence", "leave_one_out", "mantel_haenszel", "meta_regression",
    "multilevel", "multivariate", "orwin", "peese", "pet", "pet_peese", "peto", "pool", "rank_test", "rosenberg",
    "rosenthal", "selection_model", "subgroups", "trim_and_fill", "true_effects",
]  # fmt: skip
