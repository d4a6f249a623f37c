"""Writes lexicon/cldr/<code>.toml from the CLDR that Babel carries.

Months, weekdays, scale words, currencies and territories.

Run it with `python tools/make_cldr.py`; with `--check` it writes nothing and exits 1 where a file would change. The
output depends on Babel's version alone, which `requirements` pins.
"""

import argparse
import re
import sys
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

from babel import Locale, localedata

FOLDER = Path(__file__).resolve().parent.parent / "src" / "pledgebook" / "lexicon" / "cldr"
LOCALES = re.findall(
    r"[a-z]{2}",
    "en nl de fr es it pt ca pl cs sk sl hr ro hu bg mk el sv da nb fi et lv lt uk ru tr ar he hi id vi th ja zh ko",
)
CURRENCIES = re.findall(
    r"[A-Z]{3}",
    "AED ALL AMD ARS AUD AZN BAM BDT BGN BHD BOB BRL BWP BYN CAD CHF CLP CNY COP CRC CZK DKK DOP DZD "
    "EGP ETB EUR GBP GEL GHS GTQ HKD HUF IDR ILS INR IQD IRR ISK JOD JPY KES KHR KRW KWD KZT LAK LBP "
    "LKR LYD MAD MDL MKD MMK MNT MUR MXN MYR NGN NOK NPR NZD OMR PAB PEN PHP PKR PLN PYG QAR RON RSD "
    "RUB RWF SAR SEK SGD THB TND TRY TWD TZS UAH UGX USD UYU UZS VND XAF XOF ZAR ZMW ",
)
TERRITORY = re.compile(r"[A-Z]{2}|001|002|019|142|150")
SCALES = (3, 4, 6, 7, 8, 9, 12)


def main() -> int:
    """Writes the files, or with --check compares; the exit status."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--check", action="store_true", help="write nothing, exit 1 where a file would change")
    check = arguments.parse_args().check
    changed = [code for code in sorted(LOCALES) if _brought_up_to_date(code, check=check)]
    if changed:
        print(("out of date: " if check else "written: ") + " ".join(changed))
    return 1 if check and changed else 0


def _brought_up_to_date(code: str, *, check: bool) -> bool:
    path = FOLDER / f"{code}.toml"
    # Babel merges aliased calendars into the root it keeps cached: Hebrew months would turn up in Japanese.
    localedata._cache.clear()  # noqa: SLF001 - no public way to start afresh
    new = render(Locale.parse(code))
    if path.exists() and path.read_text(encoding="utf-8") == new:
        return False
    if not check:
        path.write_text(new, encoding="utf-8")
    return True


def render(locale: Locale) -> str:
    """The TOML text for one locale."""
    lines = ["# Generated from CLDR by tools/make_cldr.py: put additions into lexicon/languages, not here.", ""]
    symbols = locale.number_symbols.get("latn") or next(iter(locale.number_symbols.values()))
    lines += [
        "[numbers]",
        f"decimal = {_quoted(symbols['decimal'])}",
        f"group = {_quoted(symbols['group'])}",
        "",
        "[numbers.scales]",
    ]
    lines += [f'"{value}" = {_listed(words)}' for value, words in sorted(_scales(locale).items())]
    lines += ["", "[dates.months]"]
    lines += [f'"{month}" = {_listed(words)}' for month, words in sorted(_calendar(locale.months, "wide").items())]
    lines += ["", "[dates.months_short]"]
    lines += [
        f'"{month}" = {_listed(words)}' for month, words in sorted(_calendar(locale.months, "abbreviated").items())
    ]
    lines += ["", "[dates.weekdays]"]
    lines += [f'"{day}" = {_listed(words)}' for day, words in sorted(_calendar(locale.days, "wide").items())]
    lines += ["", "[money.names]"]
    lines += [f"{code} = {_listed(names)}" for code in CURRENCIES if (names := list(_currency_names(locale, code)))]
    lines += ["", "[territories]"]
    lines += [
        f'"{code}" = {_quoted(name)}' for code, name in sorted(locale.territories.items()) if TERRITORY.fullmatch(code)
    ]
    return "\n".join(lines) + "\n"


def _scales(locale: Locale) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for width in ("long", "short"):
        for plural, patterns in sorted(locale.compact_decimal_formats.get(width, {}).items()):
            del plural
            for number, pattern in sorted(patterns.items(), key=lambda item: int(item[0])):
                _add_scale(found, number, str(pattern.pattern), is_short=width == "short")
    return found


def _add_scale(found: dict[int, list[str]], number: str, pattern: str, *, is_short: bool) -> None:
    zeros = pattern.count("0")
    word = re.sub(r"[\u200e\u200f\u200b']", "", pattern.replace("0", "")).replace("\xa0", " ").strip()
    if not zeros or not word or (len(word) < 2 + is_short and word.isascii()) or ";" in word:
        return
    scale = int(Decimal(number).scaleb(1 - zeros))
    if scale in {10**power for power in SCALES} and word not in found.setdefault(scale, []):
        found[scale].append(word)


def _calendar(forms: dict[str, dict[str, dict[int, str]]], width: str) -> dict[int, list[str]]:
    """The forms of months (1 to 12) or weekdays (0 is Monday) in one width, inside a date and alone."""
    found: dict[int, list[str]] = {}
    for context in ("format", "stand-alone"):
        for index, name in forms[context][width].items():
            word = name.strip(".").replace("\xa0", " ")
            if len(word) > 1 and word not in found.setdefault(index, []):
                found[index].append(word)
    return found


def _currency_names(locale: Locale, code: str) -> Iterator[str]:
    names: Iterable[str] = [
        locale.currencies.get(code, ""),
        *(form for _, form in sorted(locale._data["currency_names_plural"].get(code, {}).items())),  # noqa: SLF001
    ]
    yield from dict.fromkeys(name for name in names if name and name != code)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _listed(words: Iterable[str]) -> str:
    return "[" + ", ".join(map(_quoted, words)) + "]"


if __name__ == "__main__":
    sys.exit(main())
