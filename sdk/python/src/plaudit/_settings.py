"""What a manager sets: a frozen dataclass, read with all its problems at once, and described as a form."""

from __future__ import annotations

import json
import math
import types
import typing
from collections.abc import Callable, Iterable
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from enum import Enum
from typing import Annotated, Any, Literal, Self, Union, get_args, get_origin

from ._effects import Text, names
from ._errors import RuleError

SCHEMA = "https://json-schema.org/draft/2020-12/schema"
_WHOLE_MAX = 2**63 - 1

Pick = Literal["metric", "team", "currency", "queue"]
"""Lists that a form can offer: metrics of the catalogue, teams, currencies, queues."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What the form says of a field and which values it takes: ``good: Annotated[float, Setting("Good is", min=1)] = 4``.

    >>> Setting("How many in a row", min=2, max=100).title
    'How many in a row'
    """

    title: str
    """In English; translations are the texts ``settings-<path>``."""
    help: str = ""
    """A sentence or two below the field; translations are the texts ``settings-<path>.help``."""
    min: float | None = None
    """The least number, inclusive."""
    max: float | None = None
    """The greatest number, inclusive."""
    unit: str = ""
    """What a number counts, such as ``minutes``."""
    pick: Pick | None = None
    """The list that a text is chosen from."""
    items_min: int | None = None
    """The least length of a list."""
    items_max: int | None = None
    """The greatest length of a list."""


class Choice(Enum):
    """A choice with titles for the form: ``class Window(Choice): DAY = "day", "A day"``.

    >>> class Window(Choice):
    ...     DAY = "day", "A day"
    ...     WEEK = "week", "A week"
    >>> Window("week").title
    'A week'
    """

    title: str

    def __new__(cls, value: str, title: str) -> Self:
        """``value`` is what a document holds, ``title`` what the form shows."""
        member = object.__new__(cls)
        member._value_ = value
        member.title = title
        return member


@dataclass(frozen=True, slots=True)
class Problem:
    """A settings field, as a JSON pointer such as ``/tiers/1/at``, and what is wrong with it and what is allowed.

    The message is a sentence in English, or a :class:`Text` of the plugin's texts.
    """

    field: str
    message: str | Text


class Invalid(RuleError):
    """A settings document is not valid."""

    def __init__(self, problems: list[Problem]) -> None:
        """All that is wrong with it."""
        self.problems = problems
        lines = (f"{p.field}: {p.message if isinstance(p.message, str) else p.message.message}" for p in problems)
        super().__init__("the settings are not valid: " + "; ".join(lines))


