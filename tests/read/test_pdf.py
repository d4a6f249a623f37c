from pathlib import Path

import pytest

from pdfs import pdf
from plain_reader import PlainReader
from pledgebook.domain import DocumentError, Finding, Page, ReadDocument
from pledgebook.flow import read, read_page
from pledgebook.read import read_pdf, read_sources
from pledgebook.read.media import PDF
from pledgebook.wire import document_line, read_line

FIRST = (
    "Northwind Compute to build in Ghent",
    "Northwind Compute will put 400 million euros into three data halls on the old",
    "dockside of Ghent, the company said on Tuesday, with grid works to begin in the",
    "spring.",
    "The sum is the largest that the region has been promised since the harbour was",
    "deepened, and it is to be spent in",
)
SECOND = (
    "four years. A second phase depends on the permit for the water main.",
    "Contact: Press office",
)


def text_of(content: bytes) -> str:
    opened = read_pdf(Page("a.pdf", content, PDF))
    assert not isinstance(opened, Finding), opened
    return opened[0].content.decode()


def test_lines_become_paragraphs_and_pages_are_parted_by_form_feeds() -> None:
    first, second = text_of(pdf(FIRST, SECOND)).split("\f")
    heading, story, sum_ = first.splitlines()
    assert heading == FIRST[0]
    assert story == " ".join(FIRST[1:4])
    assert sum_ == " ".join(FIRST[4:]) + " four years."
    assert second.splitlines() == ["A second phase depends on the permit for the water main.", "Contact: Press office"]


def test_every_claim_knows_its_page(tmp_path: Path) -> None:
    pages = [["A heading of the page", f"Acme{number} pledges {number}000000 EUR to ES."] for number in range(1, 4)]
    (tmp_path / "a.pdf").write_bytes(pdf(*pages))
    (page,) = read_sources([str(tmp_path / "a.pdf")])
    assert isinstance(page, Page)
    found = read_page(page, PlainReader())
    assert isinstance(found, ReadDocument)
    document = found.document
    assert document.text.count("\f") == 2
    told = {claim.id: document.page_of(claim.evidence[0].span) for claim in found.claims}
    assert list(told.values()) == [1, 2, 3]
    for claim in found.claims:
        for item in claim.evidence:
            assert item.span.of(document.text) == item.text


def test_page_numbers_and_running_titles_are_left_out_and_figures_stay() -> None:
    pages = [
        ["Northwind press release", f"A hall of {n}00 megawatts", "is built.", "More of it.", f"Page {n} of 4"]
        for n in range(1, 5)
    ]
    text = text_of(pdf(*pages))
    assert "press release" not in text
    assert "Page" not in text
    assert all(f"A hall of {n}00 megawatts" in text for n in range(1, 5))
    assert text_of(pdf(["Same line"], ["Same line"], ["Same line"])).count("Same line") == 3


def test_a_scanned_pdf_is_named_and_one_with_scanned_pages_is_read() -> None:
    scanned = read_pdf(Page("a.pdf", pdf(None, None), PDF))
    assert isinstance(scanned, Finding)
    assert (scanned.name, "2 pages" in scanned.message) == ("scanned-pdf", True)
    opened = read_pdf(Page("a.pdf", pdf(FIRST, None), PDF))
    assert not isinstance(opened, Finding)
    (odd,) = opened[1]
    assert (odd.name, "1 of 2 pages (2)" in odd.message) == ("pages-without-text", True)


def test_findings_of_a_pdf_stand_with_its_document() -> None:
    found = read_page(Page("a.pdf", pdf(FIRST, None), PDF), PlainReader())
    assert isinstance(found, ReadDocument)
    assert [(item.name, item.document) for item in found.findings] == [("pages-without-text", found.document.id)]


@pytest.mark.parametrize("content", [b"%PDF-1.7\n...", pdf(FIRST)[:200], b"%PDF-" + bytes(500)])
def test_a_damaged_pdf_is_refused(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="damaged PDF"):
        read_pdf(Page("a.pdf", content, PDF))
    (tmp_path / "a.pdf").write_bytes(content)
    (found,) = read([str(tmp_path / "a.pdf")], reader="rules")
    assert isinstance(found, Finding)
    assert found.name == "unreadable-document"


def test_a_pdf_is_known_by_its_bytes_not_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "release").write_bytes(pdf(FIRST))
    (page,) = read_sources([str(tmp_path / "release")])
    assert isinstance(page, Page)
    assert page.media_type == PDF


def test_the_page_stands_in_the_json_and_comes_back() -> None:
    found = read_page(Page("a.pdf", pdf(["Heading"], ["Acme pledges 3000000 EUR to ES."]), PDF), PlainReader())
    assert isinstance(found, ReadDocument)
    line = document_line(found.document, found.claims)
    assert '"page": 2' in line
    assert read_line(line)[1][0].evidence == found.claims[0].evidence
    plain = read_page(Page("a.txt", b"Acme pledges 3000000 EUR to ES."), PlainReader())
    assert isinstance(plain, ReadDocument)
    assert '"page"' not in document_line(plain.document, plain.claims)
