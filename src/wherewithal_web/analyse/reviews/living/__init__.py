"""Searches that are asked again by themselves.

``asking``   asks for the next turn of a search, on its day
``turns``    what a worker does when the day has come: ask the service, bring in what is new, say what came of it
"""
