"""Organisations, people and who works where."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from wherewithal_web.people.roles import MEMBER, ORGANISATION_ROLES


class Organisation(models.Model):
    """A council, or a partner that shares its cases."""

    class Kind(models.TextChoices):
        COUNCIL = "council", "Council"
        NHS = "nhs", "NHS"
        VOLUNTARY = "voluntary", "Voluntary and community sector"
        POLICE = "police", "Police"
        SCHOOL = "school", "School or trust"

    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=20, choices=Kind)
    area_name = models.CharField(max_length=200, blank=True)
    area_code = models.CharField(max_length=20, blank=True, help_text="ONS code, for example E08000009")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


TERMINAL = "terminal@localhost"
"""The address of the account that commands act as while there is no administrator yet. Nobody signs in with it."""


class UserManager(BaseUserManager["User"]):
    def people(self) -> models.QuerySet[User]:
        """Everyone but the machine's own terminal."""
        return self.exclude(email=TERMINAL)

    def get_by_natural_key(self, email: str) -> User:
        return self.get(email__iexact=email)


class User(AbstractBaseUser):
    """A person who signs in. The e-mail address is the name they sign in with."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150)
    job_title = models.CharField(max_length=150, blank=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_an_address")]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    @property
    def is_the_terminal(self) -> bool:
        return self.email == TERMINAL

    @property
    def organisation(self) -> Organisation | None:
        """The organisation they work for; the first, where there are several."""
        membership = self.memberships.select_related("organisation").order_by("pk").first()
        return membership.organisation if membership else None


class Membership(models.Model):
    """A person's place in an organisation."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(
        max_length=20, choices=[(r.key, r.name) for r in ORGANISATION_ROLES.values()], default=MEMBER.key
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation"], name="one_place_an_organisation")
        ]

    def __str__(self) -> str:
        return f"{self.user} at {self.organisation}"
