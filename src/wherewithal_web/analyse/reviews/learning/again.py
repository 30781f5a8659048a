"""Learn once more from the log, and see whether the same order comes out."""

from __future__ import annotations

from typing import Any

from wherewithal_web.analyse.reviews import queries
from wherewithal_web.analyse.reviews.learning.asking import AGAIN
from wherewithal_web.analyse.reviews.learning.lessons import Lesson, decisions_of, learn_from
from wherewithal_web.analyse.reviews.learning.rankers import read_pile
from wherewithal_web.analyse.reviews.models import Ranking
from wherewithal_web.jobs.handlers import Finish, Progress, handles


@handles(AGAIN)
def check_again(progress: Progress, *, case: int) -> Finish | None:
    """Learn the newest order of a case once more, and say whether it comes out the same. Nothing is changed."""
    ranking = Ranking.objects.filter(case=case).select_related("case").order_by("-number").first()
    if ranking is None:
        return None
    progress(0, 1, "learning once more from the log")
    lesson = learn_again(ranking)
    progress(1, 1, "comparing the orders")
    return lambda: _told(ranking, lesson)


def _told(ranking: Ranking, lesson: Lesson) -> dict[str, Any]:
    """What came out, for whoever asked."""
    same = lesson.sha256 == ranking.order_sha256
    head = f"Order {ranking.number}, of {len(lesson.order):,} records, was learnt once more from the log: "
    why = (
        ""
        if same
        else f" It was made by version {ranking.version}; another version of the model gives another order."
    )
    said = "the same order came out." if same else "another order came out."
    return {"ranking": ranking.number, "same": same, "words": head + said + why}


def learn_again(ranking: Ranking) -> Lesson:
    """The lesson behind a ranking, from its decisions and nothing else. Records that came later take no part.

    Where its fingerprint is that of the ranking, the log explains the order in full.
    """
    case = ranking.case
    version = case.protocol_versions.filter(number=ranking.protocol).first()
    protocol = version.protocol if version else queries.first_protocol(case)
    pile = read_pile(
        case,
        model=ranking.model,
        question=queries.question_of(case, protocol),
        copies=queries.copies_then(case, search=ranking.duplicate_search_id, ruled_to=ranking.ruled_to),
        upto=ranking.made_at,
    )
    taught = getattr(ranking, "earlier", None)
    earlier = queries.earlier_labels(taught.files if taught else [])
    return learn_from(pile, decisions_of(case, upto=ranking.learnt_to), protocol, earlier)
