"""Saying what studies show together where their effects cannot, or should not, be pooled.

``pooling_or_not``  whether effects can be pooled, and if not why not and what to do instead
``signs``           which arm numbers favour that are too few for an effect
``pointing``        which way each result points, and on what that rests
``directions``      which way each study points, by outcome; the sign test; the harvest plot
``pictures``        both drawn
``across``          every outcome of a review in one plot
``p_values``        combining p values, with what the answer does and does not say
``spread``          the median and the middle half of effects
``swim``            what a report of such a synthesis has to say, filled in from the data
``choices``         what a person chooses, and what they have written of the report
``suggesting``      what the data suggest about certainty where there is no average
``saying``          the sentence
``account``         all of it told
``finding``         the result as a finding of the research lane
``tables``          a row a result, also as a CSV
``word``            as a Word file
"""
