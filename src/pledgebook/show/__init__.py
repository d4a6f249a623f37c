"""Entries to people.

Takes what the other rooms give, and the wishes of whoever sits in front of it (flags, environment, files of
settings); gives text, tables, JSON and pages. The one room that reads the environment and the clock. Adds no figure
of its own.
"""
