"""What a review asks for, a file each idea."""

from wherewithal_web.analyse.reviews.forms.earlier import EarlierForm
from wherewithal_web.analyse.reviews.forms.protocol import ProtocolForm
from wherewithal_web.analyse.reviews.forms.searches import SearchForm

__all__ = ["EarlierForm", "ProtocolForm", "SearchForm"]
