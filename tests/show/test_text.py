from typing import Any

import pytest

from pledgebook.show.text import cell, plain


def test_controls_and_overrides_are_shown_and_lines_joined() -> None:
    assert plain("a\x1b]0;t\x07b\u202ec\nd\te") == "a\ufffd]0;t\ufffdb\ufffdc d e"
    assert plain("a\nb", lines=True) == "a\nb"


@pytest.mark.parametrize("words", ["=1", "+1", "-1", "@a", "\tx", "\rx"])
def test_no_cell_is_a_formula(words: Any) -> None:
    assert cell(words) == "'" + words
