"""How much rests on each thing in the library, over every case, naming only the cases a person may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from wherewithal.thread.decision import State
from wherewithal_web.cases.models import Case, CaseFinding, Decision, Sentence, StoredFinding
from wherewithal_web.cases.queries import cases_seen_by, current_wording
from wherewithal_web.people.models import User


@dataclass(frozen=True)
class Weight:
    """What rests on one thing: ``seen`` are cases this person may see, ``others`` counts the rest.

    ``findings`` counts those on threads, in each case for itself.
    """

    seen: tuple[Case, ...] = ()
    others: int = 0
    sentences: int = 0
    decisions: int = 0
    findings: int = 0

    @property
    def cases(self) -> int:
        return len(self.seen) + self.others


@dataclass
class _Tally:
    cases: set[int] = field(default_factory=set)
    sentences: set[int] = field(default_factory=set)
    decisions: set[int] = field(default_factory=set)
    findings: set[tuple[int, int]] = field(default_factory=set)


class Resting:
    """What rests on what, counted over all cases; only those that ``user`` may see are named.

    A thing is asked for by the subject of its findings ("library:programme:...") or by the key of a source
    ("register:..."). It is read from the database once, when made.
    """

    def __init__(self, user: User) -> None:
        self._tallies: dict[str, _Tally] = defaultdict(_Tally)
        self._mine = {case.pk: case for case in cases_seen_by(user)}
        handles = {
            pk: {subject, *(source["key"] for source in body["sources"])}
            for pk, subject, body in StoredFinding.objects.values_list("pk", "subject", "body")
        }
        for case, finding in CaseFinding.objects.values_list("case_id", "finding_id"):
            for handle in handles[finding]:
                self._tallies[handle].cases.add(case)
                self._tallies[handle].findings.add((case, finding))
        for sentence in Sentence.objects.prefetch_related("wordings"):
            wording = current_wording(sentence)
            if not wording.removed:
                for handle in _all(handles.get(pk, ()) for pk in wording.cites):
                    self._tallies[handle].sentences.add(sentence.pk)
        for decision in _standing_decisions():
            findings = decision.snapshot_body["findings"]
            named = ({each["subject"], *(source["key"] for source in each["sources"])} for each in findings)
            for handle in _all(named):
                self._tallies[handle].decisions.add(decision.pk)
                self._tallies[handle].cases.add(decision.case_id)

    def on(self, *handles: str) -> Weight:
        """What rests on a thing that goes by these handles, each sentence, decision and case once."""
        tallies = [self._tallies[handle] for handle in handles if handle in self._tallies]
        cases = {pk for tally in tallies for pk in tally.cases}
        return Weight(
            tuple(self._mine[pk] for pk in sorted(cases & self._mine.keys())),
            len(cases - self._mine.keys()),
            len({pk for tally in tallies for pk in tally.sentences}),
            len({pk for tally in tallies for pk in tally.decisions}),
            len({pair for tally in tallies for pair in tally.findings}),
        )


def _all(groups: Iterable[Iterable[str]]) -> set[str]:
    return {handle for group in groups for handle in group}


def _standing_decisions() -> Iterable[Decision]:
    """The newest confirmed decision of each case."""
    done: set[int] = set()
    for decision in Decision.objects.prefetch_related("steps").order_by("-pk"):
        if decision.case_id not in done and decision.state is State.CONFIRMED:
            done.add(decision.case_id)
            yield decision
