"""What languages and the world know.

Takes a language's code and gives its words: numbers, currencies, months, units, action words, names of countries,
places and organisations, each list in a data file. Knows nothing of documents, claims or pledges.
"""
