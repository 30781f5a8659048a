"""The thread of a case: its sentences, the findings they rest on, and what changed under them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from wherewithal.thread import Claim, Drift, Kind, SourceEvent, Thread, drift_of
from wherewithal.thread.sections import SECTIONS, Section
from wherewithal_web.cases import models
from wherewithal_web.cases.models import Case, Sentence, StoredFinding, Wording
from wherewithal_web.clock import today


def current_wording(sentence: Sentence) -> Wording:
    """What the sentence says now. Uses prefetched wordings where there are any."""
    return max(sentence.wordings.all(), key=lambda wording: wording.number)


def sentences_of(case: Case) -> list[tuple[Sentence, Wording]]:
    """The sentences in the case now, in the order of the paper."""
    order = {section.key: place for place, section in enumerate(SECTIONS)}
    rows = [(s, current_wording(s)) for s in case.sentences.prefetch_related("wordings__written_by")]
    return sorted(
        ((s, wording) for s, wording in rows if not wording.removed),
        key=lambda row: (order[row[0].section], row[0].position, row[0].pk),
    )


def stored_findings_of(case: Case) -> dict[int, StoredFinding]:
    """Every finding on the case's thread, oldest first, by primary key."""
    rows = StoredFinding.objects.filter(on_cases__case=case).order_by("on_cases__pk")
    return {row.pk: row for row in rows}


def stored_finding(case: Case, fingerprint: str) -> StoredFinding | None:
    """The newest row with that fingerprint among those this case may rest on."""
    seen = Q(case__isnull=True) | Q(case=case)
    return StoredFinding.objects.filter(seen, fingerprint=fingerprint).order_by("-pk").first()


def citable_findings(case: Case, already: Iterable[int] = ()) -> QuerySet[StoredFinding]:
    """What a sentence of this case can rest on: the newest finding on each subject of its thread, and those
    it rests on ``already`` (primary keys), which may be older."""
    mine = StoredFinding.objects.filter(on_cases__case=case)
    line = StoredFinding.objects.filter(
        Q(case__isnull=True) | Q(case=case), subject__in=mine.values("subject")
    )
    newest = line.filter(superseded_by__isnull=True)
    return StoredFinding.objects.filter(Q(pk__in=newest.values("pk")) | Q(pk__in=list(already))).order_by(
        "-pk"
    )


def claims_of(case: Case) -> list[Claim]:
    """The case's sentences as pure claims."""
    stored = stored_findings_of(case)
    return [wording.claim(stored) for _sentence, wording in sentences_of(case)]


def thread_of(case: Case) -> Thread:
    """The pure thread of a case: its findings, the newest on each subject, and what happened to sources."""
    mine = stored_findings_of(case)
    subjects = {row.subject for row in mine.values()}
    line = StoredFinding.objects.filter(Q(case__isnull=True) | Q(case=case), subject__in=subjects)
    newest: dict[tuple[int | None, str], StoredFinding] = {}
    rows = list(line.order_by("pk"))
    for row in rows:
        newest[(row.case_id, row.subject)] = row
    keys = {source["key"] for row in rows for source in row.body["sources"]}
    events = models.SourceEvent.objects.filter(source_key__in=keys)
    return Thread(
        findings={row.fingerprint: row.finding for row in rows},
        newest={row.fingerprint: newest[(row.case_id, row.subject)].fingerprint for row in rows},
        events=tuple(SourceEvent(e.source_key, Kind(e.kind), e.on, e.words, e.url) for e in events),
    )


@dataclass(frozen=True)
class Line:
    """One sentence as a page shows it: its wording, the findings under it, and what changed under them."""

    sentence: Sentence
    wording: Wording
    claim: Claim
    findings: tuple[StoredFinding, ...]
    drift: tuple[Drift, ...]

    @property
    def lanes(self) -> tuple[str, ...]:
        """The lanes it rests on, the first cited first; empty where it rests on nothing yet."""
        lanes = tuple(dict.fromkeys(row.lane for row in self.findings))
        return lanes or (("judgement",) if self.wording.judgement_by else ())

    def drift_under(self, stored: StoredFinding) -> list[Drift]:
        return [each for each in self.drift if each.change.finding == stored.fingerprint]


def lines_of(case: Case) -> list[Line]:
    """Every sentence of the case with what it rests on and what changed, in the order of the paper."""
    stored = stored_findings_of(case)
    thread = thread_of(case)
    answered = set(
        models.DriftAnswer.objects.filter(sentence__case=case).values_list("sentence_id", "change_key")
    )
    rows = sentences_of(case)
    claims = {sentence.pk: wording.claim(stored) for sentence, wording in rows}
    found = drift_of(
        claims.values(), thread, today=today(), answered=[(f"s{pk}", key) for pk, key in answered]
    )
    drift: dict[str, list[Drift]] = defaultdict(list)
    for each in found:
        drift[each.claim].append(each)
    return [
        Line(
            sentence,
            wording,
            claims[sentence.pk],
            tuple(stored[pk] for pk in wording.cites),
            tuple(drift[sentence.key]),
        )
        for sentence, wording in rows
    ]


def by_section(lines: list[Line]) -> list[tuple[Section, list[Line]]]:
    """Lines grouped under their sections, sections without lines left out."""
    grouped = [
        (section, [line for line in lines if line.sentence.section == section.key]) for section in SECTIONS
    ]
    return [(section, group) for section, group in grouped if group]
