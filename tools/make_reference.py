#!/usr/bin/env python3
"""Writes docs/reference/ from the code itself: commands, settings, library, REST API, claims, columns, findings.

Run it with `python tools/make_reference.py`; with `--check` it writes nothing and exits 1 where a page would change.
"""

import argparse
import inspect
import sys
from pathlib import Path

import click

from command_walk import arguments_of, brought_up_to_date, commands, options_of
from pledgebook.show.cli.program import CONFLICTS, FAILED, INTERRUPTED, SOME_UNREAD, WRONG_USAGE, program
from pledgebook.show.settings import LOCAL_FILE, SETTINGS
from reference_python import python_page
from reference_shapes import claim_page, columns_page, findings_page, rest_page

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference"
_NOTE = "<!-- Written by tools/make_reference.py: change the code, not this. -->"
_CODES = {
    0: "all went well",
    FAILED: "something failed; the message says what",
    WRONG_USAGE: "the command was called in a way that makes no sense, or a setting has no usable value",
    SOME_UNREAD: "done, but some documents could not be read; each is named on stderr with its reason",
    CONFLICTS: "with `--strict`: sources are in conflict about what is shown",
    INTERRUPTED: "interrupted",
}


def main() -> int:
    """Writes the pages, or with --check compares; the exit status."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--check", action="store_true", help="write nothing, exit 1 where a page would change")
    check = arguments.parse_args().check
    changed = [name for name, text in pages().items() if brought_up_to_date(FOLDER / name, text, check=check)]
    if changed:
        print(("out of date: " if check else "written: ") + " ".join(changed))
    return int(check and bool(changed))


def pages() -> dict[str, str]:
    """The text of each page by its name."""
    return {
        "claim.md": claim_page(_NOTE),
        "columns.md": columns_page(_NOTE),
        "commands.md": commands_page(),
        "findings.md": findings_page(_NOTE, FOLDER.parent / "findings"),
        "python.md": python_page(_NOTE),
        "rest.md": rest_page(_NOTE),
        "settings.md": settings_page(),
    }


def commands_page() -> str:
    """The page of all commands and their options."""
    lines = ["# Commands", "", _NOTE, ""]
    lines += ["Data goes to stdout, progress and everything said to stderr. Every command also takes `--help`.", ""]
    for words, command in ((("pledgebook",), program), *commands()):
        lines += [f"## {' '.join(words)}", "", inspect.cleandoc(command.help or ""), ""]
        taken = arguments_of(command)
        if taken:
            lines += ["```sh", " ".join([*words, "[OPTIONS]", *taken]), "```", ""]
        lines += _options(command)
    lines += ["## Exit status", "", "| status | means |", "| ---: | --- |"]
    lines += [f"| {code} | {meaning} |" for code, meaning in sorted(_CODES.items())]
    return "\n".join(lines) + "\n"


def _options(command: click.Command) -> list[str]:
    options = options_of(command)
    if not options:
        return []
    rows = [f"| {_spelled(option)} | {_cell(option.help or '')}{_choices(option)} |" for option in options]
    return ["| option | what it does |", "| --- | --- |", *rows, ""]


def _spelled(option: click.Option) -> str:
    takes = "" if option.is_flag else f" {option.metavar or option.type.name.upper()}"
    if isinstance(option.type, click.Choice):
        takes = " FORMAT" if option.opts[0] == "--format" else " NAME"
    return ", ".join(f"`{name}{takes}`" for name in (*option.opts, *option.secondary_opts))


def _choices(option: click.Option) -> str:
    if not isinstance(option.type, click.Choice):
        return ""
    return f" One of {', '.join(f'`{choice}`' for choice in option.type.choices)}."


def _cell(words: str) -> str:
    return words.replace("|", "\\|")


def settings_page() -> str:
    """The page of all settings."""
    lines = ["# Settings", "", _NOTE, ""]
    lines += [
        f"A setting comes from its flag, else from its environment variable, else from `{LOCAL_FILE}` in the working",
        "folder, else from the user's own (on Linux `~/.config/pledgebook/pledgebook.toml`), else it has its default.",
        "`pledgebook config show` prints each value and where it comes from.",
        "",
        "| setting | flag | variable | default | what it is |",
        "| --- | --- | --- | --- | --- |",
    ]
    for setting in SETTINGS:
        default = str(setting.default).lower() if isinstance(setting.default, bool) else setting.default
        lines.append(
            f"| `{setting.name}` | `{setting.flag}` | `{setting.variable}` | `{default}` | {_cell(setting.help)} |"
        )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
