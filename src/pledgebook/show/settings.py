"""Settings: what each is called, where its value comes from, what it is without one."""

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from pledgebook.domain import SettingError

LOCAL_FILE = "pledgebook.toml"
PREFIX = "PLEDGEBOOK_"
_TRUE, _FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off", "")


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting: `read` gives its value from the words of a flag or a variable, or raises ValueError."""

    name: str
    default: Any
    read: Callable[[str], Any]
    help: str

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return PREFIX + self.name.upper()

    @property
    def flag(self) -> str:
        """The flag that sets it."""
        return "--in" if self.name == "currency" else "--" + self.name.replace("_", "-")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A value and where it comes from: "flag", "environment", a file's path, or "default"."""

    value: Any
    origin: str


def _whole(words: str) -> int:
    value = int(words.replace("_", "").replace(",", ""))
    if value < 0:
        raise ValueError(f"{value} is negative")
    return value


def _positive(words: str) -> int:
    value = _whole(words)
    if value == 0:
        raise ValueError("0 is not positive")
    return value


def _flag(words: str) -> bool:
    if words.lower() in _TRUE:
        return True
    if words.lower() in _FALSE:
        return False
    raise ValueError("neither yes nor no")


def _currency(words: str) -> str:
    code = words.strip().upper()
    if len(code) != 3 or not code.isascii() or not code.isalpha():
        raise ValueError("not three letters of ISO 4217")
    return code


def _words(words: str) -> str:
    if not words.strip():
        raise ValueError("empty")
    return words


def _organisation(words: str) -> str:
    # What the standard asks of an identifier, and what can stand in an address.
    if not words.strip() or any(sign in "/&|?" or not sign.isprintable() or sign.isspace() for sign in words.strip()):
        raise ValueError("no identifier of an organisation, as XM-DAC-7")
    return words.strip()


def _port(words: str) -> int:
    value = _whole(words)
    if value > 65535:
        raise ValueError(f"{value} is more than 65535")
    return value


def _seconds(words: str) -> float:
    value = float(words)
    if not 0 <= value < float("inf"):
        raise ValueError("no number of seconds")
    return value


def _some_seconds(words: str) -> float:
    value = _seconds(words)
    if value == 0:
        raise ValueError("0 is no time")
    return value


def _networks(words: str) -> str:
    from ipaddress import ip_network  # noqa: PLC0415 - only where networks are opened

    for name in filter(None, map(str.strip, words.split(","))):
        ip_network(name)
    return words.strip()


def _money(words: str) -> Decimal:
    try:
        value = Decimal(words.replace("_", ""))
    except ArithmeticError as error:
        raise ValueError("no number") from error
    if not value.is_finite() or value < 0:
        raise ValueError(f"{value} is no sum of money")
    return value


def _any_words(words: str) -> str:
    return words.strip()


SETTINGS = (
    Setting("db", "pledgebook.db", _words, "the book: the path of a file, or postgresql://..."),
    Setting("reader", "rules", _words, "who reads the documents"),
    Setting("currency", "USD", _currency, "what totals are converted to (ISO 4217)"),
    Setting("workers", 0, _whole, "processes that read side by side; 0: as many as it pays to have"),
    Setting("max_bytes", 20_000_000, _positive, "documents larger than this are refused"),
    Setting("document_seconds", 10.0, _some_seconds, "seconds after which a document that is read is given up"),
    Setting("document_memory", 1_000_000_000, _positive, "bytes of memory that reading one document may take"),
    Setting("state", "", _any_words, "the memory of `watch`: the path of a file; empty: beside the book"),
    Setting("fetch_deadline", 60.0, _seconds, "seconds after which a page that is fetched is given up"),
    Setting("pause", 2.0, _seconds, "seconds in which a site is left in peace between two requests"),
    Setting(
        "user_agent", "pledgebook", _words, "what we call ourselves to sites; add an address where you can be reached"
    ),
    Setting("allow_networks", "", _networks, "private networks that may be fetched from, as 127.0.0.0/8,10.1.2.0/24"),
    Setting("host", "127.0.0.1", _words, "the address on which `serve` listens"),
    Setting("port", 8000, _port, "the port on which `serve` listens; 0: a free one"),
    Setting("origin", "", _any_words, "what people type to reach `serve` through a proxy (https://name)"),
    Setting("accounts", "pledgebook.accounts.json", _words, "the file of those who may sign in to `serve`"),
    Setting("guests", False, _flag, "whether anybody may read what `serve` shows, without an account"),
    Setting("owner", "", _any_words, "who decides in `serve` where there are no accounts; empty: the user's name"),
    Setting("reporter", "XI-PLEDGEBOOK", _organisation, "the identifier of who publishes IATI activities"),
    Setting(
        "reporter_name",
        "Pledgebook (secondary reporter: what news articles tell)",
        _words,
        "the name of who publishes IATI activities",
    ),
    Setting("llm_url", "", _any_words, "where a language model answers (https://host/v1), for `--reader rules+llm`"),
    Setting("llm_model", "", _any_words, "the name of the model there"),
    Setting("llm_key_from", "PLEDGEBOOK_LLM_KEY", _words, "the environment variable that holds the key"),
    Setting("llm_deadline", 120.0, _seconds, "seconds after which an answer of the model is given up"),
    Setting("llm_tokens", 0, _whole, "tokens that one call may spend at most; 0: no limit"),
    Setting("llm_budget", Decimal(0), _money, "money that one call may spend at most, by llm_prices; 0: no limit"),
    Setting("llm_prices", "", _any_words, "what a million tokens cost, read and written, as `3,15` or `3,15,EUR`"),
    Setting("llm_answers", "", _any_words, "the folder of answers that are not paid for twice; empty: beside the book"),
    Setting("quiet", False, _flag, "say nothing but errors on stderr"),
    Setting("verbose", False, _flag, "say more on stderr"),
)


