"""What is kept from people while two are to decide about a record, each without knowing what the other did.

``needed_for``   how many people decide about a record at a stage
``waiting_in``   the records about which one of two has decided: what they decided is told to nobody else
``veils_of``     from when on what somebody wrote beside a record could give their decision away
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from django.db.models import Max

from wherewithal.analyse.reviews.protocol import Protocol
from wherewithal.analyse.reviews.screening.settling import Outcome, people_needed
from wherewithal_web.analyse.reviews.models import Copy, Remark, ScreeningDecision, ScreeningStage, Standing
from wherewithal_web.analyse.reviews.queries.protocol import protocol_of
from wherewithal_web.analyse.reviews.queries.searches import ABSTRACT, FULL_TEXT
from wherewithal_web.cases.models import Case
from wherewithal_web.people.models import User

HIDDEN = "hidden until a second person has decided"
"""What stands in an export in the place of a decision that a second person may not know yet."""

ALWAYS = datetime.min.replace(tzinfo=UTC)


def needed_for(record: int, stage: str, protocol: Protocol) -> int:
    """How many people decide about a record: at the full text everybody or nobody has a second reader."""
    share = protocol.second_share
    if stage == FULL_TEXT:
        share = 100 if share == 100 else 0
    return people_needed(record, share=share, seed=protocol.seed)


def waiting_in(case: Case) -> set[tuple[int, str]]:
    """The records, each with its stage, about which one of two people has decided; with them their duplicates."""
    rows = Standing.objects.filter(case=case, outcome=Outcome.WAITING.value)
    waiting = set(rows.values_list("record", "stage"))
    duplicates = Copy.objects.filter(case=case).values_list("record", "of")
    return waiting | {
        (copy, stage.value)
        for copy, work in duplicates
        for stage in ScreeningStage
        if (work, stage.value) in waiting
    }


def veils_of(case: Case, records: Iterable[int], protocol: Protocol | None = None) -> dict[int, datetime]:
    """For each record that is still to be decided about by two: since when what is written beside it is veiled.

    What was written before both had decided on title and abstract is open once they have; at the full text only
    what was written since then is kept back. ``protocol``: the one that holds, where it was read already.
    """
    numbers = set(records)
    if not numbers:
        return {}
    protocol = protocol or protocol_of(case)
    stages = (ABSTRACT, FULL_TEXT)
    numbers = {each for each in numbers if any(needed_for(each, stage, protocol) > 1 for stage in stages)}
    if not numbers:
        return {}
    standings = Standing.objects.filter(record__in=numbers)
    outcomes = {
        (record, stage): said for record, stage, said in standings.values_list("record", "stage", "outcome")
    }
    veils = {}
    for number in numbers:
        stage = FULL_TEXT if outcomes.get((number, ABSTRACT)) == Outcome.INCLUDE else ABSTRACT
        to_decide = outcomes.get((number, stage)) in (None, Outcome.WAITING)
        if to_decide and needed_for(number, stage, protocol) > 1:
            veils[number] = ALWAYS
    kept = [number for number in veils if outcomes.get((number, ABSTRACT)) == Outcome.INCLUDE]
    made = ScreeningDecision.objects.filter(record__in=kept, stage=ABSTRACT).order_by()
    veils.update(made.values_list("record").annotate(Max("decided_at")))
    return veils


def open_remarks(
    case: Case, remarks: Iterable[Remark], user: User | None = None, protocol: Protocol | None = None
) -> Iterator[Remark]:
    """Those of ``remarks`` that ``user`` may read: their own, and what gives no decision away. None: nobody's own."""
    every = list(remarks)
    if not every:
        return
    numbers = {each.record_id for each in every}
    # What was written beside a duplicate was written about its work.
    stands_for = dict(Copy.objects.filter(record__in=numbers).values_list("record", "of"))
    veils = veils_of(case, (stands_for.get(number, number) for number in numbers), protocol)
    for each in every:
        mine = user is not None and each.said_by_id == user.pk
        veil = veils.get(stands_for.get(each.record_id, each.record_id))
        if mine or veil is None or each.said_at < veil:
            yield each
