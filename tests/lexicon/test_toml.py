import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from pledgebook.lexicon import toml
from pledgebook.lexicon.toml import read_toml

LEXICON = Path(str(files("pledgebook.lexicon")))
FILES = sorted(LEXICON.rglob("*.toml"))


def in_order(value: object) -> object:
    """The same with the order of keys, which dictionaries compare without."""
    if isinstance(value, dict):
        return [(key, in_order(item)) for key, item in value.items()]
    return [in_order(item) for item in value] if isinstance(value, list) else (type(value), value)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(LEXICON)))
def test_every_file_reads_as_the_standard_library_reads_it(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    plain = toml._plain(source, float)
    assert plain is not None, "this file takes the slow way: write it more plainly"
    assert in_order(plain) == in_order(tomllib.loads(source))


@pytest.mark.parametrize(
    "source",
    [
        "",
        "# nothing else",
        'a = "x"  # b = "y"',
        'a = ["x", # "no"\n "y",\n]\n\n[b]\nc = []',
        'a = ["#1", "x\\"y", "\\\\"]',
        'a = """\nx "quoted" y\n"""\nb = """z"""',
        'a = """x\\"y"""',
        '[a."b c".d]\n"e f" = true\ng = false',
        "[a.b]\nc = 1\n[a]\nd = 0.50",
        '[[a]]\nb = "1"\n[[a]]\nb = "2"\n[c]\nd = -7',
    ],
)
def test_plain_files_are_read_here(source: str) -> None:
    assert in_order(toml._plain(source, float)) == in_order(tomllib.loads(source))


@pytest.mark.parametrize(
    "source",
    [
        "a = 'literal'",
        'a = "tab\\t"',
        "a = 1_000",
        "a = 2024-05-13",
        "a = 1e3",
        'a.b = "dotted"',
        'a = { b = "inline" }',
        "a = [1, 2]",
        'a = "x"\r\nb = "y"\r\n',
        "[a]\n[a.b]\nc = [['x'], ['y']]",
        'a = """x""""',
    ],
)
def test_other_files_are_left_to_the_standard_library(source: str) -> None:
    assert toml._plain(source, float) is None
    assert read_toml(source) == tomllib.loads(source)


@pytest.mark.parametrize(
    "source",
    [
        'a = "x"\na = "y"',
        '[a]\n[a]\nb = "x"',
        '[a]\n["a"]',
        'a = "x"\n[a]',
        'a = ["x"]\n[[a]]',
        '[[a]]\n[a]\nb = "x"',
        "[a.b]\n[a]\nb = true",
        'a = ["x" "y"]',
        "a = [,]",
        'a = "x" b = "y"',
        "a = 01",
        'a = "x',
        "a",
        "[a",
        'a = "\x01"',
        "# \x01\n",
    ],
)
def test_mistakes_are_told(source: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError):
        read_toml(source)
