"""Words that mean something.

Takes a text and its language and gives Mentions: spans with what they read as, from left to right, none overlapping
another of its kind. Never reads a clock, a file outside the lexicon or another room; never decides what a sentence
asserts. All finders cost time in proportion to the text.
"""

from pledgebook.extract.mentions.dates import find_dates
from pledgebook.extract.mentions.money import find_money
from pledgebook.extract.mentions.organisations import find_organisations
from pledgebook.extract.mentions.places import find_places
from pledgebook.extract.mentions.quantities import find_quantities

__all__ = ["find_dates", "find_money", "find_organisations", "find_places", "find_quantities"]
