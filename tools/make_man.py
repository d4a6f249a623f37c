#!/usr/bin/env python3
"""Writes share/: the man page, and what bash, zsh and fish need to complete our command line.

Run it with `python tools/make_man.py`; with `--check` it writes nothing and exits 1 where a file would change. The
wheel installs them as they lie there, so that an installed program brings its own.
"""

import argparse
import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from click.shell_completion import BashComplete, FishComplete, ShellComplete, ZshComplete

from command_walk import arguments_of, brought_up_to_date, commands, options_of
from pledgebook import __version__
from pledgebook.show.cli.program import CONFLICTS, FAILED, INTERRUPTED, SOME_UNREAD, WRONG_USAGE, program
from pledgebook.show.settings import LOCAL_FILE, SETTINGS

_CODES = {
    0: "all went well",
    FAILED: "something failed; the message says what",
    WRONG_USAGE: "called in a way that makes no sense, or with a setting that has no usable value",
    SOME_UNREAD: "done, but some documents could not be read; each is named with its reason",
    CONFLICTS: "with --strict: sources are in conflict about what is shown",
    INTERRUPTED: "interrupted",
}
FOLDER = Path(__file__).resolve().parent.parent / "share"
# What click's scripts lack: where a command has no words to offer, the shell offers files.
_FILES: dict[type[ShellComplete], tuple[str, str]] = {
    BashComplete: ("complete -o nosort -F", "complete -o nosort -o default -F"),
    ZshComplete: ('    if [ -n "$completions" ]', '    [ -n "$response" ] || _files\n\n    if [ -n "$completions" ]'),
    FishComplete: ("complete --no-files --command", "complete --command"),
}  # fmt: skip


def main() -> int:
    """Writes the files, or with --check compares; the exit status."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--check", action="store_true", help="write nothing, exit 1 where a file would change")
    check = arguments.parse_args().check
    changed = [name for name, text in files().items() if brought_up_to_date(FOLDER / name, text, check=check)]
    if changed:
        print(("out of date: " if check else "written: ") + " ".join(changed))
    return int(check and bool(changed))


def files() -> dict[str, str]:
    """The text of each file by its path below share/."""
    return {
        "man/man1/pledgebook.1": man_page(),
        "bash-completion/completions/pledgebook": completion(BashComplete),
        "zsh/site-functions/_pledgebook": completion(ZshComplete),
        "fish/vendor_completions.d/pledgebook.fish": completion(FishComplete),
    }


def completion(shell: type[ShellComplete]) -> str:
    """The script with which a shell asks the program what can stand where the cursor is."""
    # Not through BashComplete.source: that runs bash to ask for its version.
    script = ShellComplete.source(shell(program, {}, "pledgebook", "_PLEDGEBOOK_COMPLETE"))
    before, after = _FILES[shell]
    if before not in script:
        raise SystemExit(f"click's script for {shell.name} has changed: look again how it falls back on files.")
    return "\n".join(line.rstrip() for line in script.replace(before, after).strip().splitlines()) + "\n"


def man_page() -> str:
    """The man page: every command with its options, settings, exit status."""
    lines = [
        r".\" Written by tools/make_man.py: change the commands, not this.",
        f'.TH PLEDGEBOOK 1 "" "pledgebook {__version__}" "User Commands"',
        ".SH NAME",
        rf"pledgebook \- {roff(_first(program.help)[:1].lower() + _first(program.help)[1:].rstrip('.'))}",
        ".SH SYNOPSIS",
        r".B pledgebook",
        r"\fICOMMAND\fR [\fIOPTION\fR]... [\fIARGUMENT\fR]...",
        ".SH DESCRIPTION",
        roff(program.help or ""),
        ".PP",
        "Data goes to standard output, progress and everything said to standard error. Every command also takes",
        r"\fB\-\-help\fR.",
        ".SH COMMANDS",
    ]
    for words, command in commands():
        lines += _command(words, command)
    lines += [
        ".SH SETTINGS",
        "A setting comes from its flag, else from its environment variable, else from",
        rf"\fI{roff(LOCAL_FILE)}\fR in the working folder, else from the user's own file,",
        r"else it has its default: \fBpledgebook config show\fR tells.",
    ]
    for setting in SETTINGS:
        lines += [".TP", rf"\fB{roff(setting.variable)}\fR, \fB{roff(setting.name)}\fR", _sentence(setting.help)]
    lines += [".SH EXIT STATUS"]
    for code, meaning in sorted(_CODES.items()):
        lines += [".TP", f".B {code}", _sentence(meaning)]
    return "\n".join(lines) + "\n"


def _command(words: tuple[str, ...], command: click.Command) -> Iterator[str]:
    yield f'.SS "{roff(" ".join([*words, *arguments_of(command)]))}"'
    for number, paragraph in enumerate(re.split(r"\n\s*\n", inspect.cleandoc(command.help or ""))):
        if number:
            yield ".PP"
        yield roff(paragraph)
    for option in options_of(command):
        yield ".TP"
        yield _spelled(option)
        yield _sentence(option.help or "")


def _spelled(option: click.Option) -> str:
    names = ", ".join(rf"\fB{roff(name)}\fR" for name in (*option.opts, *option.secondary_opts))
    if option.is_flag:
        return names
    if isinstance(option.type, click.Choice):
        return rf"{names} {roff(' | '.join(map(str, option.type.choices)))}"
    return rf"{names} \fI{roff(option.metavar or option.type.name.upper())}\fR"


def _first(text: str | None) -> str:
    return (text or "").strip().splitlines()[0]


def _sentence(words: str) -> str:
    words = roff(words[:1].upper() + words[1:])
    return words if words.endswith((".", "!", "?")) else f"{words}."


def roff(text: str) -> str:
    r"""`text` so that troff takes every character for itself.

    >>> print(roff("--db: a \\ b"))
    \-\-db: a \(rs b
    """
    plain = text.replace("\\", r"\(rs").replace("-", r"\-").replace("`", "").replace('"', r"\(dq")
    # A line that begins with a point or an apostrophe would be a request.
    return "\n".join(rf"\&{line}" if line.startswith((".", "'")) else line for line in plain.splitlines())


if __name__ == "__main__":
    sys.exit(main())
