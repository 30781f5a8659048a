"""What a review asks for, a file each idea."""

from wherewithal_web.analyse.reviews.forms.appraisal import BeginAppraisalForm, DomainForm
from wherewithal_web.analyse.reviews.forms.earlier import EarlierForm
from wherewithal_web.analyse.reviews.forms.extraction import (
    ComparisonForm,
    InstrumentForm,
    OutcomeForm,
    PlanForm,
    ResultForm,
)
from wherewithal_web.analyse.reviews.forms.likeness import AreaForm, LikenessForm
from wherewithal_web.analyse.reviews.forms.narrative import DirectionForm, NarrativeForm, ReportForm
from wherewithal_web.analyse.reviews.forms.networks import MatchingForm, NetworkForm
from wherewithal_web.analyse.reviews.forms.outcomes import CertaintyForm, PoolingForm
from wherewithal_web.analyse.reviews.forms.protocol import ProtocolForm
from wherewithal_web.analyse.reviews.forms.searches import SearchForm

__all__ = [
    "AreaForm",
    "BeginAppraisalForm",
    "CertaintyForm",
    "ComparisonForm",
    "DirectionForm",
    "DomainForm",
    "EarlierForm",
    "InstrumentForm",
    "LikenessForm",
    "MatchingForm",
    "NarrativeForm",
    "NetworkForm",
    "OutcomeForm",
    "PlanForm",
    "PoolingForm",
    "ProtocolForm",
    "ReportForm",
    "ResultForm",
    "SearchForm",
]
