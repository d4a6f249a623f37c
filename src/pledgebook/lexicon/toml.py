"""Files of words, read some six times as fast as the standard library reads them."""

import re
from collections.abc import Callable
from typing import Any

# What word lists are made of. Whatever else TOML has is left to the standard library, mistakes and all. Groups are
# atomic, not possessive: Python before 3.11.5 loses its place in those where a part of one fails.
_SPACE = r"(?>(?:[ \t\n]|\#[^\x00-\x08\x0a-\x1f\x7f]*+\n)*)"
_STRING = r'"(?>(?:[^"\\\x00-\x08\x0a-\x1f\x7f]++|\\["\\])*)"'
_LINES = r'"""(?>(?:[^"\\\x00-\x08\x0b-\x1f\x7f]++|"{1,2}(?!")|\\["\\])*)"""'
_KEY = r'(?:[\w-]++|"[^"\\\x00-\x08\x0a-\x1f\x7f]++")'
_STATEMENT = re.compile(
    rf"""{_SPACE}(?:
        \[[ ]?(?P<header>{_KEY}(?>(?:\.{_KEY})*))[ ]?\]
        | \[\[(?P<item>{_KEY})\]\]
        | (?P<key>{_KEY})[ \t]*+=[ \t]*+(?:
            (?P<lines>{_LINES})
            | (?P<string>{_STRING})
            | (?P<list>\[{_SPACE}(?:{_STRING}{_SPACE}(?>(?:,{_SPACE}{_STRING}{_SPACE})*)(?:,{_SPACE})?)?\])
            | (?P<word>true|false)
            | (?P<number>-?(?:0|[1-9][0-9]*+)(?P<fraction>\.[0-9]++)?)
        )
    )[ \t]*+(?:\#[^\x00-\x08\x0a-\x1f\x7f]*+)?(?:\n|\Z)""",
    re.VERBOSE | re.ASCII,
)
_REST = re.compile(rf"{_SPACE}(?:\#[^\x00-\x08\x0a-\x1f\x7f]*+)?\Z")
_KEYS = re.compile(_KEY, re.ASCII)
# A comment may hold quotes, so that comments are met as well.
_ITEMS = re.compile(r'"((?>(?:[^"\\\n]++|\\.)*))"|\#[^\n]*+')
_ESCAPED = re.compile(r'\\(["\\])')

Float = Callable[[str], Any]


def read_toml(source: str, *, parse_float: Float = float) -> dict[str, Any]:
    r"""What `tomllib.loads` makes of a file.

    >>> read_toml('[numbers.words]\n2 = ["two", "both"] # a pair\n1 = "one"\n')
    {'numbers': {'words': {'2': ['two', 'both'], '1': 'one'}}}
    """
    table = _plain(source, parse_float)
    if table is None:
        import tomllib  # noqa: PLC0415 - hardly any file needs it

        return tomllib.loads(source, parse_float=parse_float)
    return table


def _plain(source: str, parse_float: Float) -> dict[str, Any] | None:
    """The tables of a file that has nothing but plain ones, None for any other."""
    whole: dict[str, Any] = {}
    here, at, headers = whole, 0, set[str]()
    while found := _STATEMENT.match(source, at):
        at = found.end()
        key, string, several = found.group("key", "string", "list")
        if key is None:
            entered = _entered(whole, found, headers)
            if entered is None:
                return None
            here = entered
            continue
        key = _bare(key)
        if key in here:
            return None
        if string is not None:
            here[key] = _meant(string[1:-1])
        elif several is None:
            here[key] = _scalar(found, parse_float)
        elif "#" in several or "\\" in several:
            here[key] = [_meant(item[1]) for item in _ITEMS.finditer(several) if item[1] is not None]
        else:
            here[key] = several.split('"')[1::2]
    return whole if _REST.match(source, at) else None


def _entered(whole: dict[str, Any], found: re.Match[str], headers: set[str]) -> dict[str, Any] | None:
    """The table that a header opens, None where that is no plain one."""
    if found["item"] is not None:
        name = _bare(found["item"])
        if name in whole and f"[{name}]" not in headers:
            return None
        headers.add(f"[{name}]")
        here: dict[str, Any] = {}
        whole.setdefault(name, []).append(here)
        return here
    names = [_bare(key) for key in _KEYS.findall(found["header"])]
    if "\0".join(names) in headers:
        return None
    headers.add("\0".join(names))
    here = whole
    for name in names:
        here = here.setdefault(name, {})
        if not isinstance(here, dict):
            return None
    return here


def _bare(key: str) -> str:
    return key[1:-1] if key[0] == '"' else key


def _meant(string: str) -> str:
    return _ESCAPED.sub(r"\1", string) if "\\" in string else string


def _scalar(found: re.Match[str], parse_float: Float) -> object:
    if found["lines"] is not None:
        return _meant(found["lines"][3:-3].removeprefix("\n"))
    if found["word"] is not None:
        return found["word"] == "true"
    number = found["number"]
    return int(number) if found["fraction"] is None else parse_float(number)
