"""Saying what studies show together where their effects cannot, or should not, be pooled.

``pooling_or_not``  whether effects can be pooled, and if not why not and what to do instead
``directions``      which way each study points, by outcome; the sign test; the harvest plot
``pictures``        both drawn
``p_values``        combining p values, with what the answer does and does not say
``spread``          the median and the middle half of effects
``swim``            what a report of such a synthesis has to say, filled in from the data
"""
