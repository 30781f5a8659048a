"""How sure the evidence is about one outcome: GRADE, with what the data suggest beside what people decide.

``levels``      the four levels, and where evidence starts
``factors``     what can lower or raise a level
``suggesting``  what the data suggest about each factor, by a printed rule
``grading``     people's decisions with their reasons, and the level they come to
"""
