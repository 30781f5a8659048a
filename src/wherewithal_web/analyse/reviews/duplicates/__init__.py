"""Duplicates, looked for in the background among all records of a case.

``asking``    asks for a look; searches that arrive meanwhile share it
``looking``   what a worker does: read, compare, and store what it found beside what people ruled
"""
