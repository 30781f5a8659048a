"""From reports to numbers: what a study compared, what its reports print, and the effect worked out from that.

Whoever extracts writes down what the paper gives, in the form in which it gives it. Every step from there to an effect
and its variance is named with its source, and every assumption is said.
"""
