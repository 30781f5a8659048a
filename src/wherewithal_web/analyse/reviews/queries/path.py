"""The steps of a review from a search to an answer, in their order, each with how far it is. None locks another."""

from __future__ import annotations

from dataclasses import dataclass

from wherewithal.plain_english import counted
from wherewithal_web.analyse.reviews.models import Comparison, RecordFile
from wherewithal_web.analyse.reviews.queries.appraising import states_of
from wherewithal_web.analyse.reviews.queries.duplicates import newest_search, removed_of, waiting_of
from wherewithal_web.analyse.reviews.queries.extracting import plan_of
from wherewithal_web.analyse.reviews.queries.likeness import likeness_told
from wherewithal_web.analyse.reviews.queries.outcomes import outcomes_on_thread
from wherewithal_web.analyse.reviews.queries.resembling import resembling
from wherewithal_web.analyse.reviews.queries.screening import Counts
from wherewithal_web.analyse.reviews.queries.studying import placements_of
from wherewithal_web.cases.models import Case

STUDIES = ("study", "studies")


@dataclass(frozen=True)
class Step:
    """One step: its name, the page where it is done (a name of an address), how far it is, and whether that is all.

    ``for_contributors``: only they may open that page.
    """

    name: str
    address: str
    words: str
    done: bool
    for_contributors: bool = False


def steps_of(case: Case, titles: Counts, full_texts: Counts) -> tuple[Step, ...]:
    """The eight steps. ``titles`` and ``full_texts`` are the counts of the two rounds of looking."""
    searches = RecordFile.objects.filter(case=case).count()
    doubts, removed = waiting_of(case).open, removed_of(case).all
    looked = newest_search(case) is not None or removed > 0
    settled = f"{removed:,} removed" + (f", {counted(doubts, 'pair')} to settle" if doubts else "")
    studies = {placed.study_id for placed in placements_of(case).values()}
    with_result = (
        Comparison.objects.filter(study__in=studies, results__isnull=False).values("study").distinct().count()
    )
    appraised = len(
        {state.row.study_id for state in states_of(case) if state.holds and state.row.study_id in studies}
    )
    outcomes, told = len(plan_of(case).outcomes), len(outcomes_on_thread(case))
    return (
        Step(
            "Search",
            "reviews:records",
            f"{counted(searches, 'search', 'searches')}, {counted(titles.found, 'record')}",
            searches > 0,
        ),
        Step(
            "Duplicates",
            "reviews:duplicates",
            settled if looked else "not looked for yet",
            looked and not doubts,
        ),
        Step(
            "Titles and abstracts",
            "reviews:records",
            f"{titles.decided:,} of {titles.found:,} looked at, {titles.kept:,} kept",
            titles.found > 0 and not titles.to_look_at,
        ),
        Step(
            "Full texts",
            "reviews:texts",
            _of(
                full_texts.decided,
                full_texts.found,
                ("full text", "full texts"),
                "decided about",
                "nothing kept yet",
            ),
            full_texts.found > 0 and full_texts.decided == full_texts.found,
            for_contributors=True,
        ),
        Step(
            "What each study did and found",
            "reviews:studies",
            _of(
                with_result, len(studies), STUDIES, "with a result", "no studies yet", "without a result yet"
            ),
            0 < len(studies) == with_result,
        ),
        Step(
            "How far each can be relied on",
            "reviews:appraisals",
            _of(appraised, len(studies), STUDIES, "appraised", "no studies yet"),
            0 < len(studies) == appraised,
        ),
        Step(
            "What they say together",
            "reviews:outcomes",
            _of(told, outcomes, ("outcome", "outcomes"), "on the thread", "no outcome planned yet"),
            0 < outcomes == told,
        ),
        Step("Which of them are like us", "reviews:alike", _likeness(case), likeness_told(case)),
    )


def _of(
    some: int, all_of_them: int, noun: tuple[str, str], words: str, nothing: str, not_yet: str = ""
) -> str:
    """How many of all: "3 of 4 outcomes on the thread", "1 outcome, not on the thread yet"."""
    if not all_of_them:
        return nothing
    if all_of_them == 1:
        return f"1 {noun[0]}, {words if some else not_yet or f'not {words} yet'}"
    return f"{some:,} of {all_of_them:,} {noun[1]} {words}"


def _likeness(case: Case) -> str:
    """How far the comparison with our area is: described, and how many studies are like it."""
    resembles = resembling(case)
    if resembles is None:
        return "our area is not described yet"
    alike = sum(each is True for each in resembles.values())
    return _of(alike, len(resembles), STUDIES, "like us", "no studies yet", "not known to be like us")
