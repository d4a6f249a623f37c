"""The hash chain of the log."""

from pledgebook.store.ports import LogRecord
from pledgebook.store.rows import key_of

# What the chain starts from: the name of the format, so that no other log can be taken for a book's.
START = key_of("pledgebook", "log", "1")


def next_hash(before: str, seq: int, at: str, kind: str, body: str) -> str:
    """The hash of a record that follows one with the hash `before`."""
    return key_of(before, str(seq), at, kind, body)


def is_sound(record: LogRecord, *, before: str, seq: int) -> bool:
    """Whether `record` is the one that was written as number `seq` after the hash `before`."""
    return record.seq == seq and record.hash == next_hash(before, seq, record.at, record.kind, record.body)
