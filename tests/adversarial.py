"""Texts made to slow a finder down: one small part over and over, in the language where it means most."""

import random
import sys

PARTS: dict[str, tuple[str, str]] = {
    "digits": ("en", "1"),
    "Arabic digits": ("ar", "٣"),
    "commas": ("en", ","),
    "points": ("en", "."),
    "digits and commas": ("en", "1,"),
    "digits and points": ("en", "1."),
    "groups of digits": ("en", "1 000 "),
    "digits with fixed blanks": ("fr", "1\u202f000\u202f"),
    "dollar signs": ("en", "$"),
    "other signs": ("en", "€£¥"),
    "open brackets": ("en", "((("),
    "closed brackets": ("en", ")))"),
    "nested brackets": ("en", "(a(b)"),
    "nested sums": ("en", "$5 (€5 (£5 "),
    "sums and commas": ("en", "$1, $2 and "),
    "number words": ("en", "two hundred and "),
    "and": ("en", "and "),
    "of": ("en", "of "),
    "the": ("en", "the "),
    "de la": ("fr", "de la "),
    "scale words": ("en", "million "),
    "one scale word": ("hu", "milliárd"),
    "Arabic scale words": ("ar", "مليار "),
    "crores": ("hi", "करोड़ "),
    "Chinese numerals": ("zh", "一二三"),
    "Chinese scales": ("zh", "亿万"),
    "Japanese scales": ("ja", "億万"),
    "Korean scales": ("ko", "조억만"),
    "Thai scales": ("th", "ล้าน"),
    "ranges": ("en", "between 5 and 6 to 7 - "),
    "dates": ("en", "by the end of May 2024 "),
    "months": ("en", "May "),
    "years": ("en", "2024-"),
    "terms": ("en", "within two years ago "),
    "slashes": ("en", "1/1/1/"),
    "counts": ("en", "5 jobs and 5 MW, "),
    "new": ("en", "a new "),
    "hyphens": ("en", "-"),
    "letters and hyphens": ("en", "a-"),
    "capitals and hyphens": ("en", "A-"),
    "apostrophes": ("en", "'"),
    "letters and apostrophes": ("en", "a'"),
    "capitals and apostrophes": ("fr", "L'"),
    "quotation marks": ("en", '"'),
    "blanks": ("en", " "),
    "lines": ("en", "\n"),
    "lines with a capital": ("en", "A\n"),
    "one word": ("en", "a"),
    "one German word": ("de", "rechenzentrum"),
    "one Chinese word": ("zh", "中"),
    "one Thai word": ("th", "ก"),
    "syllables": ("ko", "가나 "),
    "kana": ("ja", "ア"),
    "capitals": ("en", "A"),
    "single capitals": ("en", "A "),
    "words with capitals": ("en", "Aa Bb "),
    "initials": ("en", "A."),
    "capitals and signs": ("en", "A & "),
    "names": ("en", "Nordwind Compute, "),
    "names with forms": ("de", "Nordwind AG, "),
    "names with acronyms": ("en", "Nordic Compute (NC) "),
    "persons": ("en", "Mr. Smith "),
    "Chinese companies": ("zh", "中国公司"),
    "Thai companies": ("th", "บริษัท"),
    "banks": ("en", "Bank of "),
    "universities": ("en", "University of the "),
    "governments": ("en", "the government of "),
    "towns": ("en", "in Springfield, "),
    "countries and towns": ("en", "Georgia, Paris, "),
    "emoji": ("en", "😀"),
}
NAMES = "many names"


def adversarial_texts(size: int) -> dict[str, tuple[str, str]]:
    """Language and text of `size` characters by what it is made of.

    >>> adversarial_texts(4)["ranges"]
    ('en', 'betw')
    """
    texts = {name: (code, (part * (size // len(part) + 1))[:size]) for name, (code, part) in PARTS.items()}
    return {**texts, NAMES: ("en", _many_names(size)[:size])}


def _many_names(size: int) -> str:
    """Made-up names, hardly one of them twice."""
    chance = random.Random(3)  # noqa: S311 - texts to time, the same on each run
    words: list[str] = []
    length = 0
    while length < size:
        name = "".join(chance.choice("bcdfglmnprst") + chance.choice("aeiou") for _ in range(3)).capitalize()
        words.append(name + chance.choice([" said.", " and", ", the operator", "", "'s"]))
        length += len(words[-1]) + 1
    return " ".join(words)


def forget() -> None:
    """Empties what the finders keep of the last texts, so that each one does its own work."""
    for name in [name for name in sys.modules if name.startswith("pledgebook.extract.mentions")]:
        for value in list(vars(sys.modules[name]).values()):
            home = getattr(value, "__module__", "") or ""
            if home.startswith("pledgebook.extract.mentions") and hasattr(value, "cache_clear"):
                value.cache_clear()
