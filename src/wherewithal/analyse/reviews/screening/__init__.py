"""Screening: which records are kept, which are left out and why, and what that adds to the thread."""

from wherewithal.analyse.reviews.screening.decisions import REASONS, Decision, Reason, Verdict, reason
from wherewithal.analyse.reviews.screening.findings import (
    SearchFile,
    decision_words,
    record_finding,
    screening_finding,
)

__all__ = [
    "REASONS",
    "Decision",
    "Reason",
    "SearchFile",
    "Verdict",
    "decision_words",
    "reason",
    "record_finding",
    "screening_finding",
]
