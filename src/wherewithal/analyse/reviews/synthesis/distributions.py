"""The distributions that tests and intervals rest on, as typed functions of arrays or numbers."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import special

from wherewithal.analyse.reviews.synthesis.studies import Floats


def normal_above(value: npt.ArrayLike) -> Floats:
    """The chance that a standard normal variable is above ``value``."""
    return np.asarray(special.ndtr(-np.asarray(value, dtype=np.float64)))


def normal_at(share: npt.ArrayLike) -> Floats:
    """The value below which a standard normal variable lies with chance ``share``."""
    return np.asarray(special.ndtri(share))


def t_above(value: npt.ArrayLike, degrees: npt.ArrayLike) -> Floats:
    """The chance that Student's t, with degrees of freedom that need not be whole, is above ``value``."""
    return np.asarray(special.stdtr(degrees, -np.asarray(value, dtype=np.float64)))


def t_at(share: npt.ArrayLike, degrees: npt.ArrayLike) -> Floats:
    """The value below which Student's t lies with chance ``share``."""
    return np.asarray(special.stdtrit(degrees, share))


def chi2_above(value: npt.ArrayLike, degrees: npt.ArrayLike) -> Floats:
    """The chance that chi-squared is above ``value``; 1 with no degrees of freedom."""
    free = np.asarray(degrees, dtype=np.float64)
    return np.where(free > 0, special.chdtrc(np.maximum(free, 1e-300), value), 1.0)


def chi2_at(share: npt.ArrayLike, degrees: npt.ArrayLike) -> Floats:
    """The value below which chi-squared lies with chance ``share``."""
    return np.asarray(special.chdtri(degrees, 1 - np.asarray(share, dtype=np.float64)))


def f_above(value: npt.ArrayLike, over: npt.ArrayLike, under: npt.ArrayLike) -> Floats:
    """The chance that F is above ``value``."""
    return np.asarray(special.fdtrc(over, under, value))
