"""Which language a text is in."""

import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import cast

from pledgebook.lexicon.language import load_language
from pledgebook.lexicon.page import load_common_words
from pledgebook.lexicon.places import load_name_words

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LETTERS = re.compile(r"[^\W\d_]+")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*$")
_SAMPLE = 6000
_LAST_LATIN = "\u024f"
_MIN_SCRIPT = 0.15
_MIN_HITS = 8
_MARGIN = 1.15
UNDETERMINED = "und"
"""BCP 47's code for a text whose language nothing tells."""
_SAME = {"no": "nb", "nn": "nb", "iw": "he", "in": "id"}


def detect_language(text: str, *, declared: str | None = None) -> str:
    """The BCP 47 code of the text's language; "und" where nothing tells.

    `declared` is what the page says of itself: kept, with its region, where the words don't contradict it.

    >>> detect_language("Het bedrijf wil in Spanje een miljard uitgeven, en dat is veel.")
    'nl'
    >>> detect_language("Het bedrijf wil in Spanje een miljard uitgeven.", declared="nl_be")
    'nl-BE'
    """
    sample = text[:_SAMPLE]
    tag = _normal(declared)
    primary = tag.partition("-")[0] if tag is not None else None
    if primary is not None and not _may_be(primary, sample):
        tag = primary = None
    found = _by_script(sample) or _by_words(sample, primary)
    if tag is None:
        return found or _by_library(sample)
    if found is None or (found.partition("-")[0] == primary and len(tag) >= len(found)):
        return tag
    if found.partition("-")[0] == primary and tag.partition("-")[2] in load_name_words(found).tells:
        return tag
    return found


def _normal(declared: str | None) -> str | None:
    """A language tag as BCP 47 writes it, None for what is none.

    >>> _normal("NO_no"), _normal("zh-hant-tw"), _normal("{{lang}}")
    ('nb-NO', 'zh-Hant-TW', None)
    """
    if declared is None or not _TAG.match(declared.strip()):
        return None
    primary, *rest = re.split("[-_]", declared.strip())
    primary = primary.lower()
    cased = (part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part.lower() for part in rest)
    return "-".join((_SAME.get(primary, primary), *cased))


def _may_be(code: str, text: str) -> bool:
    """Whether `text` is in Latin letters where the language is written so, and in others where it is not."""
    letters = "".join(_LETTERS.findall(text))
    common = load_common_words()
    if not letters or code not in (common.words.keys() | common.scripts.keys()):
        return True
    latin = len(letters) if letters.isascii() else sum(char <= _LAST_LATIN for char in letters)
    return (2 * latin > len(letters)) == _is_latin(code) or 4 * abs(2 * latin - len(letters)) < len(letters)


@cache
def _is_latin(code: str) -> bool:
    """Whether a language that has everyday words or a script of its own is written in Latin letters."""
    common = load_common_words()
    return code not in common.scripts and all(min(word) <= _LAST_LATIN for word in common.words[code])


@cache
def _scripts() -> dict[str, re.Pattern[str]]:
    return {
        code: re.compile("[" + "".join(f"{chr(low)}-{chr(high)}" for low, high in ranges) + "]+")
        for code, ranges in load_common_words().scripts.items()
    }


@cache
def _any_script() -> re.Pattern[str]:
    ranges = sorted({tuple(several) for kinds in load_common_words().scripts.values() for several in kinds})
    return re.compile("[" + "".join(f"{chr(low)}-{chr(high)}" for low, high in ranges) + "]")


def _by_script(text: str) -> str | None:
    if text.isascii() or _any_script().search(text) is None:
        return None
    letters = sum(map(len, _LETTERS.findall(text)))
    if not letters:
        return None
    counts = {code: sum(map(len, pattern.findall(text))) for code, pattern in _scripts().items()}
    # Japanese and Korean papers use Chinese characters too: their own script decides.
    for code in ("ja", "ko"):
        if counts.get(code, 0) / letters >= _MIN_SCRIPT:
            return code
    code = max(counts, key=lambda code: counts[code])
    if counts[code] / letters < 2 * _MIN_SCRIPT:
        return None
    for variant in load_common_words().variants:
        if variant.of == code and sum(map(text.count, variant.marks)) > sum(map(text.count, variant.against)):
            return _with_region(variant.code, text)
    return code


def _with_region(code: str, text: str) -> str:
    """A language in a script with the country whose papers use words of the text, where it is not the likeliest.

    >>> _with_region("zh-Hant", "政府將投入20億港元。"), _with_region("zh-Hant", "政府將投入20億元。")
    ('zh-Hant-HK', 'zh-Hant')
    """
    counts = {country: sum(map(text.count, words)) for country, words in load_name_words(code).tells.items()}
    most, likely = max(counts, key=lambda country: counts[country], default=""), load_language(code).likely or ""
    return f"{code}-{most}" if counts.get(most, 0) > counts.get(likely, 0) else code


@cache
def _languages_by_word() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for code, words in load_common_words().words.items():
        for word in words:
            found[word] = (*found.get(word, ()), code)
    return found


def everyday_words(text: str) -> Counter[str]:
    """How many everyday words of each language `text` has.

    >>> everyday_words("Das ist nicht viel, aber es ist ein Anfang.").most_common(1)
    [('de', 6)]
    """
    tokens = Counter(token.lower().replace("’", "'") for token in _WORD.findall(text[:_SAMPLE]))
    known = _languages_by_word()
    hits: Counter[str] = Counter()
    for token, count in tokens.items():
        # "d'ici" counts as itself and as "d".
        for form in (token, token.partition("'")[0]) if "'" in token else (token,):
            for code in known.get(form, ()):
                hits[code] += count
    return hits


def _by_words(text: str, declared: str | None) -> str | None:
    """The language with most everyday words; of several with about as many the declared one, None where it is none."""
    hits = everyday_words(text)
    ranked = sorted(hits, key=lambda code: (-hits[code], code))
    if not ranked or hits[ranked[0]] < _MIN_HITS:
        return None
    close = [code for code in ranked if _MARGIN * hits[code] > hits[ranked[0]]]
    if declared in close:
        return declared
    return ranked[0] if len(close) == 1 or declared in load_common_words().words else None


def _by_library(text: str) -> str:
    # Loading the model takes most of a second, so that it is asked only where everyday words can't tell.
    from py3langid import langid  # noqa: PLC0415

    if not any(char.isalpha() for char in text):
        return UNDETERMINED
    classify = cast("Callable[[str], tuple[str, float]]", langid.classify)
    code = str(classify(text)[0])
    return _SAME.get(code, code)
