"""Choosing the case to add something to."""

from __future__ import annotations

from typing import Any

from django import forms

from wherewithal_web.cases.models import Case


class AddForm(forms.Form):
    case = forms.ModelChoiceField(
        Case.objects.none(), to_field_name="slug", error_messages={"required": "Choose a case."}
    )

    def __init__(self, *args: Any, cases: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"].queryset = cases
