"""Screening: one record at a time."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wherewithal.analyse.reviews.protocol import Protocol
from wherewithal.analyse.reviews.records import TYPE_WORDS
from wherewithal.analyse.reviews.screening.decisions import REASONS, Verdict
from wherewithal.analyse.reviews.screening.highlighting import Piece, pieces_of
from wherewithal.analyse.reviews.screening.settling import Outcome
from wherewithal.errors import BadInput
from wherewithal_web.analyse.reviews import actions, queries
from wherewithal_web.analyse.reviews.actions import Decided
from wherewithal_web.analyse.reviews.models import Record, ScreeningStage, Standing
from wherewithal_web.analyse.reviews.views.frame import review_frame
from wherewithal_web.cases.models import Case, CaseShare
from wherewithal_web.cases.permissions import allows, may
from wherewithal_web.cases.queries import case_for, share_for
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission

MEMBERS_SHOWN = 6


def address(record: Record, stage: str = queries.ABSTRACT) -> str:
    """Where a record is decided about at a stage."""
    if stage == queries.FULL_TEXT:
        return reverse("reviews:record_full_text", args=[record.file.case.slug, record.pk])
    return record.get_absolute_url()


@require_GET
def next_record(request: HttpRequest, slug: str, stage: str = queries.ABSTRACT) -> HttpResponse:
    """On to the next record for this person. Whoever only looks is shown the first that nobody decided about."""
    case = case_for(request.user, slug)
    if may(request.user, Permission.CONTRIBUTE, case):
        following = actions.reserve_next(by=request.user, case=case, stage=stage)
    else:
        following = queries.records_of(case, "to-look-at", stage).first()
    if following is None:
        messages.info(request, _nothing_left(case, stage))
        return redirect("reviews:home", slug)
    return redirect(address(following, stage))


def _nothing_left(case: Case, stage: str) -> str:
    """Why there is no next record for this person."""
    counts = queries.counts_of(case, stage)
    if counts.waiting:
        return "You have decided about everything that waits for you. The rest waits for a second person."
    if counts.to_look_at:
        return "Every record that is left is being read by somebody else just now."
    if counts.differ:
        return "Everything has been looked at. Two people differ about some of it: settle those next."
    return "That was the last one. Everything has been looked at."


@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, slug: str, pk: int, stage: str = queries.ABSTRACT) -> HttpResponse:
    share = share_for(request.user, slug)
    case = share.case
    found = queries.record_in(case, pk, stage=stage)
    error: BadInput | None = None
    if request.method == "POST":
        require(allows(share, Permission.CONTRIBUTE))
        try:
            return _decided(request, share, found, stage)
        except BadInput as bad:
            error = bad
    return render(
        request,
        "reviews/record.jinja",
        {
            **review_frame(request, case, share),
            **_shown(request, share, found, stage),
            "error": error,
            "words": request.POST.get("words", ""),
        },
        status=400 if error else 200,
    )


def _shown(request: HttpRequest, share: CaseShare, found: Record, stage: str) -> dict:
    """Everything the page of a record shows. A record that is still to be decided about is kept for the reader.

    Asked is only what the page will show: most records have no duplicates, and nothing was decided about them.
    """
    case = found.file.case
    contributes = bool(allows(share, Permission.CONTRIBUTE))
    among = queries.place_among(found)
    work, stored, alone = among.stands, among.work, among.alone
    standings = queries.standings_of(work)
    stands = standings.get(stage)
    every = queries.decisions_about(found, stage, alone=alone) if stands or not alone else []
    decisions = queries.seen_by(request.user, every, stands.outcome if stands else None)
    mine = any(each.decided_by_id == request.user.pk for each in every)
    screening = (
        contributes and work == found and (stands is None or (stands.outcome == Outcome.WAITING and not mine))
    )
    readers = queries.readers_of(found, stage, request.user) if contributes else queries.Readers()
    if screening and actions.to_renew(readers.kept_until):
        actions.reserve(by=request.user, record=found, stage=stage)
    protocol = queries.protocol_of(case)
    abstract_stage = stage == queries.ABSTRACT
    why = queries.why_of(found, request.user) if screening and abstract_stage else None
    notes, labels = queries.remarks_on(found, request.user, alone=alone, protocol=protocol)
    texts = [] if abstract_stage else queries.texts_of(found)
    body = stored.merged if stored else found.record
    waits = stands is not None and stands.outcome == Outcome.WAITING
    return {
        "row": found,
        "record": body,
        "stage": stage,
        "stage_words": ScreeningStage(stage).label,
        "decide_at": address(found, stage),
        "screening": screening,
        "place": None if screening else queries.place_of(found),
        "back": queries.last_decided(case, request.user, stage, before=found if mine else None)
        if contributes
        else None,
        "back_to": address,
        "counts": queries.counts_of(case, stage),
        "reasons": REASONS,
        "protocol": protocol,
        "stands": stands,
        "decisions": decisions,
        "blind": waits and not mine,
        "seen": decisions[0].pk if decisions else 0,
        "token": uuid.uuid4().hex,
        "title_pieces": _pieces(body.title, protocol, why),
        "paragraphs": [_pieces(text, protocol, why) for text in body.abstract.split("\n")]
        if body.abstract
        else [],
        "why": why,
        "readers": readers.others,
        "notes": notes,
        "veiled": found.pk in queries.veils_of(case, [found.pk], protocol),
        "labels": labels,
        "labels_used": [
            each for each in queries.labels_used(case, request.user, protocol) if each not in labels
        ]
        if contributes
        else [],
        "full_text": None if abstract_stage else queries.full_text_of(found),
        "texts": texts,
        "earlier": queries.earlier_of(found) if abstract_stage else [],
        "removable": {each.pk for each in texts if actions.may_remove(request.user, each)},
        "text_reading": None if abstract_stage else queries.reading_of(found, request.GET.get("q", "")),
        "same": queries.same_article(found),
        "copy_of": work if work != found else None,
        "members": queries.members_of(found, most=MEMBERS_SHOWN - 1) if stored else [],
        "work_size": stored.size if stored else 1,
        "related": queries.related_to(work, alone=alone),
        "type_words": TYPE_WORDS,
        "on_thread": queries.work_on_thread(found, alone=alone) if _may_go_on_thread(stands, stage) else None,
    }


def _may_go_on_thread(stands: Standing | None, stage: str) -> bool:
    return stands is not None and stage == queries.ABSTRACT and stands.outcome == Outcome.INCLUDE


def _pieces(text: str, protocol: Protocol, why: queries.Why | None) -> list[Piece]:
    return pieces_of(
        text,
        asked=protocol.words,
        towards=why.towards if why else (),
        against=why.against if why else (),
    )


def _decided(request: HttpRequest, share: CaseShare, found: Record, stage: str) -> HttpResponse:
    """Store the decision, tell what others did meanwhile, and go on: to the next, or stay with one decided before."""
    verdict = next((each for each in Verdict if each.value == request.POST.get("verdict")), None)
    if verdict is None:
        raise BadInput("Choose one: keep it, leave it out for a reason, or say that you are unsure.")
    seen = _number(request.POST.get("seen"))
    decided = actions.decide(
        by=request.user,
        record=found,
        verdict=verdict,
        reason=request.POST.get("reason", ""),
        words=request.POST.get("words", ""),
        stage=stage,
        seen=seen,
        token=request.POST.get("token", ""),
        ranking=_number(request.POST.get("ranking")) or None,
        share=share,
    )
    said = str(decided.made)
    messages.info(request, f"{said[:1].upper()}{said[1:]}. {found.citation}, {found.title[:80]}")
    if decided.work != found:
        messages.info(
            request,
            f"It was found to be a duplicate of {decided.work.citation} meanwhile: your decision counts for both.",
        )
    for words in _told(decided):
        messages.info(request, words)
    if seen:
        return redirect(address(found, stage))
    case = share.case
    following = actions.reserve_next(
        by=request.user, case=case, stage=stage, protocol=decided.protocol, share=share
    )
    if following is None:
        messages.info(request, _nothing_left(case, stage))
        return redirect("reviews:home", case.slug)
    return redirect(address(following, stage))


def _told(decided: Decided) -> Iterator[str]:
    """What somebody else decided about the same record before this decision arrived."""
    if decided.stands is None or decided.stands.outcome == Outcome.WAITING:
        return
    for other in decided.meanwhile:
        who = other.decided_by.name
        if other.verdict == decided.made.verdict:
            yield f"{who} decided about it too, and agrees."
        else:
            yield f"{who} decided about it too, and differs: {other}. Both are kept; it waits to be settled."


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 0


@require_POST
def remark(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A note, a label, or a label taken off; then back to the record, to decide about it."""
    found = queries.record_for(request.user, slug, pk)
    require(may(request.user, Permission.CONTRIBUTE, found.file.case))
    words = request.POST.get("words", "")
    act = {"note": actions.add_note, "label": actions.put_label, "unlabel": actions.take_label_off}.get(
        request.POST.get("kind", "")
    )
    try:
        if act is None:
            raise BadInput("Say whether it is a note or a label.")
        act(by=request.user, record=found, words=words)
    except BadInput as error:
        messages.info(request, error.message)
    return redirect(f"{address(found, _stage(request))}#remarks")


@require_POST
def full_text(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say where a full text is, or that it could not be got."""
    found = queries.record_for(request.user, slug, pk)
    require(may(request.user, Permission.CONTRIBUTE, found.file.case))
    try:
        actions.attach_full_text(
            by=request.user,
            record=found,
            link=request.POST.get("link", ""),
            words=request.POST.get("words", ""),
            found=request.POST.get("found", "yes") == "yes",
        )
    except BadInput as error:
        messages.info(request, error.message)
    return redirect(address(found, _stage(request)))


def _stage(request: HttpRequest) -> str:
    return queries.FULL_TEXT if request.POST.get("stage") == queries.FULL_TEXT else queries.ABSTRACT
