"""Who else has done this: what people here tell, and what lists that were brought in tell."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wherewithal.analyse.library import registers
from wherewithal.analyse.library.example import example_subject
from wherewithal_web.analyse.library import actions, queries
from wherewithal_web.analyse.library.forms import ExampleForm
from wherewithal_web.analyse.library.forms.naming import names_on_lines
from wherewithal_web.analyse.library.models import PracticeExample
from wherewithal_web.analyse.library.permissions import may_add, may_change
from wherewithal_web.analyse.library.views.adding import added, offered
from wherewithal_web.analyse.library.views.reading import frame
from wherewithal_web.components.posted import posted
from wherewithal_web.people.permissions import require


def _frame(request: HttpRequest) -> dict[str, Any]:
    around = frame(request)
    return {**around, "crumbs": [*around["crumbs"], ("Who else has done this", reverse("library:examples"))]}


@require_GET
def examples(request: HttpRequest) -> HttpResponse:
    told = queries.examples_told()
    slugs = [slug for each in told for slug in each.programmes]
    return render(
        request,
        "library/examples.jinja",
        {
            **frame(request),
            "told": told,
            "programmes": {each.slug: each for each in queries.held_programmes(slugs)},
            "lists": [one for one in registers().values() if one.kind == "practice examples"],
            "may_add": may_add(request.user),
        },
    )


@require_GET
def example(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(PracticeExample.objects.select_related("added_by"), slug=slug)
    return render(
        request,
        "library/example.jinja",
        {
            **_frame(request),
            "example": found,
            "programmes": queries.held_programmes(found.programmes),
            "may_change": may_change(request.user, found.added_by_id),
            **offered(request, example_subject(slug)),
        },
    )


@require_http_methods(["GET", "POST"])
def example_new(request: HttpRequest) -> HttpResponse:
    require(may_add(request.user))
    named = names_on_lines(request.GET.getlist("programme")[:20])
    form = ExampleForm(posted(request), initial={"programmes": named})
    if form.is_valid():
        made = actions.add_example(by=request.user, **form.cleaned_data)
        messages.info(request, "Thank you. Others can read it now.")
        return redirect("library:example", made.slug)
    return _form_page(request, form)


@require_http_methods(["GET", "POST"])
def example_edit(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(PracticeExample, slug=slug)
    require(may_change(request.user, found.added_by_id))
    initial = {name: getattr(found, name) for name in actions.EXAMPLE_FIELDS}
    form = ExampleForm(posted(request), initial={**initial, "programmes": names_on_lines(found.programmes)})
    if form.is_valid():
        actions.change_example(by=request.user, example=found, **form.cleaned_data)
        messages.info(request, "The example was changed.")
        return redirect("library:example", slug)
    return _form_page(request, form, found)


def _form_page(request: HttpRequest, form: ExampleForm, found: PracticeExample | None = None) -> HttpResponse:
    return render(
        request,
        "library/example_form.jinja",
        {**_frame(request), "form": form, "example": found},
        status=400 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
def example_remove(request: HttpRequest, slug: str) -> HttpResponse:
    """Asks once more before an example goes: it does not come back."""
    found = get_object_or_404(PracticeExample, slug=slug)
    require(may_change(request.user, found.added_by_id))
    if request.method == "POST":
        actions.remove_example(by=request.user, example=found)
        messages.info(request, "The example was removed, with its contact and text.")
        return redirect("library:examples")
    weight = queries.Resting(request.user).on(example_subject(slug))
    return render(
        request, "library/example_remove.jinja", {**_frame(request), "example": found, "weight": weight}
    )


@require_POST
def add_example(request: HttpRequest, slug: str) -> HttpResponse:
    """Put the example on a case's thread."""
    found = get_object_or_404(PracticeExample, slug=slug)
    return added(request, lambda case: actions.add_example_finding(by=request.user, case=case, example=found))
