"""Which studies resemble our area, by a printed rule, and what changes if only those count.

``resemblance``  a study's reported facts beside the area's, one by one
``ages``         ages from and to, read from words
``described``    our area as a person describes it, with where each thing is from, and a study's facts
``only_those``   the pooled effect of those that resemble it, beside the others, with the difference
``outcomes``     the same for an outcome of a review, with what to make of it
``finding``      all of it as a finding of the research lane
``tables``       a row a study, as a CSV
"""
