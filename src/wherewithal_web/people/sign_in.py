"""Signing in: with an e-mail address and a password, limited in rate by allauth."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wherewithal_web.people.models import User


class Backend(AuthenticationBackend):
    """Demo accounts, whose password is printed for everyone, exist in the demo only.

    The demo has a database of its own; this is the second lock, should one ever be copied.
    """

    def user_can_authenticate(self, user: User) -> bool:
        return super().user_can_authenticate(user) and (settings.DEMO or not user.is_demo)

    def get_user(self, user_id: Any) -> User | None:
        user = super().get_user(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None


class Adapter(DefaultAccountAdapter):
    """Accounts are made by an administrator, never by whoever finds the address."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """A closed account says so, to whoever knows its password and to nobody else."""
        return render(request, "people/closed.jinja", status=403)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """No "you have signed in": the page that follows shows it."""
