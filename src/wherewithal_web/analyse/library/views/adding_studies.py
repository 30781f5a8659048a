"""Adding a study: by its DOI, from a file that a service gave, or by hand."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from wherewithal.errors import BadInput
from wherewithal.plain_english import listed
from wherewithal.sources.work import Work
from wherewithal_web.analyse.library import actions
from wherewithal_web.analyse.library.forms import ByFileForm, ByHandForm, ChosenForm, DoiForm
from wherewithal_web.analyse.library.forms.naming import names_on_lines
from wherewithal_web.analyse.library.looking_up import LookedUp, look_up, works_in_file
from wherewithal_web.analyse.library.models import Study
from wherewithal_web.analyse.library.permissions import may_add
from wherewithal_web.analyse.library.views.studies import studies_frame
from wherewithal_web.components.posted import posted
from wherewithal_web.components.uploads import too_large
from wherewithal_web.people.permissions import require

WAYS = {"doi": "By its DOI", "file": "From a file", "hand": "By hand"}
MOST_IN_A_FILE = 25


@require_http_methods(["GET", "POST"])
def study_new(request: HttpRequest) -> HttpResponse:
    require(may_add(request.user))
    way = (request.POST if request.method == "POST" else request.GET).get("by", "doi")
    if way == "chosen" and request.method == "POST":
        return _chosen(request)
    return {"doi": _by_doi, "file": _by_file, "hand": _by_hand}.get(way, _by_doi)(request)


def _initial(request: HttpRequest) -> dict[str, str]:
    return {"programmes": names_on_lines(request.GET.getlist("programme")[:20])}


def _by_doi(request: HttpRequest) -> HttpResponse:
    form = DoiForm(posted(request), initial=_initial(request))
    if not form.is_valid():
        return _page(request, "doi", form)
    said = form.cleaned_data
    there = Study.objects.filter(key=actions.study_key(Work(doi=said["doi"]))).first()
    if there:
        return _is_there(request, there)
    found = look_up(said["doi"])
    if found.work is None or not found.work.title:
        by_hand = ByHandForm(
            initial={"doi": said["doi"], "says": said["says"], "programmes": form["programmes"].value()}
        )
        return _page(request, "hand", by_hand, looked=found)
    for failure in found.failed:
        messages.info(request, f"Not asked: {failure}")
    return _kept(request, found.work, said, asked=True)


def _by_hand(request: HttpRequest) -> HttpResponse:
    form = ByHandForm(posted(request), initial=_initial(request))
    if form.is_valid():
        return _kept(request, form.work, form.cleaned_data)
    return _page(request, "hand", form)


def _by_file(request: HttpRequest) -> HttpResponse:
    form = ByFileForm(posted(request), request.FILES if request.method == "POST" else None)
    problems: tuple = ()
    try:
        if getattr(request, "upload_too_large", False):
            raise too_large()
        if form.is_valid():
            return _to_choose(request, _read(form))
    except BadInput as error:
        form.full_clean()
        form.errors.pop("file", None)
        form.add_error("file", error.message)
        problems = error.problems
    return _page(request, "file", form, problems=problems)


def _read(form: ByFileForm) -> list[Work]:
    file = form.cleaned_data["file"]
    works = [work for work in works_in_file(file.text.encode(), file.name) if work.title]
    if not works:
        raise BadInput(f"{file.name} holds no study with a title.")
    if len(works) > MOST_IN_A_FILE:
        raise BadInput(
            f"{file.name} holds {len(works):,} studies; one is added here at a time, out of at most {MOST_IN_A_FILE}. "
            "Bring a whole search into the evidence review of a case."
        )
    return works


def _to_choose(request: HttpRequest, works: list[Work]) -> HttpResponse:
    choices = [(ChosenForm.sealed(work), _label(work)) for work in works]
    initial = {**_initial(request), "work": choices[0][0] if len(choices) == 1 else ""}
    return _page(request, "chosen", ChosenForm(works=choices, initial=initial))


def _label(work: Work) -> str:
    return ", ".join(filter(None, [work.title, listed(work.authors[:2]), str(work.year or ""), work.venue]))


def _chosen(request: HttpRequest) -> HttpResponse:
    sealed = request.POST.getlist("works")[:MOST_IN_A_FILE]
    works = {value: work for value in sealed if (work := ChosenForm.opened(value))}
    form = ChosenForm(request.POST, works=[(value, _label(work)) for value, work in works.items()])
    if form.is_valid():
        return _kept(request, works[form.cleaned_data["work"]], form.cleaned_data)
    return _page(request, "chosen", form)


def _kept(request: HttpRequest, work: Work, said: dict[str, Any], *, asked: bool = False) -> HttpResponse:
    kept = actions.add_study(
        by=request.user, work=work, says=said["says"], programmes=said["programmes"], asked=asked
    )
    if not kept.fresh:
        return _is_there(request, kept.study)
    messages.info(request, "The study is in the library.")
    return redirect(f"{reverse('library:study', args=[kept.study.slug])}{studies_frame(request)['and_case']}")


def _is_there(request: HttpRequest, study: Study) -> HttpResponse:
    messages.info(request, "This study is in the library already: here it is. Nothing was changed.")
    return redirect("library:study", study.slug)


def _page(
    request: HttpRequest, way: str, form: Any, *, looked: LookedUp | None = None, problems: tuple = ()
) -> HttpResponse:
    return render(
        request,
        "library/study_new.jinja",
        {
            **studies_frame(request),
            "way": way,
            "ways": WAYS,
            "form": form,
            "looked": looked,
            "problems": problems,
            "sealed": [value for value, _ in form.fields["work"].choices] if way == "chosen" else [],
        },
        status=400 if form.errors else 200,
    )
