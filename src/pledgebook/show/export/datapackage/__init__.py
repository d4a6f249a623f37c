"""Frictionless Data Package, version 2: tables with keys, and a version that says what changed.

Takes a Selection, gives a ZIP archive: CSV files and the `datapackage.json` that describes them. `read_package` gives
back the documents, claims and decisions that went in, so that a book made of them gives the same package again.
"""

from pledgebook.show.export.datapackage.back import read_package
from pledgebook.show.export.datapackage.write import write_package

__all__ = ["read_package", "write_package"]
