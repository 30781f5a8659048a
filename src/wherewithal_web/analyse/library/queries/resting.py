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
    """What rests on one thing: ``seen`` are cases this person may see, ``others`` counts the rest."""

    seen: tuple[Case, ...] = ()
    others: int = 0
    sentences: int = 0
    decisions: int = 0

    @property
    def cases(self) -> int:
        return len(self.seen) + self.others


NOTHING = Weight()


@dataclass
class _Tally:
    cases: set[int] = field(default_factory=set)
    sentences: set[int] = field(default_factory=set)
    decisions: set[int] = field(default_factory=set)


def weights(user: User) -> dict[str, Weight]:
    """What rests on each thing, by a finding's subject and by the key of each of its sources.

    A thing that no case has on its thread is not in it: then it is ``NOTHING``. Counts are over all cases.
    """
    tallies: dict[str, _Tally] = defaultdict(_Tally)
    handles: dict[int, set[str]] = {}
    for row in StoredFinding.objects.only("pk", "subject", "body"):
        handles[row.pk] = {row.subject, *(source["key"] for source in row.body["sources"])}
    for case, finding in CaseFinding.objects.values_list("case_id", "finding_id"):
        for handle in handles[finding]:
            tallies[handle].cases.add(case)
    for sentence in Sentence.objects.prefetch_related("wordings"):
        wording = current_wording(sentence)
        if not wording.removed:
            for handle in _all(handles.get(pk, ()) for pk in wording.cites):
                tallies[handle].sentences.add(sentence.pk)
    for decision in _standing_decisions():
        findings = decision.snapshot_body["findings"]
        named = ({each["subject"], *(source["key"] for source in each["sources"])} for each in findings)
        for handle in _all(named):
            tallies[handle].decisions.add(decision.pk)
            tallies[handle].cases.add(decision.case_id)
    mine = {case.pk: case for case in cases_seen_by(user)}
    return {
        handle: Weight(
            tuple(mine[pk] for pk in sorted(tally.cases & mine.keys())),
            len(tally.cases - mine.keys()),
            len(tally.sentences),
            len(tally.decisions),
        )
        for handle, tally in tallies.items()
    }


def _all(groups: Iterable[Iterable[str]]) -> set[str]:
    return {handle for group in groups for handle in group}


def _standing_decisions() -> Iterable[Decision]:
    """The newest confirmed decision of each case."""
    done: set[int] = set()
    for decision in Decision.objects.prefetch_related("steps").order_by("-pk"):
        if decision.case_id not in done and decision.state is State.CONFIRMED:
            done.add(decision.case_id)
            yield decision
