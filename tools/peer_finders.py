"""Finds sums of money with one library and times it: what `bench_peers.py` starts, once for each library.

    PYTHON peer_finders.py NAME < cases.json > found.json

Needs nothing but the library and runs in an environment of the library's own. Reads `{"cases": [[language, text],
...], "least": seconds}` and prints `{"found": [[[value, currency], ...] or null, ...], "seconds": {language: seconds
a case}}`, where null stands for a language that the library does not have. Values are texts of decimals. Where a
library names a unit without a code, it gets the code that a reader of the language would think of first.
"""

import importlib
import json
import pkgutil
import sys
import time
from collections.abc import Callable
from typing import Any

Sums = list[tuple[str, str | None]]
Finder = Callable[[str], Sums]

CULTURES = {
    "en": "en-us", "es": "es-es", "fr": "fr-fr", "pt": "pt-br", "zh": "zh-cn", "nl": "nl-nl", "de": "de-de",
    "it": "it-it", "ja": "ja-jp", "ko": "ko-kr", "sv": "sv-se", "tr": "tr-tr", "hi": "hi-in", "ar": "ar-*",
}  # fmt: skip
# The languages with a folder in Duckling/AmountOfMoney; for others it silently answers as for English.
DUCKLING = frozenset("ar bg ca de en es fr ga he hr id it ka ko mn nb nl pt ro ru sv tr vi zh".split())  # noqa: SIM905 - read at a glance
HOME = {
    "krone": {"da": "DKK", "nb": "NOK", "sv": "SEK", "cs": "CZK"},
    "yen": {"zh": "CNY", "ja": "JPY"},
}
UNITS = {
    "dollar": "USD", "$": "USD", "pound": "GBP", "£": "GBP", "euro": "EUR", "€": "EUR", "rupee": "INR", "rs": "INR",
    "₹": "INR", "real": "BRL", "r$": "BRL", "yuan": "CNY", "renminbi": "CNY", "元": "CNY", "won": "KRW", "₩": "KRW",
    "rouble": "RUB", "ruble": "RUB", "₽": "RUB", "lira": "TRY", "₺": "TRY", "zł": "PLN", "kč": "CZK", "ft": "HUF",
    "₪": "ILS", "₫": "VND", "฿": "THB", "rp": "IDR", "円": "JPY", "franc": "CHF", "chf": "CHF", "us$": "USD",
    "a$": "AUD", "c$": "CAD", "s$": "SGD", "hk$": "HKD", "лв": "BGN", "грн": "UAH", "руб": "RUB", "lei": "RON",
}  # fmt: skip


def main() -> None:
    """Reads the cases, prints what was found and the time."""
    asked = json.load(sys.stdin)
    make = FINDERS[sys.argv[1]]
    by_language: dict[str, list[str]] = {}
    for language, text in asked["cases"]:
        by_language.setdefault(language, []).append(text)
    found: dict[tuple[str, str], Sums] = {}
    seconds: dict[str, float] = {}
    for language, texts in by_language.items():
        finder = make(language)
        if finder is None:
            continue
        for text in texts:  # the first reading warms up: patterns are compiled, tables loaded
            found[language, text] = finder(text)
        seconds[language] = _timed(finder, texts, asked["least"])
    answers = [found.get((language, text)) for language, text in asked["cases"]]
    json.dump({"found": answers, "seconds": seconds}, sys.stdout)


def _timed(finder: Finder, texts: list[str], least: float) -> float:
    """CPU seconds a text: the best of up to five rounds, which take `least` seconds together or more."""
    best = total = 0.0
    for _ in range(5):
        begun = time.process_time()
        for text in texts:
            finder(text)
        spent = time.process_time() - begun
        best = min(best, spent) if best else spent
        total += spent
        if total > least:
            break
    return best / len(texts)


