"""Putting findings on the thread, and recording what happens to their sources."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import IntegrityError, transaction

from wherewithal.plain_english import counted, long_date
from wherewithal.thread import Finding, Input, Kind, Lane, Method, Source, fingerprint_of
from wherewithal_web.audit.actions import record
from wherewithal_web.cases.contributions import rooms
from wherewithal_web.cases.models import Case, CaseFinding, SourceEvent, StoredFinding
from wherewithal_web.cases.permissions import may
from wherewithal_web.clock import today
from wherewithal_web.people.models import User
from wherewithal_web.people.permissions import may as may_at_all
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission

FEW_PEOPLE = 5
"""Below this many people, what families said is marked as coming from few."""


@transaction.atomic
def add_finding(*, by: User, case: Case, finding: Finding, shared: bool = False) -> StoredFinding:
    """Put a finding on a case's thread.

    ``shared`` findings (the library's) are one row for the whole installation; the others belong to the
    case. The same run twice is the same row. A newer result on the same subject supersedes the older one,
    for every case that rests on it.
    """
    require(may(by, Permission.CONTRIBUTE, case))
    stored = _store(by, finding, None if shared else case)
    _made, fresh = CaseFinding.objects.get_or_create(case=case, finding=stored, defaults={"added_by": by})
    if fresh:
        record(
            by=by,
            action="cases.add_finding",
            summary=f"put on the thread: {finding.title} ({finding.lane})",
            case=case.slug,
            details={"fingerprint": finding.fingerprint, "subject": finding.subject},
        )
    return stored


@transaction.atomic
def refresh_finding(*, by: User, finding: Finding) -> StoredFinding | None:
    """A newer result on a shared subject that is already on the thread, such as a re-rated programme.

    Returns the new row, or None where nobody rests on that subject or nothing changed. The caller (an
    import, say) has checked its own permission; the person is recorded on every case concerned.
    """
    newest = _newest(finding.subject, None)
    if newest is None or newest.fingerprint == finding.fingerprint:
        return None
    stored = _store(by, finding, None)
    concerned = Case.objects.filter(findings__finding__subject=finding.subject, findings__finding__case=None)
    for case in concerned.distinct():
        record(
            by=by,
            action="cases.refresh_finding",
            summary=f"brought newer evidence on {finding.title}",
            case=case.slug,
            details={"fingerprint": finding.fingerprint, "subject": finding.subject},
        )
    return stored


@transaction.atomic
def refresh_case_finding(*, by: User, case: Case, finding: Finding) -> StoredFinding | None:
    """A newer result on a case's own subject that is on its thread, such as a pooled effect without a retracted paper.

    Returns the new row, or None where the thread has nothing on that subject or nothing changed. The caller has checked
    its own permission.
    """
    newest = _newest(finding.subject, case)
    if newest is None or newest.fingerprint == finding.fingerprint:
        return None
    stored = _store(by, finding, case)
    CaseFinding.objects.get_or_create(case=case, finding=stored, defaults={"added_by": by})
    record(
        by=by,
        action="cases.refresh_finding",
        summary=f"brought newer evidence on {finding.title}",
        case=case.slug,
        details={"fingerprint": finding.fingerprint, "subject": finding.subject},
    )
    return stored


def _newest(subject: str, case: Case | None) -> StoredFinding | None:
    return StoredFinding.objects.filter(subject=subject, case=case).order_by("-pk").first()


def _store(by: User, finding: Finding, case: Case | None) -> StoredFinding:
    """The row of this finding: the newest on its subject where that says the same, a new one otherwise.

    Two people may add to one subject at the same moment. The database lets one of them be next in line;
    the other looks again and stands after it.
    """
    while True:
        newest = _newest(finding.subject, case)
        if newest is not None and newest.fingerprint == finding.fingerprint:
            return newest
        try:
            with transaction.atomic():
                return StoredFinding.objects.create(
                    fingerprint=finding.fingerprint,
                    lane=finding.lane.value,
                    subject=finding.subject,
                    title=finding.title[:300],
                    body=finding.as_dict(),
                    found_on=finding.found_on,
                    look_again=finding.look_again,
                    case=case,
                    supersedes=newest,
                    added_by=by,
                )
        except IntegrityError:
            if _newest(finding.subject, case) == newest:
                raise


@transaction.atomic
def note_judgement(
    *,
    by: User,
    case: Case,
    judgement: str,
    judged_by: str,
    role: str,
    on: date,
    look_again: date | None = None,
) -> StoredFinding:
    """Put a named person's professional judgement on the thread, to be looked at again in six months or as said."""
    said = {"judgement": judgement, "by": judged_by, "role": role, "on": on}
    who = f"{judged_by}, {role}" if role else judged_by
    key = fingerprint_of([case.slug, judged_by, judgement])[:16]
    finding = Finding(
        lane=Lane.JUDGEMENT,
        subject=f"judgement:{case.slug}:{key}",
        title=f"Judgement of {judged_by}",
        statement=f"{who}, {long_date(on)}: {judgement}",
        method=Method("judgement noted by hand", "1"),
        inputs=(Input("what was said", fingerprint_of(said)),),
        sources=(Source(f"person:{case.slug}:{judged_by}", who, edition=long_date(on)),),
        found_on=today(),
        judged_by=judged_by,
        look_again=look_again or on + timedelta(days=183),
        facts={"Judgement": judgement, "By": who},
        made_up=case.made_up_figures,
    )
    return add_finding(by=by, case=case, finding=finding)


@transaction.atomic
def note_families_voice(
    *,
    by: User,
    case: Case,
    said: str,
    who: str,
    people: int,
    how: str,
    on: date,
    look_again: date | None = None,
) -> StoredFinding:
    """Put what children and families said on the thread, as noted by hand and released by whoever adds it.

    ``who`` describes the people without naming anyone; ``how`` is how they were asked.
    """
    heard = {"said": said, "who": who, "people": people, "how": how, "on": on}
    cautions = ["Noted by hand, not yet analysed with other sources."]
    if people < FEW_PEOPLE:
        cautions.append(
            f"Only {counted(people, 'person', 'people')}: take care that nobody can be recognised."
        )
    finding = Finding(
        lane=Lane.VOICE,
        subject=f"voices:{case.slug}:{fingerprint_of([who, how, str(on)])[:16]}",
        title=f"What {who} said",
        statement=f"{said} ({counted(people, 'person', 'people')}, {how}, {long_date(on)})",
        method=Method("families' voice noted by hand", "1"),
        inputs=(Input("what was heard", fingerprint_of(heard)),),
        sources=(Source(f"voices:{case.slug}:{how}", f"{how}, {who}", edition=long_date(on)),),
        found_on=today(),
        judged_by=by.name,
        look_again=look_again or on + timedelta(days=365),
        value=float(people),
        unit="people",
        facts={"Said": said, "People": str(people), "How": how},
        cautions=tuple(cautions),
        made_up=case.made_up_figures,
    )
    return add_finding(by=by, case=case, finding=finding)


@transaction.atomic
def record_source_event(
    *, by: User, source_key: str, kind: Kind, on: date, words: str, url: str = ""
) -> SourceEvent:
    """Record what happened to a source, such as a retraction. Everything that rests on it then says so."""
    require(may_at_all(by, Permission.CURATE))
    event = SourceEvent(source_key=source_key, kind=kind.value, on=on, words=words, url=url, recorded_by=by)
    event.full_clean()
    event.save()
    record(by=by, action="cases.record_source_event", summary=f"recorded of {source_key}, {kind}: {words}")
    for room in rooms():
        room.source_told(by, source_key)
    return event


@transaction.atomic
def withdraw_case_source(*, by: User, case: Case, source_key: str, words: str) -> SourceEvent | None:
    """Say that something of the case's own, such as an option, was taken out, to whatever rests on it.

    None where no finding of this case names that source: then nobody needs telling.
    """
    require(may(by, Permission.CONTRIBUTE, case))
    own = StoredFinding.objects.filter(case=case)
    if not any(source["key"] == source_key for row in own for source in row.body["sources"]):
        return None
    return SourceEvent.objects.create(
        source_key=source_key, kind=Kind.WITHDRAWN.value, on=today(), words=words, recorded_by=by
    )
