"""The command line.

Takes words, gives an exit code: 0 all well, 1 failed, 2 wrong usage, 3 some documents could not be read, 4 (with
--strict) conflicts found. Data goes to stdout and everything else to stderr. A command's module is loaded when the
command is called, and what it needs when it needs it.
"""

import gc
import sys

__all__ = ["main"]

_SELDOM = 100_000


def main(words: list[str] | None = None) -> int:
    """The exit code of a command line; None stands for the words that the program was called with."""
    words = sys.argv[1:] if words is None else words
    if words == ["--version"]:
        # Scripts and shell prompts ask this often, and it needs neither click nor any room.
        from pledgebook import __version__  # noqa: PLC0415

        sys.stdout.write(f"pledgebook {__version__}\n")
        return 0
    # Words and names make a hundred thousand objects that stay: looking through them again and again takes a tenth.
    gc.set_threshold(_SELDOM)
    from pledgebook.show.cli.program import run  # noqa: PLC0415 - see above

    return run(words)
