"""The article in a web page: its text a block a line, its title, and the days that the page gives."""

from pledgebook.clean.html.article import read_article

__all__ = ["read_article"]
