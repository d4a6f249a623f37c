from pledgebook.reconcile import find_voices

STORY = (
    "Acme will put four billion euros into three sites near the old harbour, its president said on Monday morning. "
    "The first halls are to open in 2027. The mayor spoke of a great day for the town and its two thousand craftsmen. "
)
OWN = (
    "On the quay nobody had heard of it. The fishermen shrugged, the baker laughed, and the union asked for a meeting. "
    "What the plans mean for the water of the canal is open, says an engineer who has measured it for twenty years. "
)


def test_a_copy_with_another_headline_is_the_same_voice() -> None:
    voices = find_voices({"b": "WIRE - " + STORY, "a": STORY + "Reporting by our staff.", "c": OWN})
    assert voices == {"a": "a", "b": "a", "c": "c"}


def test_a_story_that_quotes_a_release_in_full_is_its_voice() -> None:
    assert find_voices({"release": STORY, "story": OWN + STORY + OWN[::-1]})["story"] == "release"


def test_texts_of_their_own_are_voices_of_their_own() -> None:
    assert find_voices({"a": STORY, "b": OWN, "c": ""}) == {"a": "a", "b": "b", "c": "c"}


def test_scripts_without_spaces() -> None:
    japanese = (
        "マイクロソフトは火曜日、日本でデータセンターとクラウドの拡張に二十九億ドルを投じると発表した。三百万人に研修を行う。"
        * 2
    )
    assert find_voices({"a": japanese, "b": japanese.replace("。", "\n")}) == {"a": "a", "b": "a"}
