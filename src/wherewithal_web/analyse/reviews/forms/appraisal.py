"""Beginning an appraisal, and the questions of one domain, as forms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from wherewithal.analyse.reviews.appraisal.appraising import Answer, Appraisal
from wherewithal.analyse.reviews.appraisal.instrument import Condition, Domain, Instrument, Question
from wherewithal.analyse.reviews.appraisal.reading import instruments
from wherewithal.plain_english import listed
from wherewithal_web.analyse.reviews.models import Study


class BeginAppraisalForm(forms.Form):
    """Which study, by which instrument, for which result, by how many people."""

    study = forms.TypedChoiceField(label="Study", coerce=int, choices=list)
    instrument = forms.ChoiceField(
        label="Instrument",
        choices=list,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose an instrument."},
    )
    outcome = forms.CharField(
        required=False,
        max_length=200,
        label="Which result?",
        help_text="For example: behaviour at home, 6 months. A study can be sound for one result and not for another.",
    )
    people = forms.TypedChoiceField(
        label="How many people appraise it, each on their own?",
        coerce=int,
        choices=[(2, "Two, who then settle what they differ on"), (1, "One")],
        initial=2,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, studies: Sequence[Study], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["study"].choices = [(each.number, each.name) for each in studies]
        self.fields["instrument"].choices = [(i.key, f"{i.name}. {i.applies}") for i in instruments()]


class DomainForm(forms.Form):
    """The questions of one domain: an answer each, why, and where the study says so."""

    def __init__(self, *args: Any, appraisal: Appraisal, domain: Domain, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.domain = domain
        self.questions = domain.questions
        for place, question in enumerate(domain.questions):
            given = appraisal.answers.get(question.number, Answer(""))
            hint = " ".join(filter(None, [question.hint, asked_words(appraisal.instrument, question)]))
            self.fields[f"answer_{place}"] = forms.ChoiceField(
                required=False,
                label=f"{question.number} {question.asks}",
                help_text=hint,
                choices=[(code, appraisal.instrument.choice(code).words) for code in question.answers],
                widget=forms.RadioSelect,
                initial=given.code,
            )
            self.fields[f"support_{place}"] = forms.CharField(
                required=False, max_length=2000, label="Why?", initial=given.support,
                widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip
            self.fields[f"page_{place}"] = forms.CharField(
                required=False, max_length=60, label="Page", initial=given.page
            )
            self.fields[f"quotation_{place}"] = forms.CharField(
                required=False, max_length=2000, label="What the study says there", initial=given.quotation,
                widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip

    @property
    def rows(self) -> list[tuple[Question, forms.BoundField, list[forms.BoundField]]]:
        """Each question with its answer and what supports it."""
        return [
            (
                question,
                self[f"answer_{place}"],
                [self[f"{name}_{place}"] for name in ("support", "page", "quotation")],
            )
            for place, question in enumerate(self.questions)
        ]

    def answers(self) -> dict[str, Answer]:
        """What was filled in, by question number."""
        data = self.cleaned_data
        return {
            question.number: Answer(
                data[f"answer_{place}"],
                data[f"support_{place}"].strip(),
                data[f"page_{place}"].strip(),
                data[f"quotation_{place}"].strip(),
            )
            for place, question in enumerate(self.questions)
        }


def asked_words(instrument: Instrument, question: Question) -> str:
    """When a question is asked, in words; empty where it always is."""
    if not question.asked:
        return ""
    return f"Only if {listed([_condition(instrument, each) for each in question.asked], 'or')}."


def _condition(instrument: Instrument, condition: Condition) -> str:
    order = [each.code for each in instrument.choices]
    return " and ".join(
        f"{number} is {listed([instrument.choice(c).words.lower() for c in sorted(codes, key=order.index)], 'or')}"
        for number, codes in condition.items()
    )
