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
from wherewithal_web.cases.models import SourceEvent, StoredFinding
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
    return keep_notices(by=by, statuses=statuses)


@transaction.atomic
def keep_notices(*, by: User, statuses: Sequence[DoiStatus]) -> Asked:
    """Keep what services said, as ``ask_for_notices`` does, once it was asked elsewhere."""
    require(may(by, Permission.CURATE))
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
    fresh, named = [], queries.papers_on_threads()
    for status in statuses:
        # Asked before any is kept: of two notices in one answer, each is new.
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
        paper = named.get(status.doi)
        for notice in status.notices if paper else ():
            # What was known before is news to a finding that was made since from something else.
            if notice in new or paper.besides:
                _tell(by, status, notice, paper)
    return fresh


def _unknown(status: DoiStatus, notice: Notice) -> bool:
    """Whether it is new here. A service that only says "retracted" adds nothing to a notice of it."""
    held = StudyNotice.objects.filter(doi=status.doi, kind=notice.kind[:40])
    if notice.doi:
        return not held.filter(notice_doi=notice.doi[:200]).exists()
    others = [each for each in status.notices if each.kind == notice.kind and each.doi]
    return not others and not held.exists()


def _tell(by: User, status: DoiStatus, notice: Notice, paper: queries.Paper) -> None:
    """Record it, once, for whatever names the paper as its source.

    The event bears the notice's own day; where a finding was made since without knowing of it, that finding's
    day, so that it hears of it all the same.
    """
    retracted = status.retracted and notice.takes_it_back
    kind = Kind.RETRACTED if retracted else Kind.NOTICE
    url = f"https://doi.org/{notice.doi or status.doi}"[:200]
    when = f" of {long_date(notice.date)}" if notice.date else ""
    what = (
        "The paper was retracted" if retracted else f"A notice about the paper was published: {notice.kind}"
    )
    for key in sorted(paper.keys):
        told = SourceEvent.objects.filter(source_key=key, kind=kind.value)
        if told.exists() if retracted else told.filter(url=url).exists():
            continue
        record_source_event(
            by=by,
            source_key=key,
            kind=kind,
            on=min(today(), max(notice.date or today(), paper.newest)),
            words=f"{what} (notice{when}, as {notice.source} has it). DOI {status.doi}. "
            f"Heard of here on {long_date(today())}."[:500],
            url=url,
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
    refreshed = (refresh_finding(by=by, finding=queries.finding_of_study(study)) for study in studies)
    return [stored for stored in refreshed if stored is not None]
