"""Everything that changes the library, a file each idea."""

from wherewithal_web.analyse.library.actions.checks import record_check
from wherewithal_web.analyse.library.actions.editions import (
    Applied,
    AppliedTogether,
    apply_edition,
    apply_editions,
    load_starter_editions,
)
from wherewithal_web.analyse.library.actions.examples import FIELDS as EXAMPLE_FIELDS
from wherewithal_web.analyse.library.actions.examples import add_example, change_example, remove_example
from wherewithal_web.analyse.library.actions.listing import list_programmes
from wherewithal_web.analyse.library.actions.loading import Loaded, Look, load_file
from wherewithal_web.analyse.library.actions.notices import Asked, ask_for_notices, keep_notices
from wherewithal_web.analyse.library.actions.saved import (
    delete_search,
    mark_seen,
    rename_search,
    save_search,
)
from wherewithal_web.analyse.library.actions.studies import (
    Kept,
    add_study,
    change_study,
    refresh_study,
    remove_study,
    study_key,
)
from wherewithal_web.analyse.library.actions.threads import (
    add_disagreement,
    add_entry,
    add_example_finding,
    add_reading,
    add_study_finding,
)
from wherewithal_web.analyse.library.actions.waiting import (
    EVERY,
    accept_edition,
    keep_for_a_look,
    leave_edition,
    load_waiting,
)

__all__ = [
    "EVERY",
    "EXAMPLE_FIELDS",
    "Applied",
    "AppliedTogether",
    "Asked",
    "Kept",
    "Loaded",
    "Look",
    "accept_edition",
    "add_disagreement",
    "add_entry",
    "add_example",
    "add_example_finding",
    "add_reading",
    "add_study",
    "add_study_finding",
    "apply_edition",
    "apply_editions",
    "ask_for_notices",
    "change_example",
    "change_study",
    "delete_search",
    "keep_for_a_look",
    "keep_notices",
    "leave_edition",
    "list_programmes",
    "load_file",
    "load_starter_editions",
    "load_waiting",
    "mark_seen",
    "record_check",
    "refresh_study",
    "remove_example",
    "remove_study",
    "rename_search",
    "save_search",
    "study_key",
]
