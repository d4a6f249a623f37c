from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from books import Named
from pledgebook.clean import clean
from pledgebook.domain import Document, Page, ReadDocument
from pledgebook.extract.mentions import find_dates
from pledgebook.store import Book, open_book
from pledgebook.store.terms import asked, terms

AT = datetime(2026, 1, 2, tzinfo=UTC)
TEXTS = {
    "en": "Yesterday it rained in town.\n\nMicrosoft will invest in Aragón, it said. Nothing else was said about data centres.",
    "nl": "Het regende.\n\nMicrosoft investeert miljarden in datacenters in Spanje.",
    "ja": "昨日は雨だった。\n\nソフトバンクは東京都にデータセンターを建設すると発表した。",
    "zh": "昨天下雨。\n\n微软将在马来西亚投资数据中心。",
    "ko": "어제 비가 왔다.\n\n마이크로소프트는 서울에 데이터센터를 짓겠다고 밝혔다.",
    "th": "เมื่อวานฝนตก\n\nไมโครซอฟท์จะลงทุนในประเทศไทยสองพันล้านดอลลาร์",
    "ar": "أمطرت أمس.\n\nستستثمر مايكروسوفت مِلياري دولار في الإمارات.",
    "hi": "कल बारिश हुई।\n\nमाइक्रोसॉफ्ट भारत में निवेश करेगी।",
    "el": "Χθες έβρεξε.\n\nΗ Microsoft θα επενδύσει στην Αθήνα.",
    "ru": "Вчера шёл дождь.\n\nМайкрософт вложит миллиарды в Казань.",
}


@pytest.fixture
def book(place: Named) -> Iterator[Book]:
    items = [
        ReadDocument(clean(Page(f"{code}.txt", text.encode(), language=code, name=code), find_dates=find_dates)[0], ())
        for code, text in TEXTS.items()
    ]
    with closing(open_book(place("b"), create=True)) as opened:
        opened.add_all(items, at=AT)
        yield opened


@pytest.mark.parametrize(
    ("words", "found", "sentence"),
    [
        ("aragon", {"en"}, "Microsoft will invest in Aragón"),
        ("MICROSOFT invest*", {"en", "nl"}, ""),
        ("microsoft nothing", {"en"}, ""),
        ("東京", {"ja"}, "東京都"),
        ("データセンター", {"ja"}, "データセンター"),
        ("数据中心", {"zh"}, "微软"),
        ("投", {"zh"}, "投资"),
        ("発", {"ja"}, "発表"),
        ("서울", {"ko"}, "마이크로소프트는"),
        ("ลงทุน", {"th"}, "ไมโครซอฟท์"),
        ("ملياري", {"ar"}, "مايكروسوفت"),
        ("माइक्रोसॉफ्ट", {"hi"}, "भारत"),
        ("ΑΘΗΝΑ", {"el"}, "Αθήνα"),
        ("казань", {"ru"}, "Казань"),
        ("nobody", set(), ""),
        ("?!", set(), ""),
        ('"; DROP TABLE texts --', set(), ""),
    ],
)
def test_words_are_found_in_every_script_with_their_sentence(
    book: Book, words: str, found: set[str], sentence: str
) -> None:
    hits = book.search(words)
    assert {hit.document.document.id for hit in hits} == found
    for hit in hits:
        assert sentence in hit.text
        assert hit.words
        for span in hit.words:
            assert hit.sentence.start <= span.start < span.end <= hit.sentence.end


def test_what_is_said_once_more_comes_first(book: Book) -> None:
    book.add_all(
        [
            ReadDocument(Document("more.txt", "Data centres, data centres and more data centres.", "en", name="more"), ()),
            ReadDocument(Document("less.txt", "Words and words, and far below some data. " + "Other. " * 300 + "Of centres.", "en", name="less"), ()),
        ],
        at=AT,
    )  # fmt: skip
    assert [hit.document.document.id for hit in book.search("data centres")] == ["more", "en", "less"]
    assert [hit.document.document.id for hit in book.search("data centres", limit=1)] == ["more"]


def test_erased_words_are_not_found(book: Book, tmp_path: Path) -> None:
    assert book.erase("zh", by="Kim", why="asked to", at=AT)
    assert book.search("数据中心") == ()
    assert book.verify() == ()
    for file in tmp_path.iterdir():
        content = file.read_bytes()
        for word in ("微软", "数据", "马来"):
            assert word.encode() not in content


def test_rebuilding_makes_the_same_search(book: Book) -> None:
    before = [[hit.document.document.id for hit in book.search(words)] for words in ("microsoft", "投")]
    book.rebuild()
    assert [[hit.document.document.id for hit in book.search(words)] for words in ("microsoft", "投")] == before
    assert book.verify() == ()


def test_terms_of_odd_text_are_no_trouble() -> None:
    assert list(terms("\ud800 \0 ﬁn 〆切 ｱｲ")) != []
    assert asked("* ** ***") == ()
    assert len(list(terms("a" * 1_000_000))) == 1
