"""The forms of a case: plain words, and only what is needed to go on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms

from wherewithal.thread import Kind
from wherewithal.thread.sections import SECTIONS
from wherewithal.thread.stages import Stage
from wherewithal_web.cases.models import Case, StoredFinding
from wherewithal_web.cases.queries import citable_findings
from wherewithal_web.clock import today
from wherewithal_web.people.models import Organisation, User
from wherewithal_web.people.roles import CASE_ROLES


class Day(forms.DateField):
    """A date, chosen with the browser's own calendar or typed as 2027-03-12."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.DateInput(attrs={"class": "govuk-input--width-10"}, format="%Y-%m-%d")
        )
        super().__init__(**kwargs)
        self.widget.input_type = "date"
        self.error_messages["invalid"] = "Give the date as day, month and year."


class CaseForm(forms.Form):
    title = forms.CharField(
        max_length=200,
        label="What is this case about?",
        help_text="For example: Parenting support for families of children aged 3 to 8",
        error_messages={"required": "Say in a few words what the case is about."},
    )
    question = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="What is the question to be decided?",
        help_text="For whom, instead of what, to change what? You can leave this for later.",
    )
    decision_body = forms.CharField(
        max_length=200, required=False, label="Who decides?", help_text="A board, a committee or a person"
    )
    decision_due = Day(required=False, label="When is it decided?")
    partners = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        required=False,
        label="Partners in this case",
        widget=forms.CheckboxSelectMultiple,
        help_text="Naming a partner shows them on the case. It does not share the case: you do that person by person.",
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = user.memberships.values("organisation")
        partners = self.fields["partners"]
        partners.queryset = Organisation.objects.exclude(pk__in=own)
        if not partners.queryset.exists():
            del self.fields["partners"]


class StartForm(CaseForm):
    started_in = forms.ChoiceField(
        label="Where do you want to start?",
        choices=[
            (Stage.ANALYSE.value, "Analyse: what is the need, and what works?"),
            (Stage.PLAN.value, "Plan: we have options to compare, or a paper to write by Friday"),
            (Stage.DO.value, "Do: it has been decided, and is being set up"),
            (Stage.REVIEW.value, "Review: should we continue, change or stop what we have?"),
        ],
        initial=Stage.ANALYSE.value,
        widget=forms.RadioSelect,
        help_text="Nothing is locked: you can go to any stage at any time.",
    )


