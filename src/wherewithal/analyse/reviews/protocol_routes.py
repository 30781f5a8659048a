"""Three routes through a review, and what each asks for.

Sources: rapid: Garritty and others (2021), Cochrane Rapid Reviews Methods Group offers evidence-informed guidance,
Journal of Clinical Epidemiology 130:13-22 (two people for at least a fifth of titles and abstracts). Standard:
Cochrane's conduct standards for reviews of interventions (MECIR), C24 (more than one database) and C39 (two people
decide independently). Update: Garner and others (2016), When and how to update systematic reviews, BMJ 354:i3507.
"""

from __future__ import annotations

from dataclasses import dataclass

from wherewithal.errors import NothingThere


@dataclass(frozen=True)
class Ask:
    """One thing that a route asks for."""

    key: str
    words: str


@dataclass(frozen=True)
class Route:
    """A way through a review. ``second_share`` is the percentage of records that two people should decide about."""

    key: str
    name: str
    says: str
    second_share: int
    may_stop: bool
    asks: tuple[Ask, ...]


_QUESTION = Ask("question", "A question with who, what and for which outcome")
_WHOLE_QUESTION = Ask("whole question", "A question in all its five parts")
_RULES = Ask("rules", "Rules for what is kept and what is left out")
_DATED = Ask("dated", "For each search: the words as typed, and the date")
_TWO = Ask("two databases", "More than one database searched")

ROUTES = (
    Route(
        "rapid",
        "Rapid",
        "For a decision in weeks. One person screens, a second checks at least a fifth, and reading may stop at a "
        "planned look. The record says what was cut short.",
        20,
        True,
        (
            _QUESTION,
            _RULES,
            Ask("search", "At least one search"),
            _DATED,
            Ask("second some", "A second person for at least a fifth of the records"),
        ),
    ),
    Route(
        "standard",
        "Standard",
        "For a question where being wrong is costly. Two people decide about every record, each without seeing what "
        "the other decided, and everything is read.",
        100,
        False,
        (
            _WHOLE_QUESTION,
            _RULES,
            _TWO,
            _DATED,
            Ask("second all", "Two people for every record"),
        ),
    ),
    Route(
        "update",
        "Update",
        "For an earlier review that needs only what is new. Its question and rules hold; say where you change them.",
        20,
        True,
        (
            _QUESTION,
            _RULES,
            Ask("earlier", "The earlier review's records (bring them in with the database “Earlier review”)"),
            _DATED,
            Ask("second some", "A second person for at least a fifth of the records"),
        ),
    ),
)
"""Every route, the lightest first."""


def route(key: str) -> Route:
    """The route with that key. Raises NothingThere naming those there are."""
    for each in ROUTES:
        if each.key == key:
            return each
    raise NothingThere(f"There is no route '{key}'.", [each.key for each in ROUTES])
