"""Brings the catalogues of the pages up to date: every text of the templates and the code, in order, none twice.

    .venv/bin/python tools/make_catalogues.py          add what is new, drop what is gone
    .venv/bin/python tools/make_catalogues.py --check  exit 1 where a text is missing or not translated

A new text is written with an empty translation, which shows in English until somebody fills it in.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from pledgebook.show.web import terms
from pledgebook.show.web.languages import LANGUAGES, read_po

WEB = Path(__file__).parent.parent / "src/pledgebook/show/web"
_TEXT = r'"((?:[^"\\]|\\.)*)"'
_CALL = re.compile(rf"\b_\(\s*{_TEXT}\s*\)")
_SINGLE = re.compile(r"\b_\(\s*'([^']*)'\s*\)")
_PLURAL = re.compile(rf"\bn_\(\s*{_TEXT}\s*,\s*{_TEXT}")
_MARKS = (",", ".")
FORMS = {"pl": 3}


def texts() -> dict[str, str | None]:
    """Every text with its plural, None where it has none."""
    found: dict[str, str | None] = dict.fromkeys(_MARKS)
    for path in sorted((WEB / "templates").glob("*.html")):
        source = path.read_text(encoding="utf-8")
        found |= dict.fromkeys([*_CALL.findall(source), *_SINGLE.findall(source)])
        found |= dict(_PLURAL.findall(source))
    for path in sorted([*WEB.glob("*.py"), *(WEB / "pages").glob("*.py")]):
        found |= dict(_called(ast.parse(path.read_text(encoding="utf-8"))))
    for name, table in sorted(vars(terms).items()):
        if name.isupper() and name != "AUTONYMS":
            values = table.values() if isinstance(table, dict) else table
            found |= dict.fromkeys(str(value) for value in values if found.get(str(value)) is None)
    return found


def _called(tree: ast.AST) -> Iterator[tuple[str, str | None]]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        said = [it.value for it in node.args if isinstance(it, ast.Constant) and isinstance(it.value, str)]
        if name in ("say", "gettext") and said:
            yield said[0], None
        elif name == "ngettext" and len(said) == 2:
            yield said[0], said[1]
        elif name == "error_page" and len(said) == 2:
            yield from ((text, None) for text in said)


def quoted(text: str) -> str:
    """A text as catalogues write it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def catalogue(language: str, wanted: dict[str, str | None]) -> str:
    """The catalogue of a language, with the translations that it has."""
    path = WEB / "locale" / f"{language}.po"
    old = dict(read_po(path.read_text(encoding="utf-8"))) if path.exists() else {}
    pieces = [f'msgid ""\nmsgstr "Language: {language}\\nContent-Type: text/plain; charset=UTF-8\\n"\n']
    for text, plural in wanted.items():
        forms = old.get(text, ())
        if plural is None:
            pieces.append(f"msgid {quoted(text)}\nmsgstr {quoted(forms[0] if forms else '')}\n")
        else:
            count = FORMS.get(language, 2)
            several = [*forms, *[""] * count][:count]
            lines = "".join(f"msgstr[{n}] {quoted(form)}\n" for n, form in enumerate(several))
            pieces.append(f"msgid {quoted(text)}\nmsgid_plural {quoted(plural)}\n{lines}")
    return "\n".join(pieces)


def main() -> int:
    """Writes the catalogues, or checks them."""
    wanted, wrong = texts(), 0
    for language in LANGUAGES:
        if language == "en":
            continue
        path = WEB / "locale" / f"{language}.po"
        new = catalogue(language, wanted)
        missing = [text for text, forms in read_po(new) if not all(forms)]
        if "--check" in sys.argv:
            wrong += path.read_text(encoding="utf-8") != new or bool(missing)
        else:
            path.write_text(new, encoding="utf-8")
        print(f"{language}: {len(wanted)} texts, {len(missing)} not translated")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
