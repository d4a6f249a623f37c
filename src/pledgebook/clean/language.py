"""Which language a text is in."""

import re
from collections import Counter

from pledgebook.lexicon.page import load_common_words

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SAMPLE = 6000
_MIN_SCRIPT = 0.15
_MIN_HITS = 8
_MARGIN = 1.15
_TRADITIONAL = frozenset("億萬資料雲體國產業設區電網點與將內學會發開關計劃總經過")
_SIMPLIFIED = frozenset("亿万资数云体国产业设区电网点与将内学会发开关计划总经过")


def detect_language(text: str, *, declared: str | None = None) -> str:
    """The BCP 47 code of the text's language; "und" where nothing tells.

    `declared` is what the page says of itself: kept, with its region, where the words don't contradict it.

    >>> detect_language("Het bedrijf wil in Spanje een miljard uitgeven, en dat is veel.")
    'nl'
    >>> detect_language("Het bedrijf wil in Spanje een miljard uitgeven.", declared="nl-BE")
    'nl-BE'
    """
    found = _by_script(text[:_SAMPLE]) or _by_words(text[:_SAMPLE])
    primary = (declared or "").replace("_", "-").split("-")[0].lower()
    same = {"no": "nb", "nn": "nb", "iw": "he", "in": "id"}.get(primary, primary)
    if declared and (found is None or found == same):
        return declared.replace("_", "-")
    if found is None:
        return _by_library(text[:_SAMPLE])
    return found


def _by_script(text: str) -> str | None:
    scripts = load_common_words().scripts
    letters = [ord(char) for char in text if char.isalpha()]
    if not letters:
        return None
    counts = {
        code: sum(any(low <= letter <= high for low, high in ranges) for letter in letters)
        for code, ranges in scripts.items()
    }
    # Japanese and Korean papers use Chinese characters too: their own script decides.
    for code in ("ja", "ko"):
        if counts.get(code, 0) / len(letters) >= _MIN_SCRIPT:
            return code
    code = max(counts, key=lambda code: counts[code])
    if counts[code] / len(letters) < 2 * _MIN_SCRIPT:
        return None
    if code == "zh":
        old = sum(char in _TRADITIONAL and char not in _SIMPLIFIED for char in text)
        new = sum(char in _SIMPLIFIED and char not in _TRADITIONAL for char in text)
        return "zh-Hant" if old > new else "zh"
    return code


def _by_words(text: str) -> str | None:
    tokens = Counter(token.lower().replace("’", "'") for token in _WORD.findall(text))
    for token, count in list(tokens.items()):
        if "'" in token:
            tokens[token.split("'")[0]] += count
    hits = {
        code: sum(tokens[word] for word in words) for code, words in load_common_words().words.items()
    }
    best, second = sorted(hits, key=lambda code: (-hits[code], code))[:2]
    if hits[best] < _MIN_HITS or hits[best] < _MARGIN * hits[second]:
        return None
    return best


def _by_library(text: str) -> str:
    # Loading the model takes most of a second, so that it is asked only where everyday words can't tell.
    import py3langid  # noqa: PLC0415

    if not any(char.isalpha() for char in text):
        return "und"
    code, _ = py3langid.classify(text)
    return {"no": "nb", "nn": "nb"}.get(str(code), str(code))
