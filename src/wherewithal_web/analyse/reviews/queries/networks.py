"""What the extracted studies say of three interventions or more on one outcome, worked out from what holds now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404

from wherewithal.analyse.reviews.extraction.rows import Row
from wherewithal.analyse.reviews.extraction.study import Arm, Outcome
from wherewithal.analyse.reviews.networks import (
    ArmPair,
    Gathered,
    NetworkAccount,
    NetworkSettings,
    account_of_gathered,
    gather,
    network_finding,
    numbers_of,
)
from wherewithal.errors import BadInput
from wherewithal.thread import Finding
from wherewithal_web.analyse.reviews.models import Comparison, NetworkVersion, StudyArm
from wherewithal_web.analyse.reviews.queries.extracting import extracted_rows, plan_of
from wherewithal_web.analyse.reviews.queries.outcomes import effects_of
from wherewithal_web.analyse.reviews.queries.searches import first_search
from wherewithal_web.analyse.reviews.queries.threads import newest_on_thread, told_about
from wherewithal_web.cases.models import Case, StoredFinding
from wherewithal_web.clock import today
from wherewithal_web.people.models import User


@dataclass(frozen=True)
class ArmName:
    """Arms of studies that are called the same, as somebody matches them: the name and whose arms they are."""

    name: str
    arms: tuple[tuple[str, str, Arm], ...]

    @property
    def studies(self) -> tuple[str, ...]:
        """The studies by name, in their order."""
        return tuple(dict.fromkeys(name for _study, name, _arm in self.arms))


@dataclass(frozen=True)
class NetworkNow:
    """A network as it stands: ``account`` where there is one, or else ``why_not`` with what to do.

    ``pairs`` are all comparisons of two arms that hold, counted or not; ``without`` are results that come to no effect.
    ``finding`` is what the thread would be told now, ``on_thread`` what it was told last.
    """

    outcome: Outcome
    settings: NetworkSettings
    version: NetworkVersion | None
    pairs: tuple[ArmPair, ...]
    without: tuple[Row, ...]
    gathered: Gathered
    account: NetworkAccount | None
    why_not: BadInput | None
    finding: Finding | None
    on_thread: StoredFinding | None

    @property
    def up_to_date(self) -> bool:
        """Whether the thread says what would be said now."""
        return bool(
            self.finding and self.on_thread and self.finding.fingerprint == self.on_thread.fingerprint
        )

    @property
    def studies(self) -> dict[str, str]:
        """The names of the studies with a comparison, by key."""
        return {pair.effect.study: pair.effect.name for pair in self.pairs}

    @property
    def names(self) -> tuple[ArmName, ...]:
        """The arms there are by what they are called, in the alphabet's order."""
        found: dict[str, dict[tuple[str, int], tuple[str, str, Arm]]] = {}
        for pair in self.pairs:
            for arm in (pair.first, pair.second):
                own = found.setdefault(" ".join(arm.name.split()).casefold(), {})
                own[pair.effect.study, arm.number] = (pair.effect.study, pair.effect.name, arm)
        return tuple(
            ArmName(next(iter(arms.values()))[2].name, tuple(arms.values()))
            for _key, arms in sorted(found.items())
        )

    @property
    def worth_it(self) -> bool:
        """Whether the arms have three names or more, so that there may be a network."""
        return len(self.names) > 2


def network_of(case: Case, user: User, key: str) -> NetworkNow:
    """The network of one outcome. Raises Http404 where the plan has none of that key."""
    plan = plan_of(case)
    outcome = plan.outcome(key)
    if outcome is None:
        raise Http404("There is no such outcome in this review.")
    rows = extracted_rows(case, user, key)
    pairs = _pairs_of(rows)
    version = (
        case.network_versions.filter(outcome=key).select_related("written_by").order_by("-number").first()
    )
    settings = version.settings if version else NetworkSettings()
    gathered = gather(outcome, pairs, settings, instruments=[each.key for each in plan.instruments])
    account, why_not, finding = None, None, None
    try:
        account = account_of_gathered(outcome, gathered, settings)
        finding = _finding(case, account)
    except BadInput as error:
        why_not = error
    return NetworkNow(
        outcome,
        settings,
        version,
        pairs,
        tuple(row for row in rows if row.effect is None),
        gathered,
        account,
        why_not,
        finding,
        newest_on_thread(case, f"reviews:network:{case.slug}:{key}"),
    )


def _pairs_of(rows: Sequence[Row]) -> tuple[ArmPair, ...]:
    compared = [row for row in rows if row.effect is not None and row.arms[0] and row.arms[1]]
    return tuple(
        ArmPair(effect, row.instrument.key, row.arms[0], row.arms[1], numbers_of(row))
        for row, effect in zip(compared, effects_of(compared), strict=True)
        if row.arms[0] and row.arms[1]
    )


def _finding(case: Case, account: NetworkAccount) -> Finding:
    return network_finding(
        account,
        case_key=case.slug,
        on=today(),
        searched_on=first_search(case),
        link=f"{case.get_absolute_url()}reviews/outcomes/{account.outcome.key}/network/",
        made_up=case.made_up_figures,
    )


def networks_on_thread(case: Case) -> list[str]:
    """The keys of the outcomes whose network the thread has been told about."""
    there = told_about(case, f"reviews:network:{case.slug}:")
    return [outcome.key for outcome in plan_of(case).outcomes if outcome.key in there]


def interventions_of(case: Case, key: str) -> int:
    """How many interventions somebody has matched the arms of an outcome's studies to; 0 where nobody has."""
    newest = case.network_versions.filter(outcome=key).order_by("-number").first()
    return len(newest.settings.nodes) if newest else 0


def arms_differ(case: Case, key: str) -> bool:
    """Whether the arms that are compared on an outcome have more than two names, so that there may be a network."""
    measures = [each.key for each in plan_of(case).instruments if each.outcome == key]
    compared = Comparison.objects.filter(
        study__case=case, instrument__in=measures, arm2__isnull=False, results__isnull=False
    )
    numbers = {(study, arm) for study, *arms in compared.values_list("study", "arm1", "arm2") for arm in arms}
    names = {
        (row.study_id, row.number): " ".join(row.name.split()).casefold()
        for row in StudyArm.objects.filter(study__case=case).order_by("pk")
    }
    return len({names[number] for number in numbers if number in names}) > 2