def user_folder(environment: Mapping[str, str], platform: str = sys.platform) -> Path:
    """The folder of the user's own settings on this kind of machine.

    >>> user_folder({"XDG_CONFIG_HOME": "/x"}, "linux").as_posix()
    '/x/pledgebook'
    """
    if platform == "win32" and environment.get("APPDATA"):
        return Path(environment["APPDATA"]) / "pledgebook"
    home = Path(environment.get("HOME") or environment.get("USERPROFILE") or ".")
    if platform == "darwin":
        return home / "Library" / "Application Support" / "pledgebook"
    return Path(environment.get("XDG_CONFIG_HOME") or home / ".config") / "pledgebook"


def load_settings(
    flags: Mapping[str, Any], *, environment: Mapping[str, str] | None = None, folder: Path | None = None
) -> dict[str, Chosen]:
    """Every setting with its value and origin: flag, then PLEDGEBOOK_*, ./pledgebook.toml, the user's file, default.

    Raises SettingError for a value that can't be used and for a name that is no setting.
    """
    environment = os.environ if environment is None else environment
    here = (Path() if folder is None else folder) / LOCAL_FILE
    files = [(path, _read_file(path)) for path in (here, user_folder(environment) / LOCAL_FILE)]
    chosen = {}
    for setting in SETTINGS:
        chosen[setting.name] = _choose(setting, flags.get(setting.name), environment, files)
    return chosen


def _choose(
    setting: Setting, flag: object, environment: Mapping[str, str], files: list[tuple[Path, dict[str, Any]]]
) -> Chosen:
    if flag is not None:
        return Chosen(_read(setting, flag, setting.flag), "flag")
    if setting.variable in environment:
        return Chosen(_read(setting, environment[setting.variable], setting.variable), "environment")
    for path, values in files:
        if setting.name in values:
            return Chosen(_read(setting, values[setting.name], f"{path}, {setting.name}"), str(path))
    return Chosen(setting.default, "default")


def _read(setting: Setting, value: object, where: str) -> Any:  # noqa: ANN401 - each setting has its own type
    try:
        return setting.read(str(value))
    except ValueError as error:
        raise SettingError(where, f"{value!r} ({error})", f"It is {setting.help}.") from error


def _read_file(path: Path) -> dict[str, Any]:
    try:
        source = path.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError) as error:
        raise SettingError(str(path), f"can't be read ({error})", "Mend it, or move it away.") from error
    import tomllib  # noqa: PLC0415 - most people have no such file

    try:
        values = tomllib.loads(source)
    except ValueError as error:
        raise SettingError(str(path), f"can't be read ({error})", "Mend it, or move it away.") from error
    known = {setting.name for setting in SETTINGS}
    for name, value in values.items():
        if name not in known:
            raise SettingError(str(path), f"{name!r}, which is no setting", f"Use {', '.join(sorted(known))}.")
        if isinstance(value, dict | list):
            raise SettingError(f"{path}, {name}", f"{value!r}, not one value", "Write a string, a number or true.")
    return values
