"""The state of a key as bytes: JSON, read back by the state's type. The same state, the same bytes.

Fields stand in the order of their class, a ``dict`` in the order in which it was filled: it comes back in that order, so
that walking through it gives the same whether the state was stored in between or not.
"""

from __future__ import annotations

import json
import math
import types
import typing
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, time
from enum import Enum
from typing import Any, Union, get_args, get_origin

from ._errors import RuleError

_WHOLE_MAX = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Codec:
    """How values of a type become JSON, and come back. ``write`` takes the place of the value, for messages."""

    write: Callable[[Any, str], Any]
    read: Callable[[Any], Any]


def encode(value: Any) -> bytes:
    """What a codec wrote, as bytes."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode()


def codec_of(hint: Any, where: str) -> Codec:
    """The codec of a type; ``where`` names it in messages.

    Raises :class:`RuleError` for a type that has none, with what to use instead.
    """
    if hint in _PLAIN:
        return _plain(hint)
    if hint is Any or hint in (list, dict):
        return _any()
    if hint in _DATES:
        return Codec(lambda v, at: _checked(v, hint, at).isoformat(), hint.fromisoformat)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return Codec(lambda v, at: _checked(v, hint, at).value, hint)
    if isinstance(hint, type) and is_dataclass(hint):
        return _record(hint)
    found = _generic(hint, where)
    if found is None:
        raise RuleError(f"{where} is of type {_named(hint)}, which a state can't hold: {_instead(hint)}")
    return found


def _generic(hint: Any, where: str) -> Codec | None:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is list:
        return _list(codec_of(arguments[0], f"{where}[]"), list)
    if origin is tuple:
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            return _list(codec_of(arguments[0], f"{where}[]"), tuple)
        return _tuple([codec_of(a, f"{where}[{i}]") for i, a in enumerate(arguments)])
    if origin is dict and arguments[0] in _KEYS:
        return _dict(arguments[0], codec_of(arguments[1], f"{where}[…]"))
    if origin in (Union, types.UnionType) and types.NoneType in arguments and len(arguments) == 2:
        return _maybe(codec_of(next(a for a in arguments if a is not types.NoneType), where))
    return None


def _named(hint: Any) -> str:
    return hint.__name__ if isinstance(hint, type) and get_origin(hint) is None else str(hint)


def _instead(hint: Any) -> str:
    if (get_origin(hint) or hint) in (set, frozenset):
        return "the order of a set differs between builds and machines; use dict[str, bool], or a list that you keep sorted"
    return (
        "use int, float, bool, str, date, time, Enum, list, dict with str, int or date as keys, | None, or dataclasses of these"
    )


def _checked(value: Any, kind: type, at: str) -> Any:
    if type(value) is not kind:
        raise RuleError(f"{at} is {value!r}, which is no {kind.__name__}, as its type says: it would come back as another")
    return value


def _float(value: Any, at: str) -> float:
    # A whole number in a place for floats is that float: otherwise a state would read back as another than it was.
    if type(value) not in (int, float) or not math.isfinite(value):
        raise RuleError(f"{at} is {value!r}, which is no finite number")
    return float(value)


def _int(value: Any, at: str) -> int:
    if type(value) is not int or abs(value) > _WHOLE_MAX:
        raise RuleError(f"{at} is {value!r}, which is no whole number of 64 bits, as its type says")
    return value


_PLAIN: dict[Any, Callable[[Any, str], Any]] = {
    int: _int,
    float: _float,
    bool: lambda v, at: _checked(v, bool, at),
    str: lambda v, at: _checked(v, str, at),
    types.NoneType: lambda v, at: _checked(v, types.NoneType, at),
    None: lambda v, at: _checked(v, types.NoneType, at),
}
_DATES = (date, time)
_KEYS: dict[Any, tuple[Callable[[Any], str], Callable[[str], Any]]] = {
    str: (str, str),
    int: (str, int),
    date: (date.isoformat, date.fromisoformat),
}


def _plain(hint: Any) -> Codec:
    # JSON writes 4.0 as 4.0, so a float comes back as one.
    return Codec(_PLAIN[hint], lambda value: value)


def _maybe(inner: Codec) -> Codec:
    return Codec(
        lambda v, at: None if v is None else inner.write(v, at),
        lambda v: None if v is None else inner.read(v),
    )


def _list(item: Codec, make: type) -> Codec:
    def write(value: Any, at: str) -> list[Any]:
        return [item.write(v, f"{at}[{i}]") for i, v in enumerate(_checked(value, make, at))]

    return Codec(write, lambda value: make(map(item.read, value)))


def _tuple(items: list[Codec]) -> Codec:
    def write(value: Any, at: str) -> list[Any]:
        if len(_checked(value, tuple, at)) != len(items):
            raise RuleError(f"{at} is {value!r}: its type says {len(items)} items")
        return [item.write(v, f"{at}[{i}]") for i, (item, v) in enumerate(zip(items, value, strict=True))]

    return Codec(write, lambda value: tuple(item.read(v) for item, v in zip(items, value, strict=True)))


def _dict(key: Any, value_codec: Codec) -> Codec:
    write_key, read_key = _KEYS[key]

    def write(value: Any, at: str) -> dict[str, Any]:
        entries = _checked(value, dict, at).items()
        return {write_key(_checked(k, key, f"a key of {at}")): value_codec.write(v, f"{at}[{k!r}]") for k, v in entries}

    return Codec(write, lambda value: {read_key(k): value_codec.read(v) for k, v in value.items()})


def _record(of: type[Any]) -> Codec:
    hints = typing.get_type_hints(of)
    parts = {f.name: codec_of(hints[f.name], f"{of.__name__}.{f.name}") for f in fields(of)}

    def write(value: Any, at: str) -> dict[str, Any]:
        own = getattr(_checked(value, of, at), "__dict__", None)
        stray = sorted(own.keys() - parts.keys()) if own and len(own) > len(parts) else ()
        if stray:
            raise RuleError(f"{at} has {', '.join(stray)}, which is no field of {of.__name__}: it would be forgotten")
        return {name: codec.write(getattr(value, name), f"{at}.{name}") for name, codec in parts.items()}

    def read(value: Any) -> Any:
        made: Any = object.__new__(of)
        for name, codec in parts.items():
            object.__setattr__(made, name, codec.read(value[name]))
        return made

    return Codec(write, read)


def _any() -> Codec:
    return Codec(_json, lambda value: value)


def _json(value: Any, at: str) -> Any:
    """A value of JSON, as it is; anything that would come back as something else is refused."""
    kind = type(value)
    if kind in (set, frozenset):
        raise RuleError(f"{at} is a set: {_instead(set)}")
    if kind is list:
        return [_json(v, f"{at}[{i}]") for i, v in enumerate(value)]
    if kind is dict:
        return {_checked(k, str, f"a key of {at}"): _json(v, f"{at}[{k!r}]") for k, v in value.items()}
    if kind is float:
        return _float(value, at)
    if kind in (int, str, bool, types.NoneType):
        return value
    raise RuleError(f"{at} is {value!r}: a value of JSON is wanted, or a dataclass that says the types")