class SentenceForm(forms.Form):
    text = forms.CharField(
        label="The sentence",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One sentence that you would stand by in front of the people who decide.",
        error_messages={"required": "Write the sentence."},
    )
    section = forms.ChoiceField(label="Where does it belong?", choices=[(s.key, s.title) for s in SECTIONS])
    rests_on = forms.ModelMultipleChoiceField(
        StoredFinding.objects.none(),
        required=False,
        label="What does it rest on?",
        widget=forms.CheckboxSelectMultiple,
        help_text="Everything already on this case's thread. You can add more later.",
    )
    judgement_by = forms.CharField(
        max_length=150,
        required=False,
        label="Or is it somebody's judgement? Give the name",
        help_text="Leave empty where it rests on something above, or on nothing yet.",
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["rests_on"]
        field.queryset = citable_findings(case, self.initial.get("rests_on", ()))
        field.label_from_instance = lambda row: (
            f"{row.lane.capitalize()}: {row.finding.title} – {row.finding.statement}"
        )
        if not field.queryset.exists():
            del self.fields["rests_on"]


class JudgementForm(forms.Form):
    judgement = forms.CharField(label="What is their judgement?", widget=forms.Textarea(attrs={"rows": 3}))
    judged_by = forms.CharField(max_length=150, label="Whose judgement is it?", help_text="Their name")
    role = forms.CharField(
        max_length=150, required=False, label="What do they do?", help_text="For example: Family Hubs manager"
    )
    on = Day(label="When did they say so?")
    look_again = Day(
        required=False, label="When should it be looked at again?", help_text="In six months, if left empty"
    )


class VoiceForm(forms.Form):
    said = forms.CharField(
        label="What did they say?",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="In summary, and without names or anything by which somebody could be recognised.",
    )
    who = forms.CharField(
        max_length=150,
        label="Who are they?",
        help_text="For example: parents of children aged 3 to 5 in two family hubs",
    )
    people = forms.IntegerField(
        min_value=1,
        label="How many people?",
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"}),
    )
    how = forms.CharField(
        max_length=150,
        label="How were they asked?",
        help_text="For example: a listening session, a survey, letters",
    )
    on = Day(label="When?")


class DriftForm(forms.Form):
    reason = forms.CharField(
        required=False,
        label="Keep the sentence as it is, because",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Your reason is kept with your name and shown to whoever asks.",
    )
    new_text = forms.CharField(
        required=False, label="Or say it anew", widget=forms.Textarea(attrs={"rows": 3})
    )
    cite_newer = forms.BooleanField(
        required=False, initial=True, label="Let the new wording rest on the newer finding instead"
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("reason", "").strip() and not cleaned.get("new_text", "").strip():
            raise forms.ValidationError("Say why the sentence still holds, or say it anew.")
        return cleaned


class DecisionForm(forms.Form):
    option = forms.CharField(max_length=300, label="What is proposed?")
    reason = forms.CharField(
        label="Why this, and why not the others?", widget=forms.Textarea(attrs={"rows": 4})
    )
    decided_on = Day(label="Day of the meeting that decides")
    review_on = Day(
        label="Day it will be reviewed", help_text="Every decision has a review date. A year after is usual."
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if choices:
            self.fields["option"] = forms.ChoiceField(
                label="What is proposed?", choices=choices, widget=forms.RadioSelect
            )
            self.order_fields(["option", "reason", "decided_on", "review_on"])
        self.fields["decided_on"].initial = today()
        self.fields["review_on"].initial = today() + timedelta(days=365)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        decided, review = cleaned.get("decided_on"), cleaned.get("review_on")
        if decided and review and review <= decided:
            self.add_error("review_on", "The review comes after the decision: choose a later date.")
        return cleaned


class ShareForm(forms.Form):
    user = forms.ModelChoiceField(User.objects.none(), label="Who?", empty_label="Choose a person")
    role = forms.ChoiceField(
        label="As what?",
        widget=forms.RadioSelect,
        choices=[(role.key, f"{role.name}: {role.description}") for role in CASE_ROLES.values()],
    )
    sentences = forms.MultipleChoiceField(
        required=False,
        label="Sentences to share with a lived-experience contributor",
        widget=forms.CheckboxSelectMultiple,
        help_text="Other roles see the whole case.",
    )

    def __init__(self, *args: Any, by: User, sentences: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = self.fields["user"]
        people.queryset = User.objects.filter(is_active=True).exclude(pk=by.pk)
        people.label_from_instance = lambda user: f"{user.name} ({user.organisation or 'no organisation'})"
        if sentences:
            self.fields["sentences"].choices = sentences
        else:
            del self.fields["sentences"]


class SourceEventForm(forms.Form):
    source_key = forms.ChoiceField(label="Which source?")
    kind = forms.ChoiceField(
        label="What happened to it?",
        widget=forms.RadioSelect,
        choices=[
            (Kind.WITHDRAWN.value, "its publisher withdrew it"),
            (Kind.RETRACTED.value, "it was retracted"),
            (Kind.RERATED.value, "it was re-rated or corrected"),
        ],
    )
    words = forms.CharField(
        max_length=500,
        label="In a sentence, for those who rest on it",
        help_text="For example: Retracted by the journal because of errors in the data.",
    )
    on = Day(label="On what day?")
    url = forms.URLField(required=False, label="Where is that said?", assume_scheme="https")
