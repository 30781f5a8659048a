"""The stored thread: cases, findings, sentences, decisions."""

from wherewithal_web.cases.models.case import Case, CaseShare
from wherewithal_web.cases.models.decision import Decision, DecisionStep
from wherewithal_web.cases.models.finding import CaseFinding, SourceEvent, StoredFinding
from wherewithal_web.cases.models.sentence import DriftAnswer, Sentence, Wording

__all__ = [
    "Case",
    "CaseFinding",
    "CaseShare",
    "Decision",
    "DecisionStep",
    "DriftAnswer",
    "Sentence",
    "SourceEvent",
    "StoredFinding",
    "Wording",
]
