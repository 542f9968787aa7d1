"""The plugin's texts as a reader meets them: as much of Fluent as messages of rewards use.

Placeables, selectors by number (with the plural categories of the house's languages) and by text, ``NUMBER``, and
references to messages and terms. What it can't read it says; the host reads all of Fluent.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from .._effects import AgentName, TeamName, Text, Value, names
from .._errors import RuleError

_ENTRY = re.compile(r"^(-?[a-zA-Z][\w-]*) *= ?(.*)$")
_VARIANT = re.compile(r"\s*(\*?)\[\s*([^\]\s]+)\s*\]")
_REFERENCE = re.compile(r"^(\$?-?[a-zA-Z][\w-]*)(?:\.([\w-]+))?$")
_NUMBER = re.compile(r"^NUMBER\(\s*\$([a-zA-Z][\w-]*)\s*((?:,\s*\w+:\s*\"?\w+\"?\s*)*)\)$")
_FRACTION_MAX = 3
# Thousands, decimal point, and how many digits a number has before it is grouped.
_WRITTEN = {"es": (".", ",", 5), "lt": ("\u00a0", ",", 4)}


@dataclass(frozen=True, slots=True)
class Select:
    """A choice among patterns by a value; the last resort is the starred one."""

    by: str
    variants: tuple[tuple[str, tuple[Part, ...]], ...]
    default: str


Part = str | Select | tuple[str]
"""A text, a choice, or an expression to be put in."""


class Texts:
    """Fluent resources by locale."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._messages = {locale: _messages(source) for locale, source in sources.items()}

    def say(self, locale: str, text: Text) -> str:
        """A message in a language. Without any texts: its id and arguments, so that a transcript can be read.

        Raises :class:`RuleError` if there is no such message, or if it needs an argument that is not there.
        """
        if not self._messages:
            shown = (f"{name}={_plain(value)}" for name, value in text.arguments)
            return " ".join([text.message, *shown])
        messages = self._messages.get(locale)
        if messages is None:
            raise RuleError(f"the plugin has no texts in {locale!r}, only in {names(self._messages)}")
        return _Reader(locale, messages, dict(text.arguments)).message(text.message)


def _plain(value: Value) -> str:
    return value.id if isinstance(value, AgentName | TeamName) else str(value)


def _messages(source: str) -> dict[str, str]:
    """Patterns by id; an attribute is ``message.attribute``."""
    found: dict[str, list[str]] = {}
    at: list[str] | None = None
    message = ""
    for line in source.splitlines():
        entry = _ENTRY.match(line)
        attribute = re.match(r"^ +\.([a-zA-Z][\w-]*) *= ?(.*)$", line)
        if line.startswith("#"):
            at = None
        elif entry:
            message, first = entry.groups()
            at = found[message] = [first]
        elif attribute and message:
            at = found[f"{message}.{attribute.group(1)}"] = [attribute.group(2)]
        elif at is not None and (line.startswith((" ", "}")) or not line.strip()):
            at.append(line)
    return {id: _dedented(lines) for id, lines in found.items()}


def _dedented(lines: list[str]) -> str:
    indents = [len(line) - len(line.lstrip()) for line in lines[1:] if line.strip() and line.startswith(" ")]
    cut = min(indents, default=0)
    rest = [line[cut:] if line.startswith(" ") else line for line in lines[1:]]
    return "\n".join([lines[0], *rest]).strip("\n ")


