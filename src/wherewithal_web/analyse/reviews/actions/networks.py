"""Matching arms to interventions, settling how a network is put together, and putting it on the thread."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from wherewithal.analyse.reviews.networks import Match, NetworkSettings
from wherewithal.errors import BadInput, Problem
from wherewithal_web.analyse.reviews import queries
from wherewithal_web.analyse.reviews.actions.telling import reason_for_change, tell_again
from wherewithal_web.analyse.reviews.models import NetworkVersion
from wherewithal_web.audit.actions import record as write_down
from wherewithal_web.cases.actions import add_finding
from wherewithal_web.cases.models import Case, StoredFinding
from wherewithal_web.cases.permissions import may
from wherewithal_web.people.models import User
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission


@transaction.atomic
def match_arms(
    *, by: User, case: Case, outcome: str, nodes: Mapping[tuple[str, int], str], why: str = ""
) -> NetworkVersion | None:
    """Say which intervention each arm is: by study and number of the arm; empty where it is none of this network's.

    Arms that are not given keep what was said of them. Names that differ in capitals or spaces alone are one. Raises
    BadInput for an arm without a comparison, and as ``settle_network``.
    """
    require(may(by, Permission.CONTRIBUTE, case))
    Case.objects.select_for_update().get(pk=case.pk)
    now = queries.network_of(case, by, outcome)
    there = {(study, arm.number): arm for each in now.names for study, _name, arm in each.arms}
    strange = [key for key in nodes if key not in there]
    if strange:
        raise BadInput(f"Study {strange[0][0]} has no arm {strange[0][1]} with a comparison of this outcome.")
    spelt: dict[str, str] = {}
    matches = []
    for key, arm in there.items():
        said = nodes.get(key)
        if said is None:
            held = now.settings.node_of(key[0], arm)
            if held is None:
                continue
            said = held
        plain = " ".join(said.split())
        node = spelt.setdefault(plain.casefold(), plain)
        matches.append(Match(key[0], key[1], arm.name, node))
    return settle_network(
        by=by, case=case, outcome=outcome, settings=now.settings.matched(tuple(matches)), why=why
    )


@transaction.atomic
def settle_network(
    *, by: User, case: Case, outcome: str, settings: NetworkSettings, why: str = ""
) -> NetworkVersion | None:
    """Settle how a network is put together. The same again is no version (None where there was none yet).

    Raises BadInput for a study that is not there, and without a ``why`` once the answer has been put on the thread.
    """
    require(may(by, Permission.CONTRIBUTE, case))
    Case.objects.select_for_update().get(pk=case.pk)
    now = queries.network_of(case, by, outcome)
    if now.settings == settings:
        return now.version
    gone = [study for study, _reason in settings.leave_out if study not in now.studies]
    if gone:
        raise BadInput(
            "A study cannot be left out.",
            [Problem(f"study {gone[0]}", "not there", "a study with a comparison", "Take its line away.")],
        )
    why = reason_for_change(why, seen=now.on_thread is not None)
    made = NetworkVersion.objects.create(
        case=case,
        outcome=outcome,
        number=now.version.number + 1 if now.version else 1,
        body=settings.as_dict(),
        why=why,
        written_by=by,
    )
    matched = settings.matches != now.settings.matches
    write_down(
        by=by,
        action="reviews.settle_network",
        summary=(
            f"said which arms are the same intervention for '{now.outcome.name}'"
            if matched
            else f"settled how the interventions of '{now.outcome.name}' are compared"
        )
        + (f": {why}" if why else ""),
        case=case.slug,
        details={"outcome": outcome, "version": made.number, "settings": made.body},
    )
    refresh_network(by=by, case=case, outcome=outcome)
    return made


@transaction.atomic
def add_network_to_thread(*, by: User, case: Case, outcome: str) -> StoredFinding:
    """Put what a network says on the thread. A newer answer supersedes the older.

    Raises BadInput, with what is missing, where there is no answer.
    """
    require(may(by, Permission.CONTRIBUTE, case))
    now = queries.network_of(case, by, outcome)
    if now.finding is None:
        raise now.why_not or BadInput("There is no answer yet.")
    return add_finding(by=by, case=case, finding=now.finding)


def refresh_network(*, by: User, case: Case, outcome: str) -> None:
    """Tell the thread what a network says now, where it was told before. Others have checked that the person may."""
    now = queries.network_of(case, by, outcome)
    tell_again(by, case, now)


def refresh_networks(*, by: User, case: Case) -> None:
    """The same for every network that is on the thread, after numbers have been corrected."""
    for outcome in queries.networks_on_thread(case):
        refresh_network(by=by, case=case, outcome=outcome)
