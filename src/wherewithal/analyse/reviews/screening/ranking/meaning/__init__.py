"""Titles and abstracts by what they mean: a language model's reading beside the words themselves.

``word_pieces``   text as the pieces of words that the language model knows
``network``       the language model: pieces in, a direction in 384 dimensions out
``weights``       where its weights are on this machine, and what to install where they are not
``kept``          directions kept on disk, since each takes a tenth of a second
``ranker``        the model that ranks by words and meaning together

The language model is all-MiniLM-L6-v2 (22.7 million weights, Apache 2.0), run with numpy alone. Nothing is sent
anywhere.
"""

from wherewithal.analyse.reviews.screening.ranking.meaning.ranker import MeaningRanker

__all__ = ["MeaningRanker"]
