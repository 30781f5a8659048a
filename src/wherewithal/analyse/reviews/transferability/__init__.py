"""Which studies resemble our area, by a printed rule, and what changes if only those count.

``resemblance``  a study's reported facts beside the area's, one by one
``only_those``   the pooled effect of those that resemble it, beside the others, with the difference
"""
