"""Everything that changes what figures are held, and how a figure reaches a case.

``asking``      services asked for figures
``bringing``    files brought in, and what was said of a table's columns
``gathering``   small files put into one table, for quick reading
``layouts``     where areas stand on a map
``neighbours``  who is like whom
``findings``    a figure on the thread, and read again when figures move
"""

from wherewithal_web.analyse.needs.actions.asking import ask_service
from wherewithal_web.analyse.needs.actions.bringing import (
    Imported,
    import_file,
    import_files,
    import_own,
    leave_waiting,
    say_columns,
)
from wherewithal_web.analyse.needs.actions.findings import (
    add_cohort_to_case,
    add_indicator_to_case,
    add_parts_to_case,
    finding_of,
    refresh_findings,
)
from wherewithal_web.analyse.needs.actions.layouts import set_layout
from wherewithal_web.analyse.needs.actions.neighbours import set_neighbours, set_statistical_neighbours

__all__ = [
    "Imported",
    "add_cohort_to_case",
    "add_indicator_to_case",
    "add_parts_to_case",
    "ask_service",
    "finding_of",
    "import_file",
    "import_files",
    "import_own",
    "leave_waiting",
    "refresh_findings",
    "say_columns",
    "set_layout",
    "set_neighbours",
    "set_statistical_neighbours",
]
