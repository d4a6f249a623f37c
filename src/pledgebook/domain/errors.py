"""What can go wrong, as one small tree.

PledgebookError
├── UsageError      the caller asked for something that makes no sense
├── SettingError    a setting has a value that can't be used
├── DocumentError   one document could not be read; the others go on
├── LexiconError    a language or world file contradicts itself
├── WireError       JSON that is not what claim.schema.json says
└── BookError       the book could not be read or written

Odd data is no error: it becomes a Finding. Every message says where, what was seen and what would help.
"""


class PledgebookError(Exception):
    """Base of all errors: `where`, what was `seen`, and what would `help`."""

    def __init__(self, where: str, seen: str, help: str = "") -> None:  # noqa: A002 - the reader's word for it
        self.where, self.seen, self.help = where, seen, help
        super().__init__(f"{where}: {seen}." + (f" {help}" if help else ""))

    def __reduce__(self) -> tuple[type["PledgebookError"], tuple[str, str, str]]:
        """How it comes out of another process: with its parts."""
        return type(self), (self.where, self.seen, self.help)


class UsageError(PledgebookError):
    """The caller asked for something that makes no sense."""


class SettingError(PledgebookError):
    """A setting has a value that can't be used."""


class DocumentError(PledgebookError):
    """One document could not be read; the others go on."""


class LexiconError(PledgebookError):
    """A language or world file contradicts itself."""


class WireError(PledgebookError):
    """JSON that is not what the schema says."""


class BookError(PledgebookError):
    """The book could not be read or written."""
