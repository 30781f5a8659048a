"""The thread: from every sentence of a case to what it rests on, and what has changed since.

    from wherewithal.thread import Finding, Claim, drift_of

``finding``   one dated, immutable result of one analysis
``claim``     one sentence of a case and the findings it rests on
``drift``     what has changed under claims, papers and decisions, worked out and never flagged by hand
``decision``  the option chosen, by two people, on a frozen snapshot
``stages``    how complete each stage of a case is, and what is missing
``look_again`` when a finding is due to be looked at again
"""

from wherewithal.thread.claim import Claim, Support
from wherewithal.thread.decision import Snapshot
from wherewithal.thread.drift import Change, Drift, Kind, SourceEvent, Thread, changes_to, drift_of
from wherewithal.thread.finding import Finding, Input, Interval, Lane, Method, Source, fingerprint_of

__all__ = [
    "Change",
    "Claim",
    "Drift",
    "Finding",
    "Input",
    "Interval",
    "Kind",
    "Lane",
    "Method",
    "Snapshot",
    "Source",
    "SourceEvent",
    "Support",
    "Thread",
    "changes_to",
    "drift_of",
    "fingerprint_of",
]
