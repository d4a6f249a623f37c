from pledgebook.store.chain import START, is_sound, next_hash
from pledgebook.store.ports import LogRecord


def test_a_record_is_sound_only_in_its_place() -> None:
    first = LogRecord(1, "now", "document", "{}", next_hash(START, 1, "now", "document", "{}"))
    assert is_sound(first, before=START, seq=1)
    assert not is_sound(first, before=first.hash, seq=1)
    assert not is_sound(first, before=START, seq=2)
    assert not is_sound(LogRecord(1, "now", "document", "[]", first.hash), before=START, seq=1)
