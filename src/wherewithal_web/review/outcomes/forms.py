"""The verdict, in plain words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms

from wherewithal.review.outcomes import VerdictKind
from wherewithal_web.cases.forms import Day
from wherewithal_web.clock import today


class VerdictForm(forms.Form):
    verdict = forms.TypedChoiceField(
        coerce=VerdictKind,
        widget=forms.RadioSelect,
        label="What should happen?",
        choices=[
            (VerdictKind.CONTINUE.value, "Continue: go on as it is"),
            (VerdictKind.ADAPT.value, "Adapt: go on, and change something"),
            (VerdictKind.STOP.value, "Stop: end it, or let it run out"),
        ],
        error_messages={"required": "Choose to continue, adapt or stop."},
    )
    reason = forms.CharField(
        label="Why?",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="For whoever reads this in a year: what weighed most, and what would change your mind. For "
        "'adapt', say what is to change.",
        error_messages={"required": "Say why."},
    )
    on = Day(label="When was this decided?")
    next_review_on = Day(
        required=False, label="When will it be reviewed again?", help_text="Leave empty only where it stops."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today()
        self.fields["on"].error_messages["required"] = "Give the day on which it was decided."
        self.fields["next_review_on"].initial = today() + timedelta(days=365)

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if on > today():
            raise forms.ValidationError("That day is still to come. Record it once it is decided.")
        return on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        on, again, verdict = cleaned.get("on"), cleaned.get("next_review_on"), cleaned.get("verdict")
        if "next_review_on" in self.errors:
            return cleaned
        if verdict and verdict is not VerdictKind.STOP and not again:
            self.add_error("next_review_on", "What goes on is reviewed again: set the day.")
        if on and again and again <= on:
            self.add_error("next_review_on", "The next review comes after this one: choose a later date.")
        return cleaned
