import json
from pathlib import Path
from typing import Any

import pytest

from pledgebook.domain import UsageError, WireError
from pledgebook.show.evaluation import Gold, read_gold, read_names

CLAIM = {
    "key": "k",
    "investors": [{"name": "Delta National Bank"}],
    "stage": "announced",
    "role": "new",
    "purposes": ["general"],
    "recipient": {"name": "Nile Data Valley"},
    "aka": {"Delta National Bank": ["DNB"]},
}
DOCUMENT = {"id": "a", "language": "ar-EG", "format": "html", "content": "<p>x</p>", "claims": [CLAIM]}


def gold(tmp_path: Path, *, names: Any = None, **fields: Any) -> Gold:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(DOCUMENT | fields) + "\n\n", encoding="utf-8")
    [document] = read_gold(str(path), names=names)
    return document


def named(tmp_path: Path, names: Any) -> str:
    path = tmp_path / "names.json"
    path.write_text(names if isinstance(names, str) else json.dumps(names, ensure_ascii=False), encoding="utf-8")
    return str(path)


def test_names_beside_the_gold_count_for_the_parties_of_their_claim(tmp_path: Path) -> None:
    names = read_names(
        named(
            tmp_path,
            {
                "a": {"Delta National Bank": ["بنك الدلتا الوطني"], "Nile Data Valley": ["وادي النيل"], "Else": ["E"]},
                "b": {"Delta National Bank": ["not in this document"]},
            },
        )
    )
    [also] = gold(tmp_path, names=names).also
    assert also == {
        "بنك الدلتا الوطني": "Delta National Bank",
        "وادي النيل": "Nile Data Valley",
        "DNB": "Delta National Bank",
    }
    assert gold(tmp_path).also == ({"DNB": "Delta National Bank"},)


def test_what_ends_a_line_for_others_may_stand_in_a_text(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(DOCUMENT | {"content": "a\u2028b\x85c"}, ensure_ascii=False) + "\r\n", encoding="utf-8")
    [document] = read_gold(str(path))
    assert document.content == "a\u2028b\x85c"


def test_a_document_tells_what_kind_it_is(tmp_path: Path) -> None:
    plain = gold(tmp_path)
    assert (plain.language, plain.format, plain.style, plain.tags) == ("ar", "html", None, ())
    told = gold(tmp_path, format="text", style="wire", tags=["table", "negative"])
    assert (told.format, told.style, told.tags) == ("text", "wire", ("table", "negative"))


@pytest.mark.parametrize(
    ("names", "where"),
    [
        ("{", "names.json"),
        ([], "names.json"),
        ({"a": ["x"]}, "names.json.a"),
        ({"a": {"Acme": "x"}}, "names.json.a.Acme"),
        ({"a": {"Acme": [1]}}, "names.json.a.Acme"),
    ],
)
def test_a_broken_file_of_names_is_told_with_its_place(tmp_path: Path, names: Any, where: str) -> None:
    with pytest.raises(WireError) as error:
        read_names(named(tmp_path, names))
    assert where in str(error.value)


def test_a_missing_file_of_names_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="none"):
        read_names(str(tmp_path / "none.json"))
