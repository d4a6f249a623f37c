import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgebook.clean.decode import decode
from pledgebook.domain import DocumentError, Page

GERMAN = "Für das Werk in Köln will der Betreiber größere Flächen kaufen, sagte er. Es geht um 30 Millionen €."
POLISH = "Spółka chce zbudować w Łodzi ośrodek dla sztucznej inteligencji, który ruszy już w przyszłym roku."
RUSSIAN = "Компания построит в Казани центр, который будет работать уже через год, сообщил её директор."
GREEK = "Η εταιρεία θα κατασκευάσει ένα νέο κέντρο στη Λάρισα, που θα είναι έτοιμο μετά από δύο χρόνια."
JAPANESE = "同社は大阪に新しい施設を建てる。投資額は約四百億円になると発表した。来年の春に始まる予定だ。"


def read(content: bytes, charset: str | None = None) -> str:
    return decode(Page("a.txt", content, charset=charset))


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"])))
def test_utf_8_comes_back_whatever_the_page_declares(text: str) -> None:
    assert read(text.encode(), "iso-8859-1") == text.removeprefix("\ufeff")


@pytest.mark.parametrize(
    ("mark", "charset"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ],
)
def test_a_byte_order_mark_decides_and_is_no_text(mark: bytes, charset: str) -> None:
    assert read(mark + GERMAN.encode(charset), "cp1252") == GERMAN


@pytest.mark.parametrize("charset", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_seen_by_its_zeros(charset: str) -> None:
    text = "Acme builds a lab in Lyon for 4 million euros."
    assert read(text.encode(charset)) == text


@pytest.mark.parametrize("declared", ["iso-8859-1", "latin1", "us-ascii", "windows-1252"])
def test_latin_1_is_read_as_windows_writes_it(declared: str) -> None:
    assert read("“30 Mio. €” für Köln".encode("cp1252"), declared) == "“30 Mio. €” für Köln"


def test_a_page_declares_in_its_head() -> None:
    page = f'<html><head><meta charset="windows-1251"></head><p>{RUSSIAN}</p>'
    assert read(page.encode("cp1251")) == page


@pytest.mark.parametrize("declared", ["utf-8", "no-such-charset", "ascii\0", None])
@pytest.mark.parametrize(
    ("text", "charset"),
    [
        (GERMAN, "cp1252"),
        (POLISH, "iso8859_2"),
        (POLISH, "cp1250"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (GREEK, "cp1253"),
        (JAPANESE, "cp932"),
        (JAPANESE, "euc_jp"),
    ],
)
def test_a_wrong_or_missing_declaration_is_made_good_by_the_words(
    text: str, charset: str, declared: str | None
) -> None:
    assert read(text.encode(charset), declared) == text


def test_a_broken_byte_does_not_turn_the_whole_text_into_another_alphabet() -> None:
    content = (RUSSIAN * 3).encode()
    assert read(content[:101] + b"\xff" + content[101:]).count("\ufffd") <= 3
    assert "директор" in read(content[:-1])


@pytest.mark.parametrize(
    "content",
    [
        b"\x7fELF\x02\x01\x01\0\0\0\0\0" * 20,
        bytes(range(256)) * 8,
        b"\x01\x02\x03\x04 text " * 30,
        b"a page\0 with a hole in it",
    ],
)
def test_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(DocumentError, match=r"a\.txt: bytes that are no text"):
        read(content)


def test_bytes_in_no_encoding_are_refused() -> None:
    with pytest.raises(DocumentError, match="no encoding that we know"):
        read(b"\xfe\xfd" + b"\x81\x98\x8d\x90\x9d" * 30)
