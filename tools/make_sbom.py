#!/usr/bin/env python3
"""Writes sboms/pledgebook.cdx.json: what the wheel carries and what it needs, as CycloneDX 1.6.

Run it with `python tools/make_sbom.py`; with `--check` it writes nothing and exits 1 where the file would change. What
is needed, and in which version, is what requirements/run.txt pins; licences and who needs whom are what the installed
packages say of themselves. No time and no chance enter, so that the same lock gives the same bytes. The wheel has it
in its .dist-info/sboms (PEP 770).
"""

import argparse
import json
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from pledgebook import __version__

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements" / "run.txt"
TARGET = ROOT / "sboms" / "pledgebook.cdx.json"
_PIN = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[^\s;\\]+)(?: *; *(?P<marker>[^\\]+?))? *\\?$", re.MULTILINE)
# What the package carries that others made; NOTICE says more.
CARRIED = (
    ("GeoNames", "https://www.geonames.org", "CC-BY-4.0", "lexicon/world/places.*.blocks"),
    ("Unicode CLDR", "https://cldr.unicode.org", "Unicode-3.0", "lexicon/cldr, lexicon/world/territories"),
    ("Wikidata", "https://www.wikidata.org", "CC0-1.0", "lexicon/world/organisations.tsv"),
    ("Natural Earth", "https://www.naturalearthdata.com", None, "show/web/world.json"),
    ("Source Sans 3", "https://github.com/adobe-fonts/source-sans", "OFL-1.1", "show/web/static/fonts"),
    ("Source Serif 4", "https://github.com/adobe-fonts/source-serif", "OFL-1.1", "show/web/static/fonts"),
)
# What older packages write where a licence's SPDX name should stand.
_SPDX = {
    "mit": "MIT",
    "mit license": "MIT",
    "bsd-2-clause": "BSD-2-Clause",
    "the bsd 2-clause license": "BSD-2-Clause",
    "bsd-3-clause": "BSD-3-Clause",
    "mpl-2.0": "MPL-2.0",
    "apache-2.0": "Apache-2.0",
}


@dataclass(frozen=True, slots=True)
class Pin:
    """A package in the version that the lock names, and for which Pythons, if not for all."""

    name: str
    version: str
    marker: str | None

    @property
    def purl(self) -> str:
        """The package URL, which is also what the file calls it by."""
        return f"pkg:pypi/{self.name}@{self.version}"


def main() -> int:
    """Writes the file, or with --check compares; the exit status."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--check", action="store_true", help="write nothing, exit 1 where the file would change")
    check = arguments.parse_args().check
    text = json.dumps(bill(tuple(pins(LOCK.read_text(encoding="utf-8")))), indent=2, ensure_ascii=False) + "\n"
    if TARGET.is_file() and TARGET.read_text(encoding="utf-8") == text:
        return 0
    if not check:
        TARGET.parent.mkdir(exist_ok=True)
        TARGET.write_text(text, encoding="utf-8")
    print(f"{'out of date' if check else 'written'}: {TARGET.name}")
    return int(check)


def pins(lock: str) -> Iterator[Pin]:
    r"""The packages of a lock file.

    >>> [(pin.purl, pin.marker) for pin in pins("a.b==1.2 ; python_version < '3.12' \\\n    --hash=sha256:0\n")]
    [('pkg:pypi/a-b@1.2', "python_version < '3.12'")]
    """
    for found in _PIN.finditer(lock):
        yield Pin(canonicalize_name(found["name"]), found["version"], found["marker"])


def bill(pinned: tuple[Pin, ...]) -> dict[str, Any]:
    """The bill of materials as CycloneDX has it."""
    root = f"pkg:pypi/pledgebook@{__version__}"
    needs = {pin.purl: _purls(_names(_installed(pin.name).requires or ()), pinned) for pin in pinned}
    dependencies = [{"ref": root, "dependsOn": _purls(_names(_own()), pinned)}]
    dependencies += [{"ref": purl, "dependsOn": wanted} for purl, wanted in needs.items()]
    body = {
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": root,
                "name": "pledgebook",
                "version": __version__,
                "licenses": [{"license": {"id": "Apache-2.0"}}],
                "purl": root,
                "components": [_carried(*source) for source in CARRIED],
            }
        },
        "components": [_component(pin) for pin in pinned],
        "dependencies": dependencies,
    }
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        # The same contents have the same number, as the format wants, and others another one.
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, json.dumps(body, sort_keys=True))}",
        "version": 1,
        **body,
    }


def _carried(name: str, url: str, licence: str | None, where: str) -> dict[str, Any]:
    said = {"license": {"id": licence}} if licence else {"license": {"name": "public domain"}}
    return {
        "type": "data",
        "bom-ref": f"carried:{name.lower().replace(' ', '-')}",
        "name": name,
        "description": f"in pledgebook/{where}".replace(", ", ", pledgebook/"),
        "licenses": [said],
        "externalReferences": [{"type": "website", "url": url}],
    }


def _component(pin: Pin) -> dict[str, Any]:
    found: dict[str, Any] = {
        "type": "library",
        "bom-ref": pin.purl,
        "name": pin.name,
        "version": pin.version,
        "scope": "required",
    }
    if licences := _licences(pin.name):
        found["licenses"] = licences
    found["purl"] = pin.purl
    if pin.marker:
        found["properties"] = [{"name": "pledgebook:marker", "value": pin.marker}]
    return found


def _licences(name: str) -> list[dict[str, Any]]:
    """The licence as the package states it; nothing where it does not say one that can be named."""
    metadata = _installed(name).metadata
    if expression := metadata.get("License-Expression"):
        return [{"expression": expression}]
    known = _SPDX.get((metadata.get("License") or "").strip().casefold())
    for classifier in metadata.get_all("Classifier", []):
        known = known or _SPDX.get(classifier.rpartition(":: ")[2].strip().casefold())
    if known:
        return [{"license": {"id": known}}]
    said = (metadata.get("License") or "").strip()
    return [{"license": {"name": said.splitlines()[0]}}] if said else []


def _own() -> list[str]:
    """What we need ourselves, from the source: an installed copy may be of another day."""
    own: list[str] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    return own


def _names(requirements: Iterable[str]) -> set[str]:
    """The names of what is needed without any extra, on whatever machine."""
    wanted = map(Requirement, requirements)
    return {canonicalize_name(item.name) for item in wanted if item.marker is None or "extra" not in str(item.marker)}


def _purls(names: set[str], pinned: tuple[Pin, ...]) -> list[str]:
    return sorted(pin.purl for pin in pinned if pin.name in names)


def _installed(name: str) -> Distribution:
    try:
        return distribution(name)
    except PackageNotFoundError as error:
        raise SystemExit(f"{name} of {LOCK.name} is not installed: run make test once, which sets all up.") from error


if __name__ == "__main__":
    sys.exit(main())
