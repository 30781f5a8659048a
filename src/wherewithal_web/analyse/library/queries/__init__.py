"""Reading the library. Everyone who signs in sees all of it."""

from wherewithal_web.analyse.library.queries.effects import Effect, effects_of
from wherewithal_web.analyse.library.queries.programmes import (
    Rests,
    family_of,
    identity_of,
    reading_of,
    resting_on,
    what_rests_on,
)
from wherewithal_web.analyse.library.queries.standing import (
    editions_of,
    entries_of,
    held_lists,
    held_registers,
    newest_editions,
    standings,
    whole_edition,
)

__all__ = [
    "Effect",
    "Rests",
    "editions_of",
    "effects_of",
    "entries_of",
    "family_of",
    "held_lists",
    "held_registers",
    "identity_of",
    "newest_editions",
    "reading_of",
    "resting_on",
    "standings",
    "what_rests_on",
    "whole_edition",
]
