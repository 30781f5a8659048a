"""The library's forms, a file each idea."""

from wherewithal_web.analyse.library.forms.adding import AddForm
from wherewithal_web.analyse.library.forms.editions import EditionForm
from wherewithal_web.analyse.library.forms.examples import ExampleForm
from wherewithal_web.analyse.library.forms.studies import (
    ByFileForm,
    ByHandForm,
    ChosenForm,
    DoiForm,
    SaysForm,
)

__all__ = [
    "AddForm",
    "ByFileForm",
    "ByHandForm",
    "ChosenForm",
    "DoiForm",
    "EditionForm",
    "ExampleForm",
    "SaysForm",
]
