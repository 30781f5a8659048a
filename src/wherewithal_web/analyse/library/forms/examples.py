"""Telling what a place or service did."""

from __future__ import annotations

from typing import Any

from django import forms

from wherewithal_web.analyse.library.forms.naming import ProgrammesField
from wherewithal_web.clock import today


class ExampleForm(forms.Form):
    title = forms.CharField(
        max_length=200,
        label="What was done, in a few words",
        help_text="For example: Parenting groups led by trained parents in two family hubs",
        error_messages={"required": "Say in a few words what was done."},
    )
    place = forms.CharField(
        max_length=200,
        label="Where",
        help_text="The council, area or service",
        error_messages={"required": "Say where it was done."},
    )
    year = forms.IntegerField(
        required=False,
        min_value=1980,
        label="In which year?",
        help_text="When it was done, or when it began",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"}),
        error_messages={"invalid": "Write the year in four digits."},
    )
    programmes = ProgrammesField(label="Which programmes was it about?")
    ages = forms.CharField(
        required=False, max_length=100, label="Ages of the children", help_text="For example: 3 to 8"
    )
    topics = forms.CharField(
        required=False,
        max_length=300,
        label="What is it about?",
        help_text="A few words, so that others find it",
    )
    done = forms.CharField(
        max_length=5_000,
        label="What was done",
        help_text="Who did what, for whom, how many. Name no family and no colleague.",
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Tell what was done."},
    )
    happened = forms.CharField(
        required=False,
        max_length=5_000,
        label="What happened",
        help_text="What came of it, and how you know. If nothing was measured, say so: that is worth knowing too.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    link = forms.URLField(
        required=False,
        max_length=500,
        assume_scheme="https",
        label="Where it can be read, if anywhere",
        error_messages={"invalid": "Give a whole web address, such as https://www.example.org/report."},
    )
    contact = forms.CharField(
        required=False,
        max_length=200,
        label="Whom can others ask?",
        help_text="A post or a shared address, such as “family hubs team, familyhubs@example.gov.uk”, rather than a "
        "person’s own name or address. Everyone who signs in here can see it.",
    )
    contact_agreed = forms.BooleanField(
        required=False,
        label="They agree to be asked",
        help_text="Without this the contact is not kept.",
    )

    def clean_year(self) -> int | None:
        year = self.cleaned_data["year"]
        if year is not None and year > today().year:
            raise forms.ValidationError(f"Give a year up to {today().year}.")
        return year

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("contact") and not given.get("contact_agreed"):
            self.add_error("contact_agreed", "Tick this once they have agreed, or leave the contact out.")
        if given.get("contact_agreed") and not given.get("contact") and "contact" not in self.errors:
            given["contact_agreed"] = False
        return given
