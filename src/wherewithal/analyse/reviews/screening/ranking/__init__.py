"""Ranking: which unread records most resemble those that were included. It orders, and never excludes.

    from wherewithal.analyse.reviews.screening.ranking import TermRanker, text_of

``texts``      a record as models read it
``words``      texts as weighted words and pairs of words
``endings``    words without the ending of their plural
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
from wherewithal.analyse.reviews.screening.ranking.ranker import Explains, Reason, TermRanker, WordRanker
from wherewithal.analyse.reviews.screening.ranking.texts import text_of
from wherewithal.analyse.reviews.screening.ranking.words import WordFeatures, read_features

__all__ = [
    "DEFAULT_MODEL",
    "Explains",
    "Ranker",
    "Reason",
    "TermRanker",
    "WordFeatures",
    "WordRanker",
    "missing",
    "model_named",
    "models",
    "read_features",
    "text_of",
]