def unit_code(unit: str, language: str) -> str | None:
    """The currency that a unit's name or sign means to a reader of the language; None where we know none."""
    low = unit.lower().strip()
    if len(unit) == 3 and unit.isascii() and unit.isupper():
        return unit
    if low in {"krone", "krona", "koruna", "kr"}:
        return HOME["krone"].get(language, "DKK")
    if low in {"yen", "¥", "￥"}:
        return HOME["yen"].get(language, "JPY")
    return UNITS.get(low) or next((code for name, code in UNITS.items() if len(name) > 3 and name in low), None)


# ----------------------------------------------------------------------------------------------------- the libraries


def ours(language: str) -> Finder:
    """`pledgebook.find_money`: every figure of every sum, both ends of a range, what restates it."""
    from pledgebook import find_money  # noqa: PLC0415 - each library is imported where it is installed

    def find(text: str) -> Sums:
        sums: Sums = []
        for mention in find_money(text, language):
            amount = mention.amount
            if amount is None or mention.damaged:
                continue
            sums.append((f"{amount.value:f}", amount.currency))
            if amount.value_max is not None:
                sums.append((f"{amount.value_max:f}", amount.currency))
            sums += [(f"{money.value:f}", money.currency) for money in amount.also]
        return sums

    return find


def recognizers(language: str) -> Finder | None:
    """Microsoft's Recognizers-Text. Its packages of 2024 import each other under the names of 2019."""
    if importlib.util.find_spec("ms_recognizers_text") is not None:
        base = importlib.import_module("ms_recognizers_text")
        sys.modules.setdefault("recognizers_text", base)
        for module in pkgutil.walk_packages(base.__path__, "ms_recognizers_text."):
            sys.modules.setdefault(module.name.removeprefix("ms_"), importlib.import_module(module.name))
    unit = importlib.import_module("recognizers_number_with_unit")
    culture = CULTURES.get(language)
    if culture is None:
        return None
    try:
        model = unit.NumberWithUnitRecognizer(culture).get_currency_model(culture, False)
    except ValueError:
        return None

    def find(text: str) -> Sums:
        sums: Sums = []
        for result in model.parse(text):
            value = (result.resolution or {}).get("value")
            if value is not None:
                named = result.resolution.get("isoCurrency") or result.resolution.get("unit") or ""
                sums.append((str(value), unit_code(named, language)))
        return sums

    return find


def duckling(language: str) -> Finder | None:
    """Facebook's duckling, by the wheel that has it compiled in."""
    library = importlib.import_module("duckling")
    if language not in DUCKLING:
        return None
    now = library.get_current_ref_time(library.load_time_zones("/usr/share/zoneinfo"), "UTC")
    context = library.Context(now, library.default_locale_lang(library.parse_lang(language.upper())))
    dimensions = library.parse_dimensions(["amount-of-money"])

    def find(text: str) -> Sums:
        sums: Sums = []
        for result in library.parse(text, context, dimensions, False):
            value = result["value"]
            parts = [value] if "value" in value else [value[end] for end in ("from", "to") if end in value]
            sums += [(str(part["value"]), unit_code(part["unit"], language)) for part in parts]
        return sums

    return find


def quantulum3(language: str) -> Finder | None:
    """quantulum3, which reads English."""
    parser: Any = importlib.import_module("quantulum3.parser")
    if language != "en":
        return None

    def find(text: str) -> Sums:
        found = (quantity for quantity in parser.parse(text) if quantity.unit.entity.name == "currency")
        return [(repr(one.value), one.unit.currency_code or unit_code(one.unit.name, language)) for one in found]

    return find


def price_parser(language: str) -> Finder:
    """price-parser: one price a text, in any language."""
    price: Any = importlib.import_module("price_parser").Price

    def find(text: str) -> Sums:
        one = price.fromstring(text)
        if one.amount is None or one.currency is None:
            return []
        return [(f"{one.amount:f}", unit_code(one.currency, language))]

    return find


FINDERS: dict[str, Callable[[str], Finder | None]] = {
    "pledgebook": ours,
    "recognizers": recognizers,
    "recognizers-2019": recognizers,
    "duckling": duckling,
    "quantulum3": quantulum3,
    "price-parser": price_parser,
}


if __name__ == "__main__":
    main()
