"""A model that ranks by words and by meaning together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from wherewithal.analyse.reviews.screening.ranking.beside import Beside
from wherewithal.analyse.reviews.screening.ranking.meaning import kept, weights
from wherewithal.analyse.reviews.screening.ranking.meaning.neighbours import nearest
from wherewithal.analyse.reviews.screening.ranking.meaning.network import WIDTH, Network, Singles
from wherewithal.analyse.reviews.screening.ranking.meaning.word_pieces import WordPieces
from wherewithal.analyse.reviews.screening.ranking.ranker import TermRanker
from wherewithal.analyse.reviews.screening.ranking.rows import Bools, Floats, Ints
from wherewithal.home import home

SHARE = 0.06
"""How much of two records' likeness is that of their meaning, the rest being that of their words."""

NEIGHBOURS, HEARD = 20, 0.3
"""How many of the nearest records in meaning are heard, and how much of a record's score is theirs."""

ENOUGH = 10
"""Inclusions needed before meaning counts: a handful says too little of what is nearly the same."""

PIECES = 128
"""Pieces of words read of each record: its title and about the first half of its abstract."""

KEPT_IN = "meaning.sqlite3"


@dataclass(frozen=True)
class _Space:
    """What the support vector machine solves in: see ``WordFeatures`` for ``shared`` and ``own``."""

    shared: Beside
    own: Floats

    def __len__(self) -> int:
        return len(self.own)


class MeaningRanker(TermRanker):
    """The default model, which from the tenth inclusion on also knows what each record means.

    Until then it is the default. After, the likeness of two records is 0.94 times that of their words and 0.06 times
    the cosine of their directions in a language model (``SHARE``), and three tenths of a record's score are those of
    the twenty records nearest to it in meaning (``HEARD``, ``NEIGHBOURS``). These numbers were chosen on the nine
    reviews of SYNERGY, where a share of 0.1, forty neighbours or two tenths do about as well. Directions are kept in
    the data folder, so that a text is read by the language model once: ten to twenty-five a second of processor time.
    """

    name = "meaning"

    def __init__(self, texts: Sequence[str], *, question: str = "") -> None:
        """Raises NothingThere, saying what to install, where the language model is not on this machine."""
        there = weights.found()
        super().__init__(texts, question=question)
        reader = _Reader(there)
        passages = [text.replace("\n", " ", 1) for text in texts]
        directions = kept.directions(passages, reader.direction, width=WIDTH, file=home() / KEPT_IN)
        self._around = nearest(directions, NEIGHBOURS)
        words = self.features.shared.scaled(float(np.sqrt(1 - SHARE)))
        both = Beside(words, np.sqrt(SHARE) * directions.astype(np.float64))
        self._by_words = self.features, self.features.shared, self.features.shared.reader()
        self._by_both = _Space(both, (1 - SHARE) * self.features.own), words, both.reader()
        self._knows_meaning = False

    def learn(
        self, labelled: Sequence[int] | Ints, included: Sequence[bool] | Bools, *, roughly: bool = False
    ) -> None:
        enough = int(np.sum(included)) >= ENOUGH
        if enough != self._knows_meaning:
            # A solution is one of the space it was found in.
            self._knows_meaning, self._solution = enough, None
            self._solve_in(*(self._by_both if enough else self._by_words))
        super().learn(labelled, included, roughly=roughly)
        if enough and self._solution is not None:
            self._scores = self._around.heard(self._scores, HEARD)

    @staticmethod
    def missing() -> str:
        """Why it cannot be used on this machine, and what to install; empty where it can."""
        return weights.missing()


class _Reader:
    """The language model, loaded when the first text is read by it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._loaded: tuple[WordPieces, Network] | None = None

    def direction(self, text: str) -> Singles:
        if self._loaded is None:
            vocabulary = (self._folder / weights.FILES[1]).read_text(encoding="utf-8").split("\n")
            self._loaded = WordPieces(vocabulary), Network(self._folder / weights.FILES[0])
        pieces, network = self._loaded
        return network.direction(pieces.numbers(text, PIECES))
