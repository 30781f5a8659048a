"""A synthesis in a folder that anybody can run again: data, settings, results, charts, and scripts in Python and R.

``network`` does the same for a network.

The same inputs give the same bytes, so that two folders can be compared file by file. The R script needs metafor and
checks its figures against those here.
"""

from wherewithal.analyse.reviews.synthesis.export.folder import contents, export
from wherewithal.analyse.reviews.synthesis.export.material import Settings, Studies

__all__ = ["Settings", "Studies", "contents", "export"]
