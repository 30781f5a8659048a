"""Bringing in a register edition."""

from __future__ import annotations

from typing import Any

from django import forms

from wherewithal.analyse.library import registers
from wherewithal_web.analyse.library.actions import EVERY
from wherewithal_web.cases.forms import Day
from wherewithal_web.components.uploads import TextUpload


class EditionForm(forms.Form):
    register = forms.ChoiceField(
        label="Which register is it a copy of?",
        help_text="A file that gathers several, with a column that names the register on each row, can be taken "
        "whole, or only for the one chosen here.",
    )
    file = TextUpload(
        label="The file",
        help_text="A CSV file. To start from what is held, download an edition from the register's page and change it.",
    )
    edition_date = Day(
        label="Which day is the copy of?",
        help_text="The day it was taken from the register, not today",
        error_messages={"required": "Give the day of the copy."},
    )
    part = forms.ChoiceField(
        label="Does it hold all of the register?",
        choices=[
            ("whole", "Yes: what is missing from it was withdrawn"),
            ("part", "No, only some of its rows: it says nothing about the others"),
        ],
        error_messages={"required": "Say whether it holds all of it."},
        widget=forms.RadioSelect,
    )
    origin = forms.CharField(
        max_length=500,
        required=False,
        label="Where was it read?",
        help_text="For example: the register's own download page, or a colleague's copy",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["register"].choices = [
            (EVERY, "All those that the file gathers"),
            *((one.key, one.name) for one in registers().values()),
        ]
