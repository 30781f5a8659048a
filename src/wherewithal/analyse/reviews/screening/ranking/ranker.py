"""Learn from decisions, put the unread in order, and say why a record stands where it does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np

from wherewithal.analyse.reviews.screening.ranking.endings import singular
from wherewithal.analyse.reviews.screening.ranking.rows import Bools, Floats, Ints, Rows
from wherewithal.analyse.reviews.screening.ranking.space import Reader, Space
from wherewithal.analyse.reviews.screening.ranking.svm import ROUGH, TOLERANCE, Solution, solve
from wherewithal.analyse.reviews.screening.ranking.texts import title_twice
from wherewithal.analyse.reviews.screening.ranking.words import WordFeatures, read_features

PAIRS_COUNT = 0.7
"""What a pair of words weighs beside a word. Half to seven tenths do about as well on SYNERGY; one does worse."""


@dataclass(frozen=True)
class Reason:
    """Why a record stands where it does.

    ``towards`` and ``against`` are terms with their share of the score, strongest first; ``like`` are
    numbers of records that were decided on, with how alike they are (0 to 1), most alike first.
    """

    towards: tuple[tuple[str, float], ...]
    against: tuple[tuple[str, float], ...]
    like: tuple[tuple[int, float], ...]


@runtime_checkable
class Explains(Protocol):
    """A model that can say why a record stands where it does."""

    def why(self, record: int, *, terms: int = 6, like: int = 3) -> Reason: ...


class WordRanker:
    """ELAS u4 of ASReview 2, solved exactly.

    Before there are decisions of both kinds it orders by the words of the question, then by likeness to what
    was included.
    """

    name = "words"

    def __init__(self, texts: Sequence[str], *, question: str = "") -> None:
        """``texts`` are those of the records (``texts.text_of``); ``question`` the protocol's own words."""
        self.features: WordFeatures = self._features_of(texts)
        self._question: Floats = self.features.likeness(question) if question else np.zeros(len(texts))
        self._solve_in(self.features, self.features.shared, self.features.shared.reader())
        self._solution: Solution | None = None
        self._labelled: Ints = np.zeros(0, dtype=np.int64)
        self._scores: Floats = self._question

    def _features_of(self, texts: Sequence[str]) -> WordFeatures:
        return read_features(texts)

    def _solve_in(self, space: Space, words: Rows, reader: Reader) -> None:
        """Rank in ``space``, whose first columns are ``words``; ``reader`` gives its rows."""
        self._space, self._words, self._read = space, words, reader

    def learn(
        self, labelled: Sequence[int] | Ints, included: Sequence[bool] | Bools, *, roughly: bool = False
    ) -> None:
        """Take all decisions made so far. Quick where they are the earlier ones and a few more.

        ``roughly`` stops as soon as the order of the next records is known well enough.
        """
        self._labelled = np.array(labelled, dtype=np.int64)
        decided = np.array(included, dtype=np.bool_)
        if decided.any() and not decided.all():
            rows = self._read.of(self._labelled)
            self._solution = solve(
                self._space,
                self._labelled,
                decided,
                start=self._solution,
                rows=rows,
                tolerance=ROUGH if roughly else TOLERANCE,
            )
            self._scores = self._solution.scores(self._space)
        elif decided.any():
            self._solution = None
            self._scores = self._question + self._alike(self._labelled)
        else:
            self._solution = None
            self._scores = self._question - 0.5 * self._alike(self._labelled)

    def scores(self) -> Floats:
        """Every record's score, higher first to read; they have no unit and mean nothing alone (records,)."""
        return self._scores

    def why(self, record: int, *, terms: int = 6, like: int = 3) -> Reason:
        """What speaks for and against a record, and which decided records it is most like."""
        alike: tuple[tuple[int, float], ...] = ()
        columns, weights = self._words.row(record)
        if len(self._labelled):
            near = self._read.of(self._labelled).times(self._space.shared.vector(record))
            best = np.argsort(-near, kind="stable")[:like]
            alike = tuple((int(self._labelled[i]), float(near[i])) for i in best if near[i] > 0)
        if self._solution is None:
            return Reason((), (), alike)
        shares = weights * self._solution.weights[columns]
        order = np.argsort(-shares, kind="stable")
        named = [(self.features.term(int(columns[i])), float(shares[i])) for i in order]
        return Reason(
            tuple(each for each in named[:terms] if each[1] > 0),
            tuple(each for each in named[: -terms - 1 : -1] if each[1] < 0),
            alike,
        )

    def _alike(self, records: Ints) -> Floats:
        """Each record's mean likeness to ``records``."""
        if not len(records):
            return np.zeros(len(self.features))
        middle = self._read.of(records).summed(np.full(len(records), 1 / len(records)))
        return self._space.shared.times(middle)


class TermRanker(WordRanker):
    """The default model: ELAS u4's machine on words without their plural endings, titles counting twice.

    What a record is about stands in its title, and one study says "programme" where the next says "programmes". Pairs
    of words weigh ``PAIRS_COUNT`` of what words do. The three were chosen together on the nine reviews of SYNERGY.
    """

    name = "terms"

    def _features_of(self, texts: Sequence[str]) -> WordFeatures:
        return read_features([title_twice(text) for text in texts], folded=singular, pairs_count=PAIRS_COUNT)
