"""A model with a pile's words read into it, kept between lessons: reading 50,000 abstracts takes a while."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from wherewithal.analyse.reviews.screening.ranking import Ranker, model_named, text_of
from wherewithal_web.analyse.reviews import queries
from wherewithal_web.analyse.reviews.groups import merged_bodies
from wherewithal_web.analyse.reviews.models import Record
from wherewithal_web.cases.models import Case

KEPT = 2
"""Piles whose words a worker keeps: a second one so that two cases can be screened at a time."""


@dataclass
class Pile:
    """A pile as a model sees it: ``numbers`` of its records in the order of the file, and the model.

    ``copies``: for each duplicate the record of the pile that stands for it.
    """

    key: tuple[object, ...]
    numbers: NDArray[np.int64]
    ranker: Ranker
    copies: Mapping[int, int]

    def places(self, records: NDArray[np.int64]) -> NDArray[np.int64]:
        """Where records stand in the pile."""
        return np.searchsorted(self.numbers, records)


_PILES: OrderedDict[int, Pile] = OrderedDict()


def pile_for(case: Case, *, model: str, question: str) -> Pile:
    """The pile of a case, read anew where records or duplicates came or went, or the question changed."""
    files = tuple(case.record_files.order_by("pk").values_list("pk", "sha256"))
    copies = queries.copies_of(case)
    key = (files, model, question, hash(frozenset(copies.items())))
    there = _PILES.get(case.pk)
    if there is not None and there.key == key:
        _PILES.move_to_end(case.pk)
        return there
    made = read_pile(case, model=model, question=question, copies=copies, key=key)
    _PILES[case.pk] = made
    while len(_PILES) > KEPT:
        _PILES.popitem(last=False)
    return made


def read_pile(
    case: Case,
    *,
    model: str,
    question: str,
    copies: Mapping[int, int],
    key: tuple[object, ...] = (),
    upto: datetime | None = None,
) -> Pile:
    """Read titles and abstracts into a model that has learnt nothing yet. A work has its best title and abstract.

    ``upto`` leaves out the records of searches that were brought in later.
    """
    rows = Record.objects.filter(file__case=case).order_by("pk").values_list("pk", "title", "body__abstract")
    rows = rows.filter(file__imported_at__lte=upto) if upto is not None else rows
    stand_for_others = set(copies.values())
    numbers, texts, again = [], [], {}
    for number, title, abstract in rows.iterator(2_000):
        if number in copies:
            continue
        if number in stand_for_others:
            again[number] = len(texts)
        numbers.append(number)
        texts.append(text_of(title, abstract or ""))
    for number, body in merged_bodies(copies):
        texts[again[number]] = text_of(body.title, body.abstract)
    ranker = model_named(model)(texts, question=question)
    return Pile(key, np.array(numbers, dtype=np.int64), ranker, copies)
