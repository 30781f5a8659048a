"""The summary of findings: a row an outcome, with its effect, what that comes to here, how sure it is, in words.

``table``  the table as data
``csv``    as a CSV
``word``   as a Word file
"""