class Form:
    """How a settings class is read and described."""

    def __init__(self, of: type[Any]) -> None:
        """For a dataclass, or ``NoneType`` for a rule without settings.

        Raises :class:`RuleError` for a class that makes no form.
        """
        self._of = of
        if of is not types.NoneType and not (isinstance(of, type) and is_dataclass(of)):
            raise RuleError(f"the settings {of!r} are no dataclass: write @dataclass(frozen=True) over them, or use None")
        self._kind: _Kind = _Nothing() if of is types.NoneType else _Object(of)

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of a whole document."""
        return {**self._kind.schema(), "$schema": SCHEMA}

    def read(self, text: str) -> Any:
        """The settings of a JSON document.

        Raises :class:`Invalid` with everything that is wrong, by field.
        """
        try:
            document = json.loads(text, parse_constant=_no_number)
        except ValueError as error:
            raise Invalid([Problem("", f"is no JSON document: {error}")]) from None
        problems: list[Problem] = []
        read = self._kind.read(document, "", problems)
        if problems:
            raise Invalid(problems)
        return read


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is no number of JSON")


def shown(value: object) -> str:
    """A value as a document has it, for a message."""
    return json.dumps(value, ensure_ascii=False)


def _number(n: float) -> float | int:
    """Whole numbers are shown as whole: ``5``, not ``5.0``."""
    return int(n) if isinstance(n, float) and n.is_integer() and abs(n) < 9e15 else n


class _Kind:
    """A kind of value: how it is described, read and written."""

    def schema(self) -> dict[str, Any]:
        raise NotImplementedError

    def read(self, value: Any, at: str, problems: list[Problem]) -> Any:
        raise NotImplementedError

    def write(self, value: Any) -> Any:
        return value

    def absent(self) -> bool:
        """Whether the field may be left out, and is ``None`` then."""
        return False

    def annotate(self, schema: dict[str, Any], setting: Setting) -> None:
        """Puts what the form says of a field into its schema."""
        put = {
            "title": setting.title,
            "description": setting.help,
            "x-plaudit": setting.pick,
            "x-plaudit-unit": setting.unit,
        }
        schema |= {key: value for key, value in put.items() if value}
        bounds = {
            "minimum": setting.min,
            "maximum": setting.max,
            "minItems": setting.items_min,
            "maxItems": setting.items_max,
        }
        schema |= {key: _number(value) for key, value in bounds.items() if value is not None}


def _wrong(at: str, wanted: str, value: object, problems: list[Problem]) -> Any:
    """Notes that a value is of another kind; there is nothing to read then."""
    problems.append(Problem(at, f"has to be {wanted}, not {shown(value)}"))
    return None


class _Nothing(_Kind):
    def schema(self) -> dict[str, Any]:
        return {"type": "object", "properties": {}, "required": [], "additionalProperties": False}

    def read(self, value: Any, at: str, problems: list[Problem]) -> None:
        if not isinstance(value, dict):
            _wrong(at, "an object", value, problems)
            return
        problems += [Problem(f"{at}/{name}", "is no setting; there are: none") for name in value]


class _Whole(_Kind):
    def schema(self) -> dict[str, Any]:
        return {"type": "integer"}

    def read(self, value: Any, at: str, problems: list[Problem]) -> Any:
        if type(value) is not int or abs(value) > _WHOLE_MAX:
            return _wrong(at, "a whole number", value, problems)
        return value


class _Real(_Kind):
    def schema(self) -> dict[str, Any]:
        return {"type": "number"}

    def read(self, value: Any, at: str, problems: list[Problem]) -> Any:
        if type(value) not in (int, float) or not math.isfinite(value):
            return _wrong(at, "a number", value, problems)
        return float(value)

    def write(self, value: Any) -> Any:
        return _number(float(value))


class _Truth(_Kind):
    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}

    def read(self, value: Any, at: str, problems: list[Problem]) -> Any:
        if type(value) is not bool:
            return _wrong(at, "true or false", value, problems)
        return value


class _Word(_Kind):
    def schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 1}

    def read(self, value: Any, at: str, problems: list[Problem]) -> Any:
        if type(value) is not str or not value:
            return _wrong(at, "a text that is not empty", value, problems)
        return value


class _Words(_Kind):
    """One of a few words, each with a title if it is a :class:`Choice`."""

    def __init__(self, of: dict[str, Any], titles: dict[str, str]) -> None:
        self._of, self._titles = of, titles

    def schema(self) -> dict[str, Any]:
        if self._titles:
            titled = [{"const": word, "title": title} for word, title in self._titles.items()]
            return {"type": "string", "oneOf": titled}
        return {"type": "string", "enum": list(self._of)}

    def read(self, value: Any, at: str, problems: list[Problem]) -> Any:
        if not isinstance(value, str) or value not in self._of:
            problems.append(Problem(at, f"is {shown(value)}, has to be one of {names(self._of)}"))
            return None
        return self._of[value]

    def write(self, value: Any) -> Any:
        return value.value if isinstance(value, Enum) else value


class _Maybe(_Kind):
    def __init__(self, inner: _Kind) -> None:
        self._inner = inner

    def schema(self) -> dict[str, Any]:
        return self._inner.schema()

    def read(self, value: Any, at: str, problems: list[Problem]) -> Any:
        return None if value is None else self._inner.read(value, at, problems)

    def write(self, value: Any) -> Any:
        return None if value is None else self._inner.write(value)

    def absent(self) -> bool:
        return True


class _List(_Kind):
    def __init__(self, item: _Kind, make: Callable[[Iterable[Any]], Any]) -> None:
        self._item, self._make = item, make

    def schema(self) -> dict[str, Any]:
        return {"type": "array", "items": self._item.schema()}

    def read(self, value: Any, at: str, problems: list[Problem]) -> Any:
        if not isinstance(value, list):
            return _wrong(at, "a list", value, problems)
        # Every item is read, so that every problem is found.
        return self._make([self._item.read(item, f"{at}/{i}", problems) for i, item in enumerate(value)])

    def write(self, value: Any) -> Any:
        return [self._item.write(item) for item in value]


class _Object(_Kind):
    def __init__(self, of: type[Any]) -> None:
        if not of.__dataclass_params__.frozen:
            raise RuleError(f"the settings {of.__name__} can be changed: write @dataclass(frozen=True) over them")
        hints = typing.get_type_hints(of, include_extras=True)
        self._of = of
        self._fields = [_Field(of, field, hints[field.name]) for field in fields(of)]

    def schema(self) -> dict[str, Any]:
        schema: dict[str, Any] = {"type": "object", "properties": {}, "required": [], "additionalProperties": False}
        for field in self._fields:
            schema["properties"][field.name] = field.schema()
            if field.is_required:
                schema["required"].append(field.name)
        return schema

    def read(self, value: Any, at: str, problems: list[Problem]) -> Any:
        if not isinstance(value, dict):
            return _wrong(at, "an object", value, problems)
        known = [field.name for field in self._fields]
        unknown = (name for name in value if name not in known)
        problems += [Problem(f"{at}/{name}", f"is no setting; there are: {names(known)}") for name in unknown]
        before = len(problems)
        read = {field.name: field.read(value, at, problems) for field in self._fields}
        return self._of(**read) if len(problems) == before else None

    def write(self, value: Any) -> Any:
        return {field.name: field.kind.write(getattr(value, field.name)) for field in self._fields}


class _Field:
    """A field of a settings class: its kind, and what the form says of it."""

    def __init__(self, of: type[Any], field: Field[Any], hint: Any) -> None:
        where = f"{of.__name__}.{field.name}"
        self.name = field.name
        found: list[Any] = []
        if get_origin(hint) is Annotated:
            hint, *found = get_args(hint)
        self.setting = next((note for note in found if isinstance(note, Setting)), Setting(""))
        self.kind = kind_of(hint, where)
        self._default = field.default
        self._factory = field.default_factory
        if not self.is_required and self.default() is not None:
            self._default_fits(where)

    @property
    def is_required(self) -> bool:
        return self._default is MISSING and self._factory is MISSING and not self.kind.absent()

    def default(self) -> Any:
        if self._factory is not MISSING:
            return self._factory()
        return None if self._default is MISSING else self._default

    def _default_fits(self, where: str) -> None:
        problems: list[Problem] = []
        self.read({self.name: self.kind.write(self.default())}, "", problems)
        if problems:
            raise RuleError(f"the default of {where} is not allowed: it {problems[0].message}")

    def schema(self) -> dict[str, Any]:
        schema = self.kind.schema()
        self.kind.annotate(schema, self.setting)
        if not self.is_required and self.default() is not None:
            schema["default"] = self.kind.write(self.default())
        return schema

    def read(self, document: dict[str, Any], at: str, problems: list[Problem]) -> Any:
        at = f"{at}/{self.name}"
        if self.name not in document:
            if self.is_required:
                problems.append(Problem(at, "is missing"))
            return self.default()
        value = document[self.name]
        before = len(problems)
        read = self.kind.read(value, at, problems)
        if len(problems) == before:
            self._check(value, at, problems)
        return read

    def _check(self, value: Any, at: str, problems: list[Problem]) -> None:
        is_in = self.setting
        if isinstance(value, int | float) and not isinstance(value, bool):
            if is_in.min is not None and value < is_in.min:
                problems.append(Problem(at, f"is {_number(value)}, has to be at least {_number(is_in.min)}"))
            if is_in.max is not None and value > is_in.max:
                problems.append(Problem(at, f"is {_number(value)}, may be at most {_number(is_in.max)}"))
        if isinstance(value, list):
            if is_in.items_min is not None and len(value) < is_in.items_min:
                problems.append(Problem(at, f"has {len(value)} entries, needs at least {is_in.items_min}"))
            if is_in.items_max is not None and len(value) > is_in.items_max:
                problems.append(Problem(at, f"has {len(value)} entries, may have at most {is_in.items_max}"))


_PLAIN: dict[Any, Callable[[], _Kind]] = {int: _Whole, float: _Real, bool: _Truth, str: _Word}


def kind_of(hint: Any, where: str) -> _Kind:
    """The kind of a field's type.

    Raises :class:`RuleError` for a type that a form can't ask for.
    """
    if hint in _PLAIN:
        return _PLAIN[hint]()
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated and not any(isinstance(note, Setting) for note in arguments[1:]):
        return kind_of(arguments[0], where)
    if origin is Annotated:
        raise RuleError(
            f"{where} says a Setting of a list's items: the form knows settings of fields, so use a list of dataclasses"
        )
    if origin is Literal and all(isinstance(word, str) for word in arguments):
        return _Words({word: word for word in arguments}, {})
    if origin in (Union, types.UnionType) and len(arguments) == 2 and types.NoneType in arguments:
        inner = next(a for a in arguments if a is not types.NoneType)
        return _Maybe(kind_of(inner, where))
    if origin is list:
        return _List(kind_of(arguments[0], where), list)
    if origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        return _List(kind_of(arguments[0], where), tuple)
    if isinstance(hint, type) and issubclass(hint, Enum):
        titles = {m.value: m.title for m in hint} if issubclass(hint, Choice) else {}
        return _Words({member.value: member for member in hint}, titles)
    if isinstance(hint, type) and is_dataclass(hint):
        return _Object(hint)
    raise RuleError(
        f"{where} is of type {hint!r}; a form knows int, float, bool, str, Literal, Choice, | None, list, tuple[…, ...] "
        "and frozen dataclasses of these"
    )
