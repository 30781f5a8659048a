"""What a worker does to learn: read the decisions, put the unread in order, and store the order with its reasons."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib.metadata import version as version_of
from typing import Any

import numpy as np
from django.db import transaction
from django.db.models import Max
from numpy.typing import NDArray

from wherewithal.analyse.reviews.protocol import SMALL_WORDS, Protocol
from wherewithal.analyse.reviews.screening.decisions import Verdict
from wherewithal.analyse.reviews.screening.ranking import Explains
from wherewithal_web.analyse.reviews import queries
from wherewithal_web.analyse.reviews.learning.asking import LEARN, ask_to_learn
from wherewithal_web.analyse.reviews.learning.rankers import Pile, pile_for
from wherewithal_web.analyse.reviews.models import (
    DuplicateSearch,
    Ranking,
    RankingOrder,
    ScreeningDecision,
)
from wherewithal_web.cases.models import Case
from wherewithal_web.jobs.handlers import Finish, Progress, handles

EXPLAINED = 60
"""Records at the head of the order for which it is worked out why. A newer order comes before they are read."""

TERMS_ASKED = 16
"""Terms asked for of each record: enough that six are left without the small words."""

TEACH_NOTHING = "duplicate"
"""The reason that says nothing about what a record is about."""

_ROUND = 6
"""Decimals to which scores are compared, so that the same lesson gives the same order on another machine."""


@dataclass(frozen=True)
class Lesson:
    """The order that was learnt: records' numbers, first to read first, and what it was learnt from."""

    order: NDArray[np.int64]
    decisions: int
    learnt_to: int
    why: dict[str, Any]

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.order.astype("<i8").tobytes()).hexdigest()


@handles(LEARN)
def learn(progress: Progress, *, case: int) -> Finish | None:
    """Learn from every decision made so far. Safe to begin again: nothing is written before the end."""
    found = Case.objects.filter(pk=case).first()
    if found is None:
        return None
    progress(0, 3, "reading the records")
    version = queries.newest_version(found)
    protocol = queries.protocol_of(found)
    search, ruled_to = queries.newest_search(found), queries.newest_ruling(found)
    pile = pile_for(found, model=protocol.model, question=queries.question_of(found, protocol))
    progress(1, 3, "learning from the decisions")
    lesson = learn_from(pile, decisions_of(found), protocol)
    progress(2, 3, "storing the order")
    return partial(
        _store,
        found,
        lesson,
        model=protocol.model,
        seed=protocol.seed,
        protocol=version.number if version else 0,
        search=search,
        ruled_to=ruled_to,
    )


def decisions_of(case: Case, *, upto: int | None = None) -> list[ScreeningDecision]:
    """Decisions on title and abstract, oldest first, up to the one of that number."""
    rows = ScreeningDecision.objects.filter(record__file__case=case, stage=queries.ABSTRACT)
    rows = rows.filter(pk__lte=upto) if upto is not None else rows
    return list(rows.order_by("pk").only("pk", "record_id", "verdict", "reason", "decided_by_id", "settles"))


