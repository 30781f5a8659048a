"""Everything that changes the library, a file each idea."""

from wherewithal_web.analyse.library.actions.editions import (
    Applied,
    Loaded,
    apply_edition,
    load_edition,
    load_starter_editions,
)
from wherewithal_web.analyse.library.actions.listing import list_programmes
from wherewithal_web.analyse.library.actions.threads import add_reading
from wherewithal_web.analyse.library.actions.waiting import (
    accept_edition,
    keep_for_a_look,
    leave_edition,
    load_waiting,
)

__all__ = [
    "Applied",
    "Loaded",
    "accept_edition",
    "add_reading",
    "apply_edition",
    "keep_for_a_look",
    "leave_edition",
    "list_programmes",
    "load_edition",
    "load_starter_editions",
    "load_waiting",
]
