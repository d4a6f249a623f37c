"""Nouns to plain lists and back, by their own declarations: all of a value, to be read by the same version only."""

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

Code = Callable[[Any], Any]


class Codec:
    """Writes and reads values of `kind`; `special` says how for the types that are not to be written field by field.

    >>> from pledgebook.domain import Money
    >>> codec = Codec(Money)
    >>> codec.write(Money(Decimal("2.10"), "EUR"))
    ['2.10', 'EUR']
    >>> codec.read(['2.10', 'EUR'])
    Money(value=Decimal('2.10'), currency='EUR')
    """

    def __init__(self, kind: Any, special: Mapping[Any, tuple[Code, Code]] | None = None) -> None:  # noqa: ANN401 - any type
        self._known: dict[Any, tuple[Code, Code]] = dict(special or {})
        self.write, self.read = self._of(kind)

    def _of(self, kind: Any) -> tuple[Code, Code]:  # noqa: ANN401 - any type
        if kind not in self._known:
            self._known[kind] = self._made(kind)
        return self._known[kind]

    def _made(self, kind: Any) -> tuple[Code, Code]:  # noqa: ANN401, PLR0911 - any type; one return for each sort
        if kind in (str, int, float, bool):
            return _same, _same
        if kind is Decimal:
            return str, Decimal
        if kind in (date, datetime):
            return kind.isoformat, kind.fromisoformat
        if isinstance(kind, type) and issubclass(kind, Enum):
            return _value, {item.value: item for item in kind}.__getitem__
        if isinstance(kind, type) and is_dataclass(kind):
            return self._dataclass(kind)
        origin, arguments = get_origin(kind), get_args(kind)
        if origin in (Union, types.UnionType) and len(arguments) == 2 and type(None) in arguments:
            write, read = self._of(next(item for item in arguments if item is not type(None)))
            return _optional(write), _optional(read)
        if origin is tuple and arguments[-1] is Ellipsis:
            write, read = self._of(arguments[0])
            return _several(write, list), _several(read, tuple)
        if origin is tuple:
            pairs = [self._of(item) for item in arguments]
            return _fixed([pair[0] for pair in pairs], list), _fixed([pair[1] for pair in pairs], tuple)
        raise TypeError(f"{kind!r} has no code")

    def _dataclass(self, kind: Any) -> tuple[Code, Code]:  # noqa: ANN401 - any type
        hints = get_type_hints(kind)
        names = [item.name for item in fields(kind)]
        pairs = [self._of(hints[name]) for name in names]
        writers = list(zip(names, [pair[0] for pair in pairs], strict=True))
        readers = [(n, pair[1]) for n, pair in enumerate(pairs) if pair[1] is not _same]

        def write(value: Any) -> list[Any]:  # noqa: ANN401 - any type
            return [code(getattr(value, name)) for name, code in writers]

        def read(raw: Any) -> Any:  # noqa: ANN401 - any type
            values = list(raw)
            if len(values) != len(names):
                raise ValueError(f"{len(values)} values for the {len(names)} fields of {kind.__name__}")
            for n, code in readers:
                values[n] = code(values[n])
            return kind(*values)

        return write, read


def _same(value: Any) -> Any:  # noqa: ANN401 - any type
    return value


def _value(value: Any) -> Any:  # noqa: ANN401 - any type
    return value.value


def _optional(code: Code) -> Code:
    return lambda value: None if value is None else code(value)


def _several(code: Code, make: Callable[..., Any]) -> Code:
    if code is _same:
        return make
    return lambda values: make([code(value) for value in values]) if values else make()


def _fixed(codes: list[Code], make: Callable[[Any], Any]) -> Code:
    if all(code is _same for code in codes):
        return make
    return lambda values: make([code(value) for code, value in zip(codes, values, strict=True)])
