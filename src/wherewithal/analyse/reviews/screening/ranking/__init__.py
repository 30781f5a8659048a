"""Ranking: which unread records most resemble those that were included. It orders, and never excludes.

    from wherewithal.analyse.reviews.screening.ranking import read_features, WordRanker

``words``      titles and abstracts as weighted words and pairs of words
``svm``        the model: a linear support vector machine, solved exactly and from where it last stood
``ranker``     learn from decisions, put the rest in order, say why a record stands where it does
``meaning``    a model that knows what words mean, where its weights are installed
``models``     the rankers there are, the product's own and others added by entry points
"""

from wherewithal.analyse.reviews.screening.ranking.models import (
    DEFAULT_MODEL,
    Ranker,
    missing,
    model_named,
    models,
)
from wherewithal.analyse.reviews.screening.ranking.ranker import Explains, Reason, WordRanker
from wherewithal.analyse.reviews.screening.ranking.words import WordFeatures, read_features

__all__ = [
    "DEFAULT_MODEL",
    "Explains",
    "Ranker",
    "Reason",
    "WordFeatures",
    "WordRanker",
    "missing",
    "model_named",
    "models",
    "read_features",
]
