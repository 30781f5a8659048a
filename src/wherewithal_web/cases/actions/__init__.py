"""Everything that changes a case. Views, commands and rooms call these; nothing else writes."""

from wherewithal_web.cases.actions.case import change_case, share_case, start_case, unshare_case
from wherewithal_web.cases.actions.decision import move_decision, propose_decision
from wherewithal_web.cases.actions.finding import (
    add_finding,
    note_families_voice,
    note_judgement,
    record_source_event,
    refresh_case_finding,
    refresh_finding,
    withdraw_case_source,
)
from wherewithal_web.cases.actions.sentence import (
    answer_drift,
    move_sentence,
    remove_sentence,
    reword_sentence,
    write_sentence,
)

__all__ = [
    "add_finding",
    "answer_drift",
    "change_case",
    "move_decision",
    "move_sentence",
    "note_families_voice",
    "note_judgement",
    "propose_decision",
    "record_source_event",
    "refresh_case_finding",
    "refresh_finding",
    "remove_sentence",
    "reword_sentence",
    "share_case",
    "start_case",
    "unshare_case",
    "withdraw_case_source",
    "write_sentence",
]
