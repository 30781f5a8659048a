"""Asking outside services whether papers were retracted or corrected, and telling whatever rests on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from wherewithal.plain_english import long_date
from wherewithal.sources.client import Client
from wherewithal.sources.notices import DoiStatus, check_notices
from wherewithal.sources.retraction_watch import RetractionWatch
from wherewithal.sources.work import Notice
from wherewithal.thread import Kind
from wherewithal_web.analyse.library import queries
from wherewithal_web.analyse.library.models import Study, StudyNotice
from wherewithal_web.analyse.library.searching import refresh_search
from wherewithal_web.audit.actions import record
from wherewithal_web.cases.actions import record_source_event, refresh_finding
from wherewithal_web.cases.models import StoredFinding
from wherewithal_web.clock import today
from wherewithal_web.people.models import User
from wherewithal_web.people.permissions import may, require
from wherewithal_web.people.roles import Permission


@dataclass(frozen=True)
class Asked:
    """What services said. ``fresh`` are notices not known here before, ``refreshed`` newer findings on threads.

    ``problems`` say why a service could not be asked: about those papers nothing is known that was not known.
    """

    statuses: tuple[DoiStatus, ...]
    fresh: tuple[StudyNotice, ...]
    refreshed: tuple[StoredFinding, ...]

    @property
    def counts(self) -> Counter[str]:
        """How many papers are in each state: retracted, has notices, no notice found, not known, not checked."""
        return Counter(status.state for status in self.statuses)

    @property
    def problems(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(problem for status in self.statuses for problem in status.problems))

    @property
    def nobody_answered(self) -> bool:
        return bool(self.statuses) and self.counts["not checked"] == len(self.statuses)


def ask_for_notices(
    *,
    by: User,
    dois: Iterable[str] | None = None,
    watch: RetractionWatch | None = None,
    online: bool = True,
    client: Client | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Asked:
    """Ask about these papers, or about every one that the library or a thread names, and keep what is new.

    A new retraction is recorded as an event of its source, so that every sentence, paper and decision that
    rests on it says so; a correction or an expression of concern likewise, as a notice and no more. The asking
    comes before the transaction, which is short. A service that fails takes nothing away: what is known stays.
    ``watch`` is a copy of the Retraction Watch database; with ``online`` false it alone is looked into.
    """
    require(may(by, Permission.CURATE))
    wanted = list(queries.named_dois() if dois is None else dois)
    statuses = check_notices(wanted, watch=watch, online=online, client=client, progress=progress)
    with transaction.atomic():
        fresh = _keep(by, statuses)
        studies = _mark_asked(statuses)
        refreshed = _tell_threads(by, studies)
        if statuses:
            record(
                by=by,
                action="library.ask_for_notices",
                summary=f"asked whether {len(statuses):,} papers were retracted or corrected: "
                f"{len(fresh):,} new notices",
                details={
                    "notices": [f"{notice.kind} of {notice.doi}" for notice in fresh],
                    "counts": dict(Counter(status.state for status in statuses)),
                },
            )
    return Asked(tuple(statuses), tuple(fresh), tuple(refreshed))


def _keep(by: User, statuses: Sequence[DoiStatus]) -> list[StudyNotice]:
    fresh, keys = [], queries.keys_of_papers()
    for status in statuses:
        new = [notice for notice in status.notices if _unknown(status, notice)]
        for notice in new:
            fresh.append(
                StudyNotice.objects.create(
                    doi=status.doi,
                    kind=notice.kind[:40],
                    notice_doi=notice.doi[:200],
                    date=notice.date,
                    source=notice.source[:60],
                )
            )
            _tell(by, status, notice, keys.get(status.doi) or {f"{queries.DOI}{status.doi}"})
    return fresh


def _unknown(status: DoiStatus, notice: Notice) -> bool:
    """Whether it is new here. A service that only says "retracted" adds nothing to a notice of it."""
    held = StudyNotice.objects.filter(doi=status.doi, kind=notice.kind[:40])
    if notice.doi:
        return not held.filter(notice_doi=notice.doi[:200]).exists()
    others = [each for each in status.notices if each.kind == notice.kind and each.doi]
    return not others and not held.exists()


def _tell(by: User, status: DoiStatus, notice: Notice, keys: Iterable[str]) -> None:
    """Everything that rests on the paper hears of it today, the day it became known here, whenever it appeared."""
    retracted = status.retracted and notice.takes_it_back
    when = f" of {long_date(notice.date)}" if notice.date else ""
    what = (
        "The paper was retracted" if retracted else f"A notice about the paper was published: {notice.kind}"
    )
    for key in keys:
        record_source_event(
            by=by,
            source_key=key,
            kind=Kind.RETRACTED if retracted else Kind.NOTICE,
            on=today(),
            words=f"{what} (notice{when}, as {notice.source} has it). DOI {status.doi}."[:500],
            url=f"https://doi.org/{notice.doi or status.doi}"[:200],
        )


def _mark_asked(statuses: Sequence[DoiStatus]) -> list[Study]:
    """Note on each study that it was asked about, where somebody answered; otherwise it stays due."""
    answered = {status.doi: status for status in statuses if status.state != "not checked"}
    studies = [study for study in Study.objects.exclude(doi="") if study.doi.lower() in answered]
    for study in studies:
        study.asked_at = timezone.now()
        study.known = answered[study.doi.lower()].known
    Study.objects.bulk_update(studies, ["asked_at", "known"])
    return studies


def _tell_threads(by: User, studies: Sequence[Study]) -> list[StoredFinding]:
    refresh_search(studies=[study.pk for study in studies])
    now = queries.findings_now(queries.subjects_of_studies(studies))
    refreshed = (refresh_finding(by=by, finding=now[subject]) for subject in sorted(now))
    return [stored for stored in refreshed if stored is not None]
