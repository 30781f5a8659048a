"""Reading cases. Everything starts from what the person may see (``seen``)."""

from wherewithal_web.cases.queries.completeness import (
    ToDo,
    next_review,
    present_needs,
    stages_and_needs,
    standing_decision,
    waiting_decision,
)
from wherewithal_web.cases.queries.seen import (
    case_for,
    cases_seen_by,
    share_for,
    sources_seen_by,
)
from wherewithal_web.cases.queries.thread import (
    Line,
    by_section,
    citable_findings,
    claims_of,
    current_wording,
    lines_of,
    sentences_of,
    stored_finding,
    stored_findings_of,
    thread_of,
)

__all__ = [
    "Line",
    "ToDo",
    "by_section",
    "case_for",
    "cases_seen_by",
    "citable_findings",
    "claims_of",
    "current_wording",
    "lines_of",
    "next_review",
    "present_needs",
    "sentences_of",
    "share_for",
    "sources_seen_by",
    "stages_and_needs",
    "standing_decision",
    "stored_finding",
    "stored_findings_of",
    "thread_of",
    "waiting_decision",
]
