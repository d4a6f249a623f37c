from itertools import permutations
from typing import Any

from pledgebook.domain import Document, Span
from pledgebook.flow.voices import voices

STORY = (
    "The operator said on Tuesday that it would put three billion crowns into a campus of server halls outside the "
    "harbour town, its largest sum in the region so far. Work on the first hall starts in spring, and two hundred people "
    "are to be hired before the doors open. The mayor called it a good day for a town that has lost its shipyard."
)
OTHER = (
    "Three billion crowns will go to a new site near the coast, the company announced. It wants to begin building next "
    "year. Local groups ask where the water for the machines is going to come from, and who pays for the power line "
    "that has to be laid across the bay before anything can be switched on."
)
CJK = "同社は火曜日、港町の郊外に三千億円を投じて新しいデータセンターを建設すると発表した。来春に着工し、二百人を雇用する見通しだ。市長は歓迎の意を示した。"


def document(name: str, text: str, **fields: Any) -> Document:
    return Document(f"{name}.txt", text, "en", name=name, **fields)


def test_copies_are_one_voice_and_own_words_another() -> None:
    copy = "By our correspondent. " + STORY.replace("The operator", "THE  OPERATOR") + " Read our terms of use."
    found = voices([document("c", copy), document("a", STORY), document("b", OTHER)])
    assert found == {"a": "a", "b": "b", "c": "a"}


def test_a_shortened_copy_speaks_with_the_same_voice() -> None:
    assert voices([document("a", STORY + " " + OTHER), document("b", STORY)]) == {"a": "a", "b": "a"}


def test_scripts_without_blanks_are_compared_too() -> None:
    assert voices([document("a", CJK), document("b", "速報 " + CJK)]) == {"a": "a", "b": "a"}


def test_noise_is_nobodys_voice() -> None:
    menu = STORY + " "
    noise = (Span(0, len(menu)),)
    one, two = document("a", menu + OTHER, noise=noise), document("b", menu + CJK, noise=noise)
    assert voices([one, two]) == {"a": "a", "b": "b"}


def test_order_changes_nothing() -> None:
    documents = [document("a", STORY), document("b", OTHER), document("c", STORY), document("d", STORY + OTHER)]
    assert len({tuple(sorted(voices(order).items())) for order in permutations(documents)}) == 1


def test_very_short_texts_are_left_alone() -> None:
    assert voices([document("a", "Acme invests."), document("b", "Acme invests.")]) == {"a": "a", "b": "b"}


def test_what_one_agency_told_is_one_voice_in_whatever_words() -> None:
    documents = [document("a", f"OSLO, May 13 (Reuters) - {STORY}"), document("b", f"{OTHER}\nSource: Reuters")]
    assert voices(documents) == {"a": "Reuters", "b": "Reuters"}
    # Two agencies at once say nothing of whose words they are.
    assert voices([document("a", f"OSLO (AFP, dpa) - {STORY}\nSource: Reuters"), documents[1]])["a"] != "Reuters"
    assert voices([document("a", STORY), documents[1]]) == {"a": "a", "b": "Reuters"}


def test_who_quotes_a_press_release_speaks_with_its_voice() -> None:
    said = (
        "“We have been looking for a town with clean power and a harbour for three years,” said the head of the firm."
    )
    release = document("r", f"Press release\n{STORY} {said}")
    quoting = document("q", f"{OTHER} {said.replace('“', chr(34)).replace('”', chr(34))}")
    assert voices([quoting, release, document("z", OTHER[:200])]) == {"q": "r", "r": "r", "z": "r"}
    assert voices([quoting, document("s", f"{STORY} {said}")]) == {"q": "q", "s": "s"}


def test_a_copy_of_an_agencys_story_is_the_agencys() -> None:
    assert voices([document("a", STORY), document("b", f"OSLO (NTB) - {STORY}")]) == {"a": "NTB", "b": "NTB"}
