"""Screening: which records are kept, which are left out and why, in which order they are read, and until when.

``decisions``   include, exclude with a reason, unsure
``findings``    what screening adds to the thread
``ranking``     the order of reading, learnt from decisions
``stopping``    how sure we can be that enough was read
``earlier_labels``  decisions made in another program, matched to a pile's records
``labelled``    finished reviews as files; ``simulation`` screens them again, ``figures`` say how well

Import from the module: each brings only what it needs, and a simulation starts in a third of a second.
"""
