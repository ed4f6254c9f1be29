"""Older answers brought in from a file: a wide CSV, one row a response, all of it or none of it.

`reading` makes a Sheet of text out of bytes (the only module that knows pandas), `mapping` and `layout` say what its
columns mean, `cells` and `rows` what its cells mean, `bringing_in` stores the rows and their tallies.
"""
