"""The rankers there are: the product's own, and others that packages add by the entry point group.

A package adds one under ``wherewithal.rankers``: a class that takes the records' texts and a question, and
has ``learn`` and ``scores`` as ``Ranker`` says. It may have ``why``, as ``ranker.Explains`` says, and
``missing``, which says what has to be installed first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Protocol

from wherewithal.analyse.reviews.screening.ranking.ranker import TermRanker, WordRanker
from wherewithal.analyse.reviews.screening.ranking.rows import Bools, Floats, Ints
from wherewithal.errors import NothingThere

GROUP = "wherewithal.rankers"
DEFAULT_MODEL = "terms"


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
    def __call__(self, texts: Sequence[str], *, question: str = "") -> Ranker:
        """A ranker of records with these ``texts``, each with its title in the first line (``texts.text_of``)."""


_OURS: Mapping[str, RankerMaker] = {ranker.name: ranker for ranker in (TermRanker, WordRanker)}


def models() -> Mapping[str, Callable[[], RankerMaker]]:
    """Every model's name, with a function that loads it. The product's own cannot be replaced."""
    from importlib.metadata import entry_points

    ours: dict[str, Callable[[], RankerMaker]] = {name: partial(_OURS.__getitem__, name) for name in _OURS}
    others = {point.name: point.load for point in entry_points(group=GROUP) if point.name not in _OURS}
    return ours | others


def missing(name: str) -> str:
    """What has to be installed before the model of that name can be used here; empty where nothing has to.

    A model says so in a function ``missing`` of its own, or needs nothing.
    """
    says: Callable[[], str] | None = getattr(model_named(name), "missing", None)
    return says() if says else ""


def model_named(name: str) -> RankerMaker:
    """The model of that name. Raises NothingThere naming those there are."""
    if name in _OURS:
        return _OURS[name]  # without looking for those of other packages, which takes a while
    known = models()
    if name not in known:
        raise NothingThere(f"There is no model '{name}'.", sorted(known))
    return known[name]()