class _Reader:
    """Renders one message."""

    def __init__(self, locale: str, messages: dict[str, str], arguments: dict[str, Value]) -> None:
        self._locale = locale
        self._messages = messages
        self._arguments = arguments

    def message(self, id: str) -> str:
        if id not in self._messages:
            raise RuleError(f"{self._locale} has no text {id!r}")
        return "".join(map(self._part, _Pattern(self._messages[id], f"{self._locale}: {id}").parts()))

    def _part(self, part: Part) -> str:
        if isinstance(part, str):
            return part
        if isinstance(part, tuple):
            return self._written(part[0])
        value = self._value(part.by)
        key = str(value)
        if isinstance(value, int | float):
            exact = next((k for k, _ in part.variants if _is_number(k) and float(k) == value), None)
            key = exact or _plural(self._locale, value)
        chosen = dict(part.variants)
        return "".join(map(self._part, chosen.get(key, chosen[part.default])))

    def _value(self, expression: str) -> Value:
        formatted = _NUMBER.match(expression)
        name = formatted.group(1) if formatted else expression.removeprefix("$")
        if not formatted and not expression.startswith("$"):
            raise RuleError(f"{self._locale}: a choice by {expression!r} can't be rendered here")
        if name not in self._arguments:
            raise RuleError(f"{self._locale}: the text wants an argument {name!r}; there is {names(self._arguments)}")
        return self._arguments[name]

    def _written(self, expression: str) -> str:
        if expression.startswith('"') and expression.endswith('"'):
            return expression[1:-1]
        formatted = _NUMBER.match(expression)
        if formatted:
            digits = re.search(r"maximumFractionDigits:\s*(\d+)", formatted.group(2))
            value = self._value(expression)
            return (
                self._number(float(value), int(digits.group(1)) if digits else _FRACTION_MAX)
                if isinstance(value, int | float)
                else str(value)
            )
        reference = _REFERENCE.match(expression)
        if reference is None:
            raise RuleError(f"{self._locale}: {{ {expression} }} can't be rendered here")
        if not expression.startswith("$"):
            return self.message(expression)
        value = self._value(expression)
        if isinstance(value, int | float):
            return self._number(float(value), _FRACTION_MAX)
        return value.isoformat() if isinstance(value, date) else _plain(value)

    def _number(self, value: float, digits: int) -> str:
        group, point, grouped_from = _WRITTEN.get(self._locale, (",", ".", 4))
        whole, _, fraction = f"{abs(value):.{min(digits, _FRACTION_MAX)}f}".partition(".")
        fraction = fraction.rstrip("0")
        sign = "-" if value < 0 and (int(whole) or fraction) else ""
        if len(whole) >= grouped_from:
            whole = f"{int(whole):,}".replace(",", group)
        return sign + whole + (point + fraction if fraction else "")


class _Pattern:
    """Reads a pattern: texts and ``{ … }``."""

    def __init__(self, source: str, where: str) -> None:
        self._source = source
        self._where = where
        self._at = 0

    def parts(self, end: Callable[[str], bool] = lambda _: False) -> tuple[Part, ...]:
        parts: list[Part] = []
        text = ""
        while self._at < len(self._source):
            rest = self._source[self._at :]
            if end(rest):
                break
            if rest[0] == "{":
                parts += [text] if text else []
                text = ""
                parts.append(self._placeable())
            else:
                text += rest[0]
                self._at += 1
        return tuple(parts + ([text] if text else []))

    def _placeable(self) -> Part:
        close = self._source.find("}", self._at)
        arrow = self._source.find("->", self._at)
        if close < 0:
            raise RuleError(f"{self._where}: a {{ is never closed")
        if arrow < 0 or arrow > close:
            expression = self._source[self._at + 1 : close].strip()
            self._at = close + 1
            return (expression,)
        by = self._source[self._at + 1 : arrow].strip()
        self._at = arrow + 2
        return self._select(by)

    def _select(self, by: str) -> Select:
        variants: list[tuple[str, tuple[Part, ...]]] = []
        default = ""
        while variant := _VARIANT.match(self._source, self._at):
            star, key = variant.groups()
            self._at = variant.end()
            parts = self.parts(lambda rest: rest[0] == "}" or (rest[0] == "\n" and _VARIANT.match(rest) is not None))
            variants.append((key, _stripped(parts)))
            default = key if star else default
        end = self._source.find("}", self._at)
        if not default or end < 0:
            raise RuleError(f"{self._where}: a choice by {by} has no variant with a star, or is never closed")
        self._at = end + 1
        return Select(by, tuple(variants), default)


def _stripped(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    made = list(parts)
    if made and isinstance(made[0], str):
        made[0] = made[0].lstrip()
    if made and isinstance(made[-1], str):
        made[-1] = made[-1].rstrip()
    return tuple(made)


def _is_number(key: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", key) is not None


def _plural(locale: str, value: float) -> str:
    """The plural category of a number, by CLDR."""
    n = abs(value)
    if locale == "lt":
        if not float(n).is_integer():
            return "many"
        if n % 10 == 1 and not 11 <= n % 100 <= 19:
            return "one"
        return "few" if 2 <= n % 10 <= 9 and not 11 <= n % 100 <= 19 else "other"
    if locale == "es" and n and math.isclose(n % 1_000_000, 0, abs_tol=1e-9):
        return "many"
    return "one" if locale in ("en", "es") and n == 1 else "other"
