"""Everything that changes the library, a file each idea."""

from wherewithal_web.analyse.library.actions.editions import (
    Applied,
    AppliedTogether,
    apply_edition,
    apply_editions,
    load_starter_editions,
)
from wherewithal_web.analyse.library.actions.listing import list_programmes
from wherewithal_web.analyse.library.actions.loading import Loaded, Look, load_file
from wherewithal_web.analyse.library.actions.notices import Asked, ask_for_notices
from wherewithal_web.analyse.library.actions.threads import add_reading
from wherewithal_web.analyse.library.actions.waiting import (
    EVERY,
    accept_edition,
    keep_for_a_look,
    leave_edition,
    load_waiting,
)

__all__ = [
    "EVERY",
    "Applied",
    "AppliedTogether",
    "Asked",
    "Loaded",
    "Look",
    "accept_edition",
    "add_reading",
    "apply_edition",
    "apply_editions",
    "ask_for_notices",
    "keep_for_a_look",
    "leave_edition",
    "list_programmes",
    "load_file",
    "load_starter_editions",
    "load_waiting",
]
