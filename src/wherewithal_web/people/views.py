"""Who works where, and adding people. Sign-in itself is allauth's."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wherewithal_web.components.posted import posted
from wherewithal_web.people import actions, queries
from wherewithal_web.people.forms import NewPasswordForm, OrganisationForm, PersonForm
from wherewithal_web.people.models import User
from wherewithal_web.people.permissions import may, require
from wherewithal_web.people.roles import ORGANISATION_ROLES, Permission


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "people/people.jinja",
        {
            "nav": "people",
            "organisations": queries.organisations_with_people(),
            "roles": ORGANISATION_ROLES,
            "may_manage": may(request.user, Permission.MANAGE_PEOPLE),
        },
    )


@require_http_methods(["GET", "POST"])
def add_person(request: HttpRequest) -> HttpResponse:
    require(may(request.user, Permission.MANAGE_PEOPLE))
    form = PersonForm(posted(request))
    if form.is_valid():
        person = actions.add_person(by=request.user, **form.cleaned_data)
        messages.info(request, f"{person} can sign in now.")
        return redirect("people:people")
    return render(
        request,
        "people/form.jinja",
        {"nav": "people", "form": form, "title": "Add a person", "crumbs": [("People", "/people/")]},
    )


@require_http_methods(["GET", "POST"])
def add_organisation(request: HttpRequest) -> HttpResponse:
    require(may(request.user, Permission.MANAGE_PEOPLE))
    form = OrganisationForm(posted(request))
    if form.is_valid():
        actions.add_organisation(by=request.user, **form.cleaned_data)
        return redirect("people:people")
    return render(
        request,
        "people/form.jinja",
        {"nav": "people", "form": form, "title": "Add an organisation", "crumbs": [("People", "/people/")]},
    )


@require_http_methods(["GET", "POST"])
def password(request: HttpRequest, pk: int) -> HttpResponse:
    """A new password: everyone for themselves, an administrator for anyone."""
    user = get_object_or_404(User, pk=pk)
    own = user == request.user
    if not own:
        require(may(request.user, Permission.MANAGE_PEOPLE))
    form = NewPasswordForm(posted(request), user=user, own=own)
    if form.is_valid():
        actions.set_password(by=request.user, user=user, password=form.cleaned_data["new"])
        if own:
            update_session_auth_hash(request, user)
        messages.info(
            request, f"{'You sign in' if own else f'{user} signs in'} with the new password from now on."
        )
        return redirect("people:people")
    title = "Change your password" if own else f"A new password for {user}"
    return render(
        request,
        "people/form.jinja",
        {"nav": "people", "form": form, "title": title, "crumbs": [("People", "/people/")]},
    )


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    require(may(request.user, Permission.MANAGE_PEOPLE))
    person = get_object_or_404(User, pk=pk)
    if person != request.user:
        actions.close_account(by=request.user, user=person)
        messages.info(request, f"{person} can no longer sign in. What they did stays, with their name.")
    return redirect("people:people")
