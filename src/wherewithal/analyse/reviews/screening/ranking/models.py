"""The rankers there are: the product's own, and others that packages add by the entry point group.

A package adds one under ``wherewithal.rankers``: a class that takes the records' texts and a question, and
has ``learn`` and ``scores`` as ``Ranker`` says. It may have ``why``, as ``ranker.Explains`` says, and
``missing``, which says what has to be installed first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from wherewithal.analyse.reviews.screening.ranking.ranker import WordRanker
from wherewithal.analyse.reviews.screening.ranking.rows import Bools, Floats, Ints
from wherewithal.errors import NothingThere

GROUP = "wherewithal.rankers"
DEFAULT_MODEL = "words"


class Ranker(Protocol):
    """What every model can do."""

    def learn(
        self, labelled: Sequence[int] | Ints, included: Sequence[bool] | Bools, *, roughly: bool = False
    ) -> None:
        """Take all decisions made so far: record numbers, and whether each was included.

        The same decisions must give the same scores whatever was learnt before. ``roughly`` lifts that: what
        comes next is all that matters, as when a finished review is screened again by the hundred.
        """

    def scores(self) -> Floats:
        """Every record's score, higher first to read (records,)."""


class RankerMaker(Protocol):
    def __call__(self, texts: Sequence[str], *, question: str = "") -> Ranker: ...


def models() -> Mapping[str, Callable[[], RankerMaker]]:
    """Every model's name, with a function that loads it. The product's own cannot be replaced."""
    from importlib.metadata import entry_points

    found: dict[str, Callable[[], RankerMaker]] = {
        point.name: point.load for point in entry_points(group=GROUP) if point.name != DEFAULT_MODEL
    }
    return {DEFAULT_MODEL: lambda: WordRanker, **found}


def missing(name: str) -> str:
    """What has to be installed before the model of that name can be used here; empty where nothing has to.

    A model says so in a function ``missing`` of its own, or needs nothing.
    """
    says: Callable[[], str] | None = getattr(model_named(name), "missing", None)
    return says() if says else ""


def model_named(name: str) -> RankerMaker:
    """The model of that name. Raises NothingThere naming those there are."""
    if name == DEFAULT_MODEL:
        return WordRanker
    known = models()
    if name not in known:
        raise NothingThere(f"There is no model '{name}'.", sorted(known))
    return known[name]()
