"""What a review asks for, a file each idea."""

from wherewithal_web.analyse.reviews.forms.earlier import EarlierForm
from wherewithal_web.analyse.reviews.forms.protocol import ProtocolForm
from wherewithal_web.analyse.reviews.forms.searches import SearchForm

__all__ = [
    "EarlierForm",
    "MatchingForm",
    "NetworkForm",
    "ProtocolForm",
    "SearchForm",
]
from wherewithal_web.analyse.reviews.forms.appraisal import BeginAppraisalForm, DomainForm
from wherewithal_web.analyse.reviews.forms.extraction import (
    ComparisonForm,
    InstrumentForm,
    OutcomeForm,
    PlanForm,
    ResultForm,
)
from wherewithal_web.analyse.reviews.forms.networks import MatchingForm, NetworkForm
from wherewithal_web.analyse.reviews.forms.outcomes import CertaintyForm, PoolingForm

__all__ = [
    "BeginAppraisalForm",
    "CertaintyForm",
    "ComparisonForm",
    "DomainForm",
    "InstrumentForm",
    "OutcomeForm",
    "PlanForm",
    "PoolingForm",
    "ProtocolForm",
    "ResultForm",
    "SearchForm",
]
