from datetime import date
from email.message import EmailMessage
from pathlib import Path

from pdfs import pdf
from pledgebook.domain import Finding, Page
from pledgebook.read import read_sources

BODY = """Northwind Compute will put 400 million euros into three data halls on
the old dockside of Ghent, the company said on Tuesday. Work begins in
the spring, and the first of the halls is to open two years later. The
site was chosen for its grid.

> On Monday somebody wrote:
> buy now
"""


def message(
    body: str = BODY, *, html: str | None = None, date_: str = "Tue, 12 May 2026 23:30:00 -0500"
) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Date"] = "press@northwind.example", "desk@news.example", date_
    made["Subject"] = "Northwind builds in Ghent, with 400 million euros and a lot of glass"
    made.set_content(body)
    if html is not None:
        made.add_alternative(html, subtype="html")
    return made


def read(folder: Path, name: str, content: bytes) -> list[Page | Finding]:
    (folder / name).write_bytes(content)
    return list(read_sources([str(folder / name)]))  # type: ignore[arg-type]


def test_a_message_is_a_page(tmp_path: Path) -> None:
    (page,) = read(tmp_path, "a.eml", message().as_bytes())
    assert isinstance(page, Page)
    text = page.content.decode()
    assert text.startswith("Northwind Compute will put 400 million euros into three data halls on the old dockside of")
    assert "buy now" not in text
    assert page.published == date(2026, 5, 12)
    assert page.title == "Northwind builds in Ghent, with 400 million euros and a lot of glass"


def test_html_is_taken_where_the_plain_text_only_points_to_it(tmp_path: Path) -> None:
    (page,) = read(tmp_path, "a.eml", message("See HTML.", html="<p>Acme pledges 3 EUR</p>").as_bytes())
    assert isinstance(page, Page)
    assert (page.media_type, b"Acme pledges" in page.content) == ("text/html", True)
    (page,) = read(tmp_path, "b.eml", message(html="<p>shiny</p>").as_bytes())
    assert isinstance(page, Page)
    assert page.media_type == "text/plain"


def test_attachments_are_documents_of_their_own_and_pictures_are_not(tmp_path: Path) -> None:
    made = message()
    made.add_attachment(pdf(["Annex"]), maintype="application", subtype="pdf", filename="annex.pdf")
    made.add_attachment(b"\x89PNG....", maintype="image", subtype="png", filename="logo.png")
    made.add_attachment("id,text\n1,Acme builds\n", filename="../rows.csv", subtype="csv")
    items = read(tmp_path, "a.eml", made.as_bytes())
    assert [item.source.rpartition("/")[2] if isinstance(item, Page) else item.name for item in items] == [
        "a.eml", "annex.pdf", "1",
    ]  # fmt: skip


def test_other_encodings_and_a_message_without_words(tmp_path: Path) -> None:
    made = EmailMessage()
    made["Subject"] = "=?iso-8859-1?q?M=E1laga?="
    made.set_content("Acme construirá en Málaga. " * 10, charset="iso-8859-1")
    (page,) = read(tmp_path, "a.eml", made.as_bytes())
    assert isinstance(page, Page)
    assert "Málaga" in page.content.decode()
    empty = EmailMessage()
    empty["Subject"] = "nothing"
    empty.set_content(" ")
    (found,) = read(tmp_path, "b.eml", empty.as_bytes())
    assert isinstance(found, Finding)
    assert found.name == "empty-document"


def test_a_box_is_read_message_by_message(tmp_path: Path) -> None:
    one, two = message(), message(BODY.replace("Ghent", "Bruges") + "\n>From the archive\n")
    box = b"From a@b.example Tue May 12\n" + one.as_bytes() + b"\n\nFrom a@b.example Wed May 13\n" + two.as_bytes()
    first, second = read(tmp_path, "a.mbox", box)
    assert isinstance(first, Page)
    assert isinstance(second, Page)
    assert (first.source[-9:], second.source[-9:]) == ("message 1", "message 2")
    assert "Bruges" in second.content.decode()
    # A box that grows gives the same names to what was in it.
    again = read(tmp_path, "b.mbox", box + b"\n\nFrom x\n" + message("words " * 60).as_bytes())
    assert [page.name for page in again[:2] if isinstance(page, Page)] == [first.name, second.name]


def test_a_message_that_is_too_large_is_passed_over(tmp_path: Path) -> None:
    box = b"From a\n" + b"x" * 5000 + b"\n\nFrom b\n" + message().as_bytes()
    (tmp_path / "a.mbox").write_bytes(box)
    large, page = read_sources([str(tmp_path / "a.mbox")], max_bytes=2000)
    assert isinstance(large, Finding)
    assert large.name == "oversized-document"
    assert isinstance(page, Page)


def test_bytes_that_are_no_mail_break_nothing(tmp_path: Path) -> None:
    for number, content in enumerate(
        (b"\xff\xfe\xfd", b"Content-Type: multipart/mixed; boundary=x\n\n--x\n", b":\n:\n")
    ):
        assert len(read(tmp_path, f"{number}.eml", content)) == 1
