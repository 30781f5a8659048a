"""Statistics shared by the rooms.

    from wherewithal.statistics.intervals import wilson

``intervals``  confidence limits for counts, rates and proportions
"""
