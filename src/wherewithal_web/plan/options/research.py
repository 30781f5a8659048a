"""What is known about an option besides its figures: in words, with what changed since it was cited."""

from __future__ import annotations

from wherewithal.plan.options import Cell, Kind
from wherewithal_web.plan.options.queries import Column

NOT_LINKED = "Nothing linked yet"


def research_cell(column: Column) -> Cell:
    """The research that an option cites, one line a finding: our reading first, then the native ratings."""
    if not column.research:
        return Cell(NOT_LINKED, note="says nothing either way" if column.row.kind != Kind.STOP.value else "")
    lines = []
    for evidence in column.research:
        band = evidence.finding.band or evidence.finding.title
        lines.append(f"{band}: {evidence.ratings}" if evidence.ratings else band)
        lines += [f"Changed: {change.words}" for change in evidence.changes]
    return Cell(lines[0], note="\n".join(lines[1:]))
