"""How a word stands on a page: in capitals, in parts."""

from unicodedata import normalize


def forms(word: str) -> set[str]:
    """A word as it is, with a capital, in capitals and in parts; ASCII letters in lower case, as the scan minds none.

    >>> sorted(forms("été"))
    ['e\u0301te\u0301', 'ÉtÉ', 'Été', 'été']
    """
    several = {word, word.capitalize(), word.upper(), normalize("NFD", word)}
    return {"".join(char.lower() if char.isascii() else char for char in form) for form in several}
