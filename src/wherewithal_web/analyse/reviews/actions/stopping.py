"""Beginning a random check of the unread, and deciding to stop or to read on."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
from django.db import transaction
from django.db.models import Max

from wherewithal.analyse.reviews.screening.settling import Outcome
from wherewithal.analyse.reviews.screening.standing_of_reading import AUDIT_ASSUMES, LOOKS_ASSUME
from wherewithal.errors import BadInput
from wherewithal.plain_english import counted
from wherewithal_web.analyse.reviews import queries
from wherewithal_web.analyse.reviews.models import (
    RandomCheck,
    Reservation,
    ScreeningDecision,
    Standing,
    StopDecision,
)
from wherewithal_web.audit.actions import record as write_down
from wherewithal_web.cases.models import Case
from wherewithal_web.cases.permissions import may
from wherewithal_web.people.models import User
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission

RULES = {"looks": "the planned rule", "check": "the random check", "everything": "everything was read"}


@transaction.atomic
def begin_check(*, by: User, case: Case) -> RandomCheck:
    """Draw all that is unread at random. From now on the next record is the next of the draw.

    The order follows from the case's seed and the number of the check, so it can be drawn again. Raises BadInput
    where nothing is unread, or a check is going on.
    """
    require(may(by, Permission.CONTRIBUTE, case))
    Case.objects.select_for_update().get(pk=case.pk)
    if queries.checking(case) is not None:
        raise BadInput("A random check is going on already. Read on: its records come one after another.")
    touched = Standing.objects.filter(case=case, stage=queries.ABSTRACT)
    unread = queries.pile_of(case).exclude(pk__in=touched.values("record"))
    numbers = np.array(list(unread.values_list("pk", flat=True)), dtype=np.int64)
    if not len(numbers):
        raise BadInput("Nothing is unread, so there is nothing to check.")
    seed = queries.protocol_of(case).seed + case.random_checks.count() + 1
    order = np.random.default_rng(seed).permutation(numbers)
    relevant = touched.exclude(outcome__in=[Outcome.EXCLUDE.value, Outcome.WAITING.value]).count()
    decisions = ScreeningDecision.objects.filter(record__file__case=case)
    made = RandomCheck.objects.create(
        case=case,
        seed=seed,
        unread=len(order),
        earlier=relevant,
        begun_after=decisions.aggregate(newest=Max("pk"))["newest"] or 0,
        order=order.astype("<i8").tobytes(),
        begun_by=by,
    )
    # What somebody holds now was chosen by rank: the check begins with its own draw.
    Reservation.objects.filter(case=case, stage=queries.ABSTRACT, user=by).delete()
    write_down(
        by=by,
        action="reviews.begin_check",
        summary=f"began a random check of {counted(len(order), 'unread record')}",
        case=case.slug,
        details={"seed": seed, "unread": len(order), "earlier": relevant},
    )
    return made


@transaction.atomic
def decide_to_stop(*, by: User, case: Case, stops: bool, rule: str, why: str = "") -> StopDecision:
    """Stop reading, or look and read on, by ``rule``: one of ``RULES``, or "own" with a reason.

    Stopping by a rule needs the rule to allow it; a reason of one's own is recorded as such. What the page said,
    with every number, is kept. Raises BadInput where the rule does not allow it, or a reason of one's own is
    missing.
    """
    require(may(by, Permission.CONTRIBUTE, case))
    reading = queries.reading(case)
    check = queries.check_of(case)
    why = why.strip()[:1000]
    if rule not in {*RULES, "own"}:
        raise BadInput("Choose by which rule.")
    if rule == "check" and check is None:
        raise BadInput("No random check was begun.")
    allowed = {
        "looks": reading.may_stop,
        "check": check is not None and check.certified,
        "everything": reading.all_read,
        "own": bool(why),
    }[rule]
    if stops and not allowed:
        if rule == "own":
            raise BadInput("Say why you stop although no rule allows it yet.")
        raise BadInput(f"By {RULES[rule]} reading may not stop yet. {(check or reading).words}")
    if stops and queries.stopped(case):
        raise BadInput("Reading was stopped already.")
    by_check = rule == "check" and check is not None
    numbers = asdict(reading) | ({"audit": asdict(check.audit), "recall": check.recall} if check else {})
    made = StopDecision.objects.create(
        case=case,
        stops=stops,
        rule=rule,
        numbers=numbers,
        words=check.words if by_check and check else reading.words,
        assumption={"check": AUDIT_ASSUMES, "looks": LOOKS_ASSUME}.get(rule, ""),
        why=why,
        decided_by=by,
    )
    reason = f": {why}" if why else ""
    write_down(
        by=by,
        action="reviews.decide_to_stop",
        summary=f"{made} of studies, by {RULES.get(rule, 'a reason of their own')}{reason}",
        case=case.slug,
        details={"stops": stops, "rule": rule, "words": made.words},
    )
    return made
