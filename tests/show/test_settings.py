from pathlib import Path
from typing import Any

import pytest

from pledgebook.domain import SettingError
from pledgebook.show.settings import SETTINGS, Chosen, load_settings, user_folder


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path, dict[str, str]]:
    here, user = tmp_path / "here", tmp_path / "config" / "pledgebook"
    here.mkdir()
    user.mkdir(parents=True)
    return here, user / "pledgebook.toml", {"XDG_CONFIG_HOME": str(tmp_path / "config"), "HOME": str(tmp_path)}


def test_a_flag_goes_before_the_environment_before_files_before_the_default(places: Any) -> None:
    here, user, environment = places
    steps = [
        (Chosen("pledgebook.db", "default"), lambda: None, {}),
        (Chosen("user.db", str(user)), lambda: user.write_text('db = "user.db"', encoding="utf-8"), {}),
        (
            Chosen("local.db", str(here / "pledgebook.toml")),
            lambda: (here / "pledgebook.toml").write_text('db = "local.db"', encoding="utf-8"),
            {},
        ),
        (Chosen("variable.db", "environment"), lambda: environment.update(PLEDGEBOOK_DB="variable.db"), {}),
        (Chosen("flag.db", "flag"), lambda: None, {"db": "flag.db"}),
    ]
    for expected, prepare, flags in steps:
        prepare()
        assert load_settings(flags, environment=environment, folder=here)["db"] == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("db = ", "can't be read"),
        ('dbb = "x"', "'dbb', which is no setting"),
        ("workers = -1", "negative"),
        ('currency = "euro"', "not three letters"),
        ("[db]\npath = 3", "not one value"),
        ("quiet = 7", "neither yes nor no"),
    ],
)
def test_a_file_that_says_nonsense_is_named(places: Any, text: Any, said: Any) -> None:
    here, _, environment = places
    (here / "pledgebook.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingError, match=said) as caught:
        load_settings({}, environment=environment, folder=here)
    assert "pledgebook.toml" in caught.value.where


def test_true_and_numbers_in_toml(places: Any) -> None:
    here, _, environment = places
    (here / "pledgebook.toml").write_text("quiet = true\nmax_bytes = 1_000\ncurrency = 'eur'", encoding="utf-8")
    found = load_settings({}, environment=environment, folder=here)
    assert (found["quiet"].value, found["max_bytes"].value, found["currency"].value) == (True, 1000, "EUR")


def test_every_setting_has_a_variable_and_help() -> None:
    for setting in SETTINGS:
        assert setting.variable == f"PLEDGEBOOK_{setting.name.upper()}"
        assert setting.help


def test_folders_of_users() -> None:
    assert user_folder({"HOME": "/h"}, "linux") == Path("/h/.config/pledgebook")
    assert user_folder({"HOME": "/h"}, "darwin") == Path("/h/Library/Application Support/pledgebook")
    assert user_folder({"APPDATA": "/r"}, "win32") == Path("/r/pledgebook")
