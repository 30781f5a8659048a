"""Bringing in the decisions of an earlier review: the file, and where in it they stand."""

from __future__ import annotations

from django import forms

from wherewithal_web.analyse.reviews.forms.searches import ACCEPTED

FIND, INCLUDED, EXCLUDED = "find", "included", "excluded"


class EarlierForm(forms.Form):
    file = forms.FileField(
        label="The file of the earlier review",
        allow_empty_file=True,
        help_text="As ASReview, Rayyan, EPPI-Reviewer or Covidence exported it: CSV, Excel or RIS. At most 100 MB.",
        error_messages={"required": "Choose a file."},
        widget=forms.FileInput(attrs={"accept": f"{ACCEPTED},.xlsx"}),
    )
    says = forms.ChoiceField(
        label="What does the file say?",
        choices=[
            (FIND, "Each record carries its decision, in a column or a note"),
            (INCLUDED, "Every record in it was included"),
            (EXCLUDED, "Every record in it was excluded"),
        ],
        initial=FIND,
        widget=forms.RadioSelect,
    )
    label = forms.CharField(
        required=False,
        max_length=100,
        label="The column of decisions, if it has an unusual name",
        help_text="Found by itself where it is called included, decision, label or as ASReview and Rayyan call it.",
    )

    @property
    def whole_file(self) -> bool | None:
        return {INCLUDED: True, EXCLUDED: False}.get(self.cleaned_data["says"])
