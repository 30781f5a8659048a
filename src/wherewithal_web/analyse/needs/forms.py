"""The forms of the needs room."""

from __future__ import annotations

from typing import Any

from django import forms

from wherewithal.analyse.needs import Area
from wherewithal.analyse.needs.figures import ENGLAND_TYPE
from wherewithal_web.cases.models import Case
from wherewithal_web.components.uploads import TextUpload


class ImportForm(forms.Form):
    file = TextUpload(
        label="A Fingertips export",
        help_text="The CSV file as downloaded, without opening it in a spreadsheet first.",
        error_messages={"required": "Choose a file."},
    )


class AreaForm(forms.Form):
    area = forms.CharField(
        label="Name or code of an area",
        help_text="For example Trafford, or E08000009",
        max_length=200,
        error_messages={"required": "Write the name of an area."},
    )


class NeighboursForm(forms.Form):
    """Choose neighbours among areas of the same type that are held."""

    neighbours = forms.MultipleChoiceField(
        label="Areas like this one", widget=forms.CheckboxSelectMultiple, required=False
    )
    source = forms.CharField(
        label="Who says that they are alike?",
        help_text="For example: DfE statistical neighbours, May 2025",
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, area: Area, held: dict[str, Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        alike = [
            other
            for other in held.values()
            if other.type == area.type and other.code != area.code and other.type != ENGLAND_TYPE
        ]
        self.fields["neighbours"].choices = [
            (other.code, other.name) for other in sorted(alike, key=lambda other: other.name)
        ]


class AddForm(forms.Form):
    """Which case a figure goes to: one that the person may add to."""

    case = forms.ModelChoiceField(
        Case.objects.none(),
        to_field_name="slug",
        label="Add this to",
        empty_label=None,
        error_messages={"required": "Choose a case.", "invalid_choice": "Choose one of your cases."},
    )

    def __init__(self, *args: Any, cases: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"].queryset = cases