def learn_from(pile: Pile, decisions: Sequence[ScreeningDecision], protocol: Protocol) -> Lesson:
    """Teach the pile's model and put what nobody has decided about in order.

    Where people differ about a record, it counts as included: what one of two finds relevant is worth more like
    it. A record left unsure, or left out as a duplicate, teaches nothing. Of records with the same score the one
    that came first is read first.

    Records that wait for a second person come before all others, in the order in which the first decided: their
    own scores know what was decided, and would tell. Why a record comes is told from what is settled only.
    """
    labels: dict[int, bool] = {}
    decided: dict[int, dict[int, ScreeningDecision]] = {}
    for each in decisions:
        # What was decided about a duplicate was decided about its work.
        mine = decided.setdefault(pile.copies.get(each.record_id, each.record_id), {})
        if each.settles:
            mine.clear()
        mine[each.decided_by_id] = each
    for record, latest in decided.items():
        verdicts = [each for each in latest.values() if each.verdict != Verdict.UNSURE]
        verdicts = [each for each in verdicts if each.reason != TEACH_NOTHING]
        if verdicts:
            labels[record] = any(each.verdict == Verdict.INCLUDE for each in verdicts)
    here = set(pile.numbers.tolist())
    known = np.array(sorted(set(labels) & here), dtype=np.int64)
    places = pile.places(known)
    pile.ranker.learn(places.tolist(), [labels[number] for number in known.tolist()])
    unread = ~np.isin(pile.numbers, np.fromiter(decided, dtype=np.int64, count=len(decided)))
    once = [
        record
        for record, latest in decided.items()
        if not any(each.settles for each in latest.values())
        and len(latest) < queries.needed_for(record, queries.ABSTRACT, protocol)
    ]
    scores = np.round(pile.ranker.scores(), _ROUND)
    which = np.flatnonzero(unread)
    ranked = pile.numbers[which[np.argsort(-scores[which], kind="stable")]]
    waiting = [number for number in once if number in here]
    order = np.concatenate([np.array(waiting, dtype=np.int64), ranked])
    last = decisions[-1].pk if decisions else 0
    first = ranked[:EXPLAINED].tolist()
    told = [number for number in known.tolist() if number not in set(waiting)]
    if len(told) < len(known):
        places = pile.places(np.array(told, dtype=np.int64))
        pile.ranker.learn(places.tolist(), [labels[number] for number in told])
    return Lesson(order, len(decisions), last, _why(pile, first))


def _why(pile: Pile, records: Sequence[int]) -> dict[str, Any]:
    """For each record what speaks for and against it, and which decided records it is like."""
    ranker = pile.ranker
    if not isinstance(ranker, Explains):
        return {}
    found = {}
    places = pile.places(np.array(records, dtype=np.int64))
    for number, place in zip(records, places.tolist(), strict=True):
        reason = ranker.why(int(place), terms=TERMS_ASKED)
        found[str(number)] = {
            "towards": _worth_showing(reason.towards)[:6],
            "against": _worth_showing(reason.against)[:3],
            "like": [[int(pile.numbers[at]), round(alike, 3)] for at, alike in reason.like],
        }
    return found


def _worth_showing(terms: Sequence[tuple[str, float]]) -> list[str]:
    """Terms without those that are small words only: they count in the model, and tell a reader nothing."""
    return [term for term, _share in terms if not set(term.split()) <= SMALL_WORDS]


@cache
def _our_version() -> str:
    return version_of("wherewithal")


def _store(
    case: Case,
    lesson: Lesson,
    *,
    model: str,
    seed: int,
    protocol: int,
    search: DuplicateSearch | None,
    ruled_to: int,
) -> dict[str, int]:
    """Keep the lesson; its order takes the place of the older one. Ask again where more was decided meanwhile."""
    number = (case.rankings.aggregate(newest=Max("number"))["newest"] or 0) + 1
    made = Ranking.objects.create(
        case=case,
        number=number,
        model=model,
        version=_our_version(),
        seed=seed,
        protocol=protocol,
        decisions=lesson.decisions,
        learnt_to=lesson.learnt_to,
        records=len(lesson.order),
        order_sha256=lesson.sha256,
        duplicate_search=search,
        ruled_to=ruled_to,
    )
    RankingOrder.objects.filter(ranking__case=case).delete()
    RankingOrder.objects.create(ranking=made, order=lesson.order.astype("<i8").tobytes(), why=lesson.why)
    newer = ScreeningDecision.objects.filter(
        record__file__case=case, stage=queries.ABSTRACT, pk__gt=lesson.learnt_to
    )
    last = newer.order_by("-pk").select_related("decided_by").first()
    if last is not None:
        # The run that ends here is still open, so the next can only be asked for once it has ended.
        transaction.on_commit(lambda: ask_to_learn(by=last.decided_by, case=case))
    return {"ranking": number, "decisions": lesson.decisions}
