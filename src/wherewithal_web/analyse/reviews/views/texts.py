"""Full texts as files: attaching, opening and removing one, and placing several that were brought at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wherewithal.errors import BadInput
from wherewithal.plain_english import counted
from wherewithal_web.analyse.reviews import actions, queries, shelf
from wherewithal_web.analyse.reviews.views.frame import review_frame
from wherewithal_web.analyse.reviews.views.screening import address
from wherewithal_web.cases.permissions import may
from wherewithal_web.cases.queries import case_for
from wherewithal_web.components.uploads import too_large
from wherewithal_web.people.permissions import require
from wherewithal_web.people.roles import Permission

AWAY = "away"


@require_POST
def attach_text(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Attach a PDF to a record; then back to it, to decide."""
    found = queries.record_for(request.user, slug, pk, stage=queries.FULL_TEXT)
    require(may(request.user, Permission.CONTRIBUTE, found.file.case))
    try:
        if getattr(request, "upload_too_large", False):
            raise too_large()
        brought = request.FILES.get("pdf")
        if brought is None:
            raise BadInput("Choose a PDF first.")
        made = actions.attach_text(
            by=request.user, record=found, source=brought.file, name=brought.name or ""
        )
        messages.info(
            request, f"Attached {made.name}, {counted(made.pages, 'page')}. Its words are being read."
        )
    except BadInput as error:
        messages.info(request, error.message)
    return redirect(f"{address(found, queries.FULL_TEXT)}#full-text")


@require_safe
def text_file(request: HttpRequest, slug: str, pk: int) -> FileResponse:
    """The file itself, for the browser's own viewer. Whatever it holds can reach nothing of ours."""
    text = queries.text_for(request.user, slug, pk)
    path = shelf.path_of(text.record.file.case, text.sha256)
    if not path.is_file():
        raise Http404("The file is not on this machine.")
    name = text.name if text.name.lower().endswith(".pdf") else f"{text.name or 'full-text'}.pdf"
    response = FileResponse(path.open("rb"), content_type="application/pdf", filename=name)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def remove_text(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    text = queries.text_for(request.user, slug, pk)
    try:
        made = actions.remove_text(by=request.user, text=text, why=request.POST.get("why", ""))
        rest = (
            "The file and the words read from it are deleted."
            if made.deleted
            else "Another record keeps the file."
        )
        messages.info(request, f"Removed {text.name}. {rest}")
    except BadInput as error:
        messages.info(request, error.message)
    return redirect(f"{address(text.record, queries.FULL_TEXT)}#full-text")


@require_http_methods(["GET", "POST"])
def texts(request: HttpRequest, slug: str) -> HttpResponse:
    """Bring several PDFs at once, and see those that wait for a person to say whose they are."""
    case = case_for(request.user, slug)
    require(may(request.user, Permission.CONTRIBUTE, case))
    refused: list[BadInput] = []
    if request.method == "POST":
        files = [(each.name or "the file", each.file) for each in request.FILES.getlist("pdfs")]
        if getattr(request, "upload_too_large", False):
            refused = [too_large()]
        elif not files:
            refused = [BadInput("Choose one PDF or more.")]
        else:
            brought, refused = actions.bring_texts(by=request.user, case=case, files=files)
            if brought and not refused:
                messages.info(request, f"{counted(len(brought), 'file')} brought. Say whose each is.")
                return redirect("reviews:texts", slug)
    wanted = list(queries.texts_wanted(case).defer("body"))
    return render(
        request,
        "reviews/texts.jinja",
        {
            **review_frame(request, case),
            "refused": refused,
            "waiting": case.brought_texts.select_related("suggestion", "brought_by"),
            "wanted": wanted,
            "wanted_keys": {row.pk for row in wanted},
            "away": AWAY,
        },
        status=400 if refused else 200,
    )


@require_POST
def place_texts(request: HttpRequest, slug: str) -> HttpResponse:
    """Attach the files that were brought to the records that a person chose."""
    case = case_for(request.user, slug)
    require(may(request.user, Permission.CONTRIBUTE, case))
    places: dict[int, int | None] = {}
    for row in case.brought_texts.all():
        chosen = request.POST.get(f"place-{row.pk}", "")
        if chosen == AWAY:
            places[row.pk] = None
        elif chosen.isascii() and chosen.isdigit():
            places[row.pk] = int(chosen)
    try:
        attached, away = actions.place_texts(by=request.user, case=case, places=places)
        gone = f", {counted(away, 'file')} thrown away" if away else ""
        messages.info(request, f"{counted(attached, 'full text')} attached{gone}.")
    except BadInput as error:
        messages.info(request, error.message)
    return redirect("reviews:texts", slug)
