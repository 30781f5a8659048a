"""Reading the library. Everyone who signs in sees all of it."""

from wherewithal_web.analyse.library.queries.effects import (
    Effect,
    effects_of,
    findings_now,
    subjects_on_threads,
)
from wherewithal_web.analyse.library.queries.programmes import (
    Rests,
    family_of,
    identity_of,
    reading_of,
    resting_on,
    what_rests_on,
)
from wherewithal_web.analyse.library.queries.resting import NOTHING, Weight, weights
from wherewithal_web.analyse.library.queries.standing import (
    edition_on,
    editions_of,
    entries_at,
    entries_of,
    held_lists,
    held_registers,
    newest_editions,
    standings,
    whole_edition,
)

__all__ = [
    "NOTHING",
    "Effect",
    "Rests",
    "Weight",
    "edition_on",
    "editions_of",
    "effects_of",
    "entries_at",
    "entries_of",
    "family_of",
    "findings_now",
    "held_lists",
    "held_registers",
    "identity_of",
    "newest_editions",
    "reading_of",
    "resting_on",
    "standings",
    "subjects_on_threads",
    "weights",
    "what_rests_on",
    "whole_edition",
]
