"""Forms for people and organisations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from wherewithal_web.people.models import Organisation, User
from wherewithal_web.people.roles import MEMBER, ORGANISATION_ROLES


class OrganisationForm(forms.Form):
    name = forms.CharField(max_length=200, label="Name of the organisation")
    kind = forms.ChoiceField(
        label="What kind is it?", widget=forms.RadioSelect, choices=Organisation.Kind.choices
    )
    area_name = forms.CharField(max_length=200, required=False, label="Area it serves")
    area_code = forms.CharField(
        max_length=20,
        required=False,
        label="Area code",
        help_text="The ONS code, for example E08000009. Leave empty if it has none.",
    )

    def clean_name(self) -> str:
        name = self.cleaned_data["name"].strip()
        if Organisation.objects.filter(name__iexact=name).exists():
            raise forms.ValidationError("That organisation is here already.")
        return name


class PersonForm(forms.Form):
    name = forms.CharField(max_length=150, label="Name")
    job_title = forms.CharField(max_length=150, required=False, label="Job title")
    email = forms.EmailField(label="E-mail address", help_text="They sign in with it")
    organisation = forms.ModelChoiceField(
        Organisation.objects.all(), label="Organisation", empty_label="Choose one"
    )
    role = forms.ChoiceField(
        label="What do they do here?",
        widget=forms.RadioSelect,
        initial=MEMBER.key,
        choices=[(role.key, f"{role.name}: {role.description}") for role in ORGANISATION_ROLES.values()],
    )
    password = forms.CharField(
        label="First password",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="At least 12 characters. Give it to them in person or by telephone.",
    )

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        if User.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError("Somebody already signs in with that address.")
        return email

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("password"):
            try:
                validate_password(
                    cleaned["password"], User(name=cleaned.get("name", ""), email=cleaned.get("email", ""))
                )
            except forms.ValidationError as error:
                self.add_error("password", error)
        return cleaned


class NewPasswordForm(forms.Form):
    """A new password for somebody by an administrator; with the old one asked for, for oneself."""

    old = forms.CharField(label="Your password now", widget=forms.PasswordInput)
    new = forms.CharField(
        label="New password",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="At least 12 characters. Three words that do not belong together are easy to remember.",
    )

    def __init__(self, *args: Any, user: User, own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if not own:
            del self.fields["old"]

    def clean_old(self) -> str:
        if not self.user.check_password(self.cleaned_data["old"]):
            raise forms.ValidationError("That is not your password.")
        return self.cleaned_data["old"]

    def clean_new(self) -> str:
        validate_password(self.cleaned_data["new"], self.user)
        return self.cleaned_data["new"]
