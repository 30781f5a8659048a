"""Statistics shared by the rooms.

    from wherewithal.statistics.intervals import wilson

``intervals``        confidence limits for counts, rates and proportions
``estimates``        a proportion, a rate or a mean with its interval
``standardisation``  rates made comparable between populations of different ages
``life_expectancy``  years still to live, by an abridged life table
``quantiles``        ranks, and groups of equal size
``inequality``       the slope and relative index of inequality
``funnel``           which places differ from the whole by more than chance
``ranking``          how sure a rank is
``projection``       a series carried forward, with how such projections did before
``disclosure``       small numbers that could point at a child
``agreement``        how far people who judged the same things agree
"""
