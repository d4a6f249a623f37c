"""The languages of the pages: catalogues as gettext writes them, read directly, and how each writes its figures."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

LANGUAGES = {"en": "English", "nl": "Nederlands", "fr": "Français", "de": "Deutsch", "es": "Español", "pl": "Polski"}
_ESCAPED = re.compile(r"\\(.)")
_ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}


def _one_or_more(count: int) -> int:
    return int(count != 1)


def _none_or_more(count: int) -> int:
    return int(count > 1)


def _polish(count: int) -> int:
    if count == 1:
        return 0
    return 1 if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14) else 2


_PLURALS: Mapping[str, Callable[[int], int]] = {"fr": _none_or_more, "pl": _polish}


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The words of the pages in one language.

    >>> load_catalogue("nl").gettext("Ledger")
    'Grootboek'
    """

    language: str
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    _marks: Mapping[int, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_marks", str.maketrans({mark: self.gettext(mark) for mark in ",."}))

    def gettext(self, text: str) -> str:
        """`text` in this language, itself where nobody has translated it."""
        found = self.texts.get(text)
        return found[0] if found and found[0] else text

    def ngettext(self, one: str, more: str, count: int) -> str:
        """The form of a text that goes with a number."""
        found = self.texts.get(one)
        if not found or not all(found):
            return one if count == 1 else more
        return found[min(_PLURALS.get(self.language, _one_or_more)(count), len(found) - 1)]

    def number(self, words: str) -> str:
        """A figure with this language's marks instead of English ones.

        >>> load_catalogue("de").number("1,234.5")
        '1.234,5'
        """
        return words.translate(self._marks) if self.texts else words


@cache
def load_catalogue(language: str) -> Catalogue:
    """The catalogue of a language; English needs none."""
    if language == "en" or language not in LANGUAGES:
        return Catalogue("en")
    text = (files("pledgebook.show.web") / "locale" / f"{language}.po").read_text(encoding="utf-8")
    return Catalogue(language, dict(read_po(text)))


def read_po(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    r"""The entries of a catalogue: the text in English and its forms in the other language.

    >>> dict(read_po('msgid "one"\nmsgstr "een"\n\nmsgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] "d"\n'))
    {'one': ('een',), 'a': ('c', 'd')}
    """
    for block in re.split(r"\n\s*\n", text):
        parts: dict[str, str] = {}
        name = ""
        for line in block.splitlines():
            if line.startswith("#") or not line.strip():
                continue
            if not line.startswith('"'):
                name, line = line.split(" ", 1)  # noqa: PLW2901 - the rest of the same line
                parts[name] = ""
            parts[name] += _unquoted(line.strip())
        forms = tuple(parts[key] for key in sorted(parts) if key.startswith("msgstr"))
        if parts.get("msgid"):
            yield parts["msgid"], forms


def _unquoted(quoted: str) -> str:
    return _ESCAPED.sub(lambda found: _ESCAPES.get(found[1], found[1]), quoted[1:-1])


def choose_language(cookie: str | None, accepted: str | None) -> str:
    """The language of a page: the one chosen before, else the best that the browser asks for, else English.

    >>> choose_language(None, "pt-BR,pl;q=0.8,en;q=0.5"), choose_language("fr", "pl"), choose_language("xx", None)
    ('pl', 'fr', 'en')
    """
    if cookie in LANGUAGES:
        return str(cookie)
    wanted = []
    for place, item in enumerate((accepted or "")[:500].split(",")):
        code, _, weight = item.strip().partition(";q=")
        try:
            wanted.append((-float(weight or 1), place, code.split("-")[0].lower()))
        except ValueError:
            continue
    return next((code for weight, _, code in sorted(wanted) if code in LANGUAGES and weight < 0), "en")
