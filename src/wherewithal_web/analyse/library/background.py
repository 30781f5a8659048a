"""What the library does in the background."""

from __future__ import annotations

from typing import Any

from wherewithal.plain_english import counted
from wherewithal.sources.notices import check_notices
from wherewithal_web.analyse.library import actions, queries
from wherewithal_web.jobs.handlers import Finish, Progress, handles
from wherewithal_web.people.models import User

NOTICES = "library.notices"
EVERYTHING = "everything"
"""The key of its run: there is one list of papers, so two people who ask at once ask once."""


@handles(NOTICES)
def ask_about_papers(progress: Progress, *, by: int) -> Finish:
    """Ask services about every paper that the library or a thread names; what is new is written at the end."""
    person = User.objects.get(pk=by)
    statuses = check_notices(
        queries.named_dois(),
        progress=lambda done, of: progress(done, of, "questions answered"),
    )

    def write() -> dict[str, Any]:
        asked = actions.keep_notices(by=person, statuses=statuses)
        return {"words": words_of(asked), "problems": list(asked.problems)}

    return write


def words_of(asked: actions.Asked) -> str:
    """What became of it, for whoever asked."""
    if not asked.statuses:
        return "Nothing here names a paper by its DOI yet, so there was nothing to ask."
    count = counted(len(asked.statuses), "paper")
    if asked.nobody_answered:
        return f"Nobody could be asked about {count}. What was known before stays; try again later."
    states = ", ".join(f"{number} {state}" for state, number in asked.counts.most_common())
    new = counted(len(asked.fresh), "new notice")
    return f"Asked about {count}: {states}. {new}{', told to the cases that rest on them' if asked.fresh else ''}."
