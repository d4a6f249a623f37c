"""Page to Document.

Takes a Page (bytes with where and when), gives the Document that all offsets point into: decoded text, noise marked,
sentences, title, language, and the publication as an interval with its basis. Plain text keeps every character where
it was; of HTML the article is kept. Finds nothing in the text beyond that and never reaches outside.
"""

from pledgebook.clean.page import clean

__all__ = ["clean"]
