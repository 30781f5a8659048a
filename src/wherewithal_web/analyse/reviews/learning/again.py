"""Learn once more from the log, and see whether the same order comes out."""

from __future__ import annotations

from wherewithal_web.analyse.reviews import queries
from wherewithal_web.analyse.reviews.learning.lessons import Lesson, decisions_of, learn_from
from wherewithal_web.analyse.reviews.learning.rankers import read_pile
from wherewithal_web.analyse.reviews.models import Ranking


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
    )
    taught = getattr(ranking, "earlier", None)
    earlier = queries.earlier_labels(taught.files if taught else [])
    return learn_from(pile, decisions_of(case, upto=ranking.learnt_to), protocol, earlier)
