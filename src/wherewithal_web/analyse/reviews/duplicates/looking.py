"""What a worker does to find duplicates: read all records, compare them, and store what it found."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache, partial
from importlib.metadata import version as version_of

import numpy as np
from django.db import transaction
from django.db.models import Max

from wherewithal.analyse.reviews.records import Record as Body
from wherewithal.analyse.reviews.records.deduplication import Deduplicated, deduplicate
from wherewithal.plain_english import counted
from wherewithal_web.analyse.reviews import queries
from wherewithal_web.analyse.reviews.duplicates.asking import LOOK, ask_to_look
from wherewithal_web.analyse.reviews.groups import Merged, merged_ahead, work_out_groups
from wherewithal_web.analyse.reviews.learning.asking import ask_to_learn
from wherewithal_web.analyse.reviews.models import DuplicateSearch, Match, Record, clusters_in
from wherewithal_web.audit.actions import record as write_down
from wherewithal_web.cases.models import Case
from wherewithal_web.jobs.handlers import Finish, Progress, handles
from wherewithal_web.people.models import User

AT_ONCE = 2_000
STEPS = {"reading titles and authors": 20, "looking for pairs": 40, "comparing pairs": 50}
"""Of a hundred, where each step of the comparison begins."""


@handles(LOOK)
def look(progress: Progress, *, case: int) -> Finish | None:
    """Look for duplicates among all records there are now. Safe to begin again: nothing is written before the end."""
    found = Case.objects.filter(pk=case).first()
    if found is None:
        return None
    progress(0, 100, "reading the records")
    ruled_to = queries.newest_ruling(found)
    numbers, bodies = _read(found)
    if not numbers:
        return None
    ruled = queries.ruled(found, upto=ruled_to)
    place = {number: at for at, number in enumerate(numbers)}

    def told(step: str, done: int, of: int) -> None:
        start = STEPS.get(step, 90)
        ends = min((begin for begin in STEPS.values() if begin > start), default=90)
        progress(start + (ends - start) * done // (of or 1), 100, step)

    result = deduplicate(
        bodies,
        together=[(place[one], place[other]) for one, other in ruled.pairs_together()],
        apart=[(place[one], place[other]) for one, other in ruled.pairs_apart()],
        progress=told,
    )
    progress(90, 100, "putting together what is one work")
    pairs = [
        (numbers[member], numbers[cluster.main])
        for cluster in result.clusters
        for member in cluster.members
        if member != cluster.main
    ]
    groups = np.array(pairs, dtype="<i8").tobytes()
    ready = merged_ahead(found, clusters_in(groups), ruled)
    progress(95, 100, "storing what was found")
    return partial(_store, found, numbers, result, ruled_to, groups, ready)


@transaction.atomic
def look_now(case: Case) -> None:
    """Look at once, while the caller waits: for a case that is made whole, not for a page."""
    finish = look(lambda done, total=None, words="": None, case=case.pk)
    if finish is not None:
        finish()


def _read(case: Case) -> tuple[list[int], list[Body]]:
    numbers, bodies = [], []
    rows = Record.objects.filter(file__case=case).order_by("pk").values_list("pk", "body")
    for number, body in rows.iterator(AT_ONCE):
        numbers.append(number)
        bodies.append(Body.from_dict(body))
    return numbers, bodies


def _store(
    case: Case, numbers: list[int], result: Deduplicated, ruled_to: int, groups: bytes, ready: Merged
) -> dict[str, int]:
    """Keep what was found, and let the groups follow from it. Look again where a search arrived meanwhile."""
    made = DuplicateSearch.objects.create(
        case=case,
        version=_our_version(),
        records=len(numbers),
        looked_to=numbers[-1],
        ruled_to=ruled_to,
        groups=groups,
        groups_sha256=hashlib.sha256(groups).hexdigest(),
    )
    Match.objects.bulk_create(_matches(made, numbers, result), batch_size=AT_ONCE)
    Case.objects.select_for_update(of=("self",)).only("pk").get(pk=case.pk)
    changed = work_out_groups(case, ready=ready)
    newest = case.record_files.order_by("-pk").select_related("imported_by").first()
    if newest is None:
        return {}
    removed, waiting = queries.removed_of(case), queries.waiting_of(case)
    _write_down(newest.imported_by, case, made, removed.all, waiting.open)
    later = Record.objects.filter(file__case=case).aggregate(newest=Max("pk"))["newest"] or 0
    if later > made.looked_to:
        # The run that ends here is still open, so the next can only be asked for once it has ended.
        transaction.on_commit(lambda: ask_to_look(by=newest.imported_by, case=case))
    if changed:
        ask_to_learn(by=newest.imported_by, case=case)
    return {"search": made.pk, "duplicates": removed.all, "doubtful": waiting.open}


def _write_down(by: User, case: Case, made: DuplicateSearch, duplicates: int, doubtful: int) -> None:
    write_down(
        by=by,
        action="reviews.look_for_duplicates",
        summary=f"had the machine look for duplicates among {counted(made.records, 'record')}: "
        f"{counted(duplicates, 'duplicate')}, {counted(doubtful, 'pair')} for a person",
        case=case.slug,
        details={"search": made.pk, "version": made.version, "groups_sha256": made.groups_sha256},
    )


def _matches(search: DuplicateSearch, numbers: list[int], result: Deduplicated) -> Iterator[Match]:
    def match(kind: str, one: int, other: int, words: str, **more: object) -> Match:
        return Match(
            search=search, kind=kind, one_id=numbers[one], other_id=numbers[other], words=words, **more
        )

    for cluster in result.clusters:
        for reason in cluster.reasons:
            yield match(Match.SAME, reason.record, reason.other, reason.words, bits=reason.bits)
    for doubt in result.doubtful:
        yield match(
            Match.DOUBT,
            doubt.one,
            doubt.other,
            doubt.words,
            speaks_for=list(doubt.speaks_for),
            speaks_against=list(dict.fromkeys(filter(None, (doubt.rule, *doubt.speaks_against)))),
            bits=doubt.bits,
        )
    for link in result.links:
        yield match(link.kind, link.one, link.other, link.words)


@cache
def _our_version() -> str:
    return version_of("wherewithal")
