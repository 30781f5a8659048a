"""The protocol as a form."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms

from wherewithal.analyse.reviews.protocol import MOST_LOOKS, PARTS, Protocol
from wherewithal.analyse.reviews.protocol_routes import ROUTES
from wherewithal.analyse.reviews.screening.decisions import REASONS
from wherewithal.analyse.reviews.screening.ranking import missing, models

HINTS = {
    "population": "Which children, parents or families. For example: parents of children aged 3 to 8.",
    "intervention": "What would be commissioned. For example: group parenting programmes.",
    "comparison": "Instead of what. For example: services as usual, a waiting list.",
    "outcome": "What should get better. For example: behaviour at home, parenting stress.",
    "context": "Where. For example: England, or countries with similar services.",
}
MODEL_WORDS = {
    "terms": "Words and pairs of words, those of the title counting twice",
    "words": "Words and pairs of words as ASReview (ELAS u4) weighs them",
    "meaning": "Words, and what they mean: a language model on this machine reads each record once",
}
PERCENT = {"class": "govuk-input--width-3", "inputmode": "numeric"}


class ProtocolForm(forms.Form):
    """Every part of a protocol. ``amending``: records were decided about already, so it asks why."""

    route = forms.ChoiceField(
        label="How thorough should it be?",
        choices=[(each.key, f"{each.name}. {each.says}") for each in ROUTES],
        widget=forms.RadioSelect,
    )
    keep = forms.CharField(
        required=False,
        label="Keep a record if",
        help_text="One rule a line. For example: it has a comparison group.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    second_share = forms.IntegerField(
        min_value=0,
        max_value=100,
        label="How many of the records should two people decide about, in per cent?",
        help_text="Each without seeing what the other decided; drawn at random. Rapid: 20. Standard: 100.",
        widget=forms.NumberInput(attrs=PERCENT),
    )
    target = forms.IntegerField(
        min_value=50,
        max_value=99,
        label="How much of what is relevant should be found before reading may stop, in per cent?",
        widget=forms.NumberInput(attrs=PERCENT),
    )
    confidence = forms.IntegerField(
        min_value=50,
        max_value=99,
        label="How sure should we be of that, in per cent?",
        widget=forms.NumberInput(attrs=PERCENT),
    )
    looks = forms.IntegerField(
        min_value=1,
        max_value=MOST_LOOKS,
        label="How often may we ask whether enough was read?",
        help_text="Planned beforehand, because every look is one more chance to be wrong. Ten is usual.",
        widget=forms.NumberInput(attrs=PERCENT),
    )
    model = forms.ChoiceField(label="Which model puts the records in order?", choices=list)
    why = forms.CharField(
        required=False,
        max_length=1000,
        label="Why is the protocol changed?",
        help_text="Records have been decided about already, so the change is kept with its reason.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, protocol: Protocol, amending: bool, **kwargs: Any) -> None:
        plain = protocol.as_dict()
        percents = {name: round(100 * plain[name]) for name in ("target", "confidence")}
        initial = {
            **plain,
            **percents,
            "keep": "\n".join(protocol.keep),
            **{f"out_{key}": rule for key, rule in protocol.leave_out.items()},
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.before = protocol
        for part, name in PARTS.items():
            self.fields[part] = forms.CharField(
                required=False, max_length=500, label=name, help_text=HINTS[part]
            )
        for reason in REASONS:
            if not reason.needs_words:
                self.fields[f"out_{reason.key}"] = forms.CharField(
                    required=False,
                    max_length=300,
                    label=reason.words,
                    help_text=f"If left empty: {reason.hint}",
                )
        self.fields["model"].choices = [(name, MODEL_WORDS.get(name, name)) for name in models()]
        self.fields["model"].help_text = "It puts records in order and never leaves one out."
        if not amending:
            del self.fields["why"]

    def clean_model(self) -> str:
        """A model that this machine lacks is refused here, and not in the background when nobody looks."""
        model: str = self.cleaned_data["model"]
        if lacks := missing(model):
            raise forms.ValidationError(lacks)
        return model

    @property
    def parts(self) -> list[forms.BoundField]:
        return [self[part] for part in PARTS]

    @property
    def out(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("out_")]

    def protocol(self) -> Protocol:
        """What was filled in. Raises BadInput for what cannot be."""
        answers = self.cleaned_data
        return replace(
            self.before,
            route=answers["route"],
            **{part: " ".join(answers[part].split()) for part in PARTS},
            keep=tuple(rule.strip() for rule in answers["keep"].splitlines() if rule.strip()),
            leave_out={
                name.removeprefix("out_"): rule.strip()
                for name, rule in answers.items()
                if name.startswith("out_") and rule.strip()
            },
            second_share=answers["second_share"],
            target=answers["target"] / 100,
            confidence=answers["confidence"] / 100,
            looks=answers["looks"],
            model=answers["model"],
        )
