"""How far each study can be relied on: instruments, what they propose, what people judge, and where they differ.

``instrument``   what an instrument is
``reading``      the instruments that come with Wherewithal, from their files
``proposing``    from answers to a proposed judgement
``appraising``   one person's appraisal: answers with their support, judgements, and reasons where they differ
``reconciling``  two people's appraisals: where they differ, and what holds
``traffic_light`` studies by domains, and the share of studies by judgement
``pictures``     both drawn
"""
