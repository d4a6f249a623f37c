#!/usr/bin/env python3
"""Writes src/pledgebook/lexicon/world/m49.tsv: the UN M49 subregion and region of every country.

The names of the regions come from `rigour` (MIT), the codes from the UN's list. Run it with `python tools/make_m49.py`.
"""

from pathlib import Path

from rigour.territories import get_territories

FILE = Path(__file__).resolve().parent.parent / "src" / "pledgebook" / "lexicon" / "world" / "m49.tsv"
CODES = {
    "Northern Africa": "015", "Eastern Africa": "014", "Middle Africa": "017", "Southern Africa": "018",
    "Western Africa": "011", "Caribbean": "029", "Central America": "013", "South America": "005",
    "Northern America": "021", "Central Asia": "143", "Eastern Asia": "030", "South-eastern Asia": "035",
    "Southern Asia": "034", "Western Asia": "145", "Eastern Europe": "151", "Northern Europe": "154",
    "Southern Europe": "039", "Western Europe": "155", "Australia and New Zealand": "053", "Melanesia": "054",
    "Micronesia": "057", "Polynesia": "061",
}  # fmt: skip
REGIONS = {"Africa": "002", "Americas": "019", "Asia": "142", "Europe": "150", "Oceania": "009"}
# What the source leaves out or calls Central Europe: as the UN's list and the statistical offices have it.
OWN = {
    **dict.fromkeys(("AT", "DE", "CH", "LI"), ("155", "150")),
    **dict.fromkeys(("CZ", "HU", "PL", "SK"), ("151", "150")),
    **dict.fromkeys(("SI", "XK"), ("039", "150")),
    **dict.fromkeys(("GG", "JE"), ("154", "150")),
    "TW": ("030", "142"),
}


def main() -> None:
    """Writes the table."""
    rows = dict(OWN)
    for territory in get_territories():
        code = territory.code.upper()
        if len(code) == 2 and territory.subregion in CODES and territory.region in REGIONS:
            rows.setdefault(code, (CODES[territory.subregion], REGIONS[territory.region]))
    lines = ["# Made by tools/make_m49.py: country, UN M49 subregion, region. Do not edit."]
    lines += [f"{code}\t{subregion}\t{region}" for code, (subregion, region) in sorted(rows.items())]
    FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
