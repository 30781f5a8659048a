"""What a pooled effect means for a commissioner: events in a place, children who are better off, one graded sentence.

``risks``        effects on a risk at a local baseline, and the number needed
``standardised`` standardised differences: places in a hundred, shares of children, a familiar measure
``expected``     what the next place like those studied would see
``sentences``    one sentence a result, by how sure the evidence is and how large the effect
"""
