"""The reader that the settings name, with the language model that it asks."""

import os
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from pledgebook.domain import Finding, ReadDocument, SettingError
from pledgebook.show.cli.session import Session

if TYPE_CHECKING:
    from pledgebook.ask import Prices
    from pledgebook.flow import Reader
    from pledgebook.flow.language_model import ModelReader

_NAMES = ("llm", "rules+llm")
_ANSWERS = "pledgebook.answers"


def reader_for(session: Session) -> "str | Reader":
    """The name of a reader, or one that was made with the model that the settings tell of."""
    name: str = session["reader"]
    if name not in _NAMES:
        return name
    from pledgebook.ask import Answers, Endpoint, Model, Purse  # noqa: PLC0415 - only who asks a model needs it
    from pledgebook.flow.language_model import ModelReader  # noqa: PLC0415
    from pledgebook.flow.rules import Rules  # noqa: PLC0415

    _need_httpx()
    endpoint = Endpoint(
        url=session["llm_url"],
        model=session["llm_model"],
        key=os.environ.get(session["llm_key_from"], ""),
        deadline=session["llm_deadline"],
    )
    purse = Purse(_prices(session["llm_prices"]), session["llm_tokens"], session["llm_budget"])
    if purse.most_money and not (purse.prices.read or purse.prices.written):
        raise SettingError("llm_budget", f"{purse.most_money} with no prices", "Set llm_prices, too, or llm_tokens.")
    model = Model(endpoint, answers=Answers(_folder(session)), purse=purse)
    return ModelReader(model, rules=Rules() if name == "rules+llm" else None)


def telling_cost(
    session: Session, reader: "str | Reader", items: Iterator[ReadDocument | Finding]
) -> Iterator[ReadDocument | Finding]:
    """The same items; behind the last one stderr says what asking a model has cost."""
    if isinstance(reader, str):
        return items
    from pledgebook.flow.language_model import ModelReader  # noqa: PLC0415 - next to its use

    return _telling(session, reader, items) if isinstance(reader, ModelReader) else items


def _telling(
    session: Session, reader: "ModelReader", items: Iterator[ReadDocument | Finding]
) -> Iterator[ReadDocument | Finding]:
    try:
        yield from items
    finally:
        session.say(reader.model.purse.told())


def _prices(words: str) -> "Prices":
    from pledgebook.ask import Prices  # noqa: PLC0415 - next to its use

    if not words:
        return Prices()
    parts = [part.strip() for part in words.split(",")]
    try:
        read, written = (Decimal(part) for part in parts[:2])
    except (ValueError, ArithmeticError) as error:
        raise SettingError("llm_prices", repr(words), "Write two figures, as 3,15 or 3,15,EUR.") from error
    return Prices(read, written, *parts[2:3])


def _folder(session: Session) -> Path:
    if session["llm_answers"]:
        return Path(session["llm_answers"])
    book: str = session["db"]
    return Path(_ANSWERS) if "://" in book else Path(book).with_name(f"{Path(book).stem}.answers")


def _need_httpx() -> None:
    try:
        import httpx  # noqa: F401, PLC0415 - only whether it is there
    except ImportError as error:
        raise SettingError(
            "reader", "a language model, and httpx is not installed", "pip install 'pledgebook[llm]'"
        ) from error
