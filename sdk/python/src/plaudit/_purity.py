"""What a rule must not look at, kept from it while it runs.

A component has no clock, randomness, files or network: where Python would call for one, it traps without a word. So the
source is read first (:mod:`plaudit._look`), and the functions that are known are replaced by a message here.
"""

from __future__ import annotations

import builtins
import contextlib
import importlib
import sys
from collections.abc import Callable, Iterator
from typing import Any

from ._errors import Impure

CLOCK = "a rule has no clock: the time of the step is cx.now, its local day cx.today or event.day"
CHANCE = "a rule has no randomness: use tickets of a draw, or cx.try_chance, for which the host throws"
FILES = "a rule reads no files: what it needs comes by its settings, or stands in its source"
NETWORK = "a rule has no network: what it needs comes as an event or by its settings"
SYSTEM = "a rule has no system around it: what it needs comes by its settings"
TASKS = "a rule is called for one step after the other: it needs no threads and no asyncio"
WORDS = "a rule does not know the reader's language: hand numbers to Text(…), which the host writes as the reader does"
ORDER = "the order of a set differs between builds: write sorted(…) around it, or keep a dict or a list"
LATER = "a component loads nothing once it is built: import it at the top of the module"
HASH = "hash() and id() differ between builds: use the value itself, or a digest of hashlib"

FENCED: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("time", ("time", "time_ns", "monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns", "process_time"), CLOCK),
    ("time", ("localtime", "gmtime", "sleep", "thread_time"), CLOCK),
    ("os", ("urandom", "getrandom"), CHANCE),
    ("os", ("getenv", "getcwd", "listdir", "stat", "open", "system"), SYSTEM),
    ("random", ("random", "randint", "randrange", "choice", "choices", "shuffle", "sample", "uniform", "gauss"), CHANCE),
    ("uuid", ("uuid1", "uuid4"), CHANCE),
    ("secrets", ("token_bytes", "token_hex", "token_urlsafe", "randbelow", "choice"), CHANCE),
    ("locale", ("setlocale", "format_string", "currency"), WORDS),
    ("socket", ("socket", "create_connection"), NETWORK),
)
"""Functions that are replaced while a rule runs: module, names, what to do instead."""


def _places(importing: bool) -> Iterator[tuple[Any, str, str, str]]:
    for module, names, instead in FENCED:
        # What nobody has imported nobody can call.
        found = importlib.import_module(module) if importing else sys.modules.get(module)
        for name in names:
            if found is not None and hasattr(found, name):
                yield found, name, f"{module}.{name}()", instead
    yield builtins, "open", "open()", FILES
    yield builtins, "input", "input()", SYSTEM


def _refuse(what: str, instead: str) -> Callable[..., Any]:
    def refused(*_: Any, **__: Any) -> Any:
        raise Impure(f"{what} was called: {instead}")

    return refused


@contextlib.contextmanager
def fence() -> Iterator[None]:
    """While a rule runs natively: functions that a component has not say so."""
    kept = [(module, name, getattr(module, name), what, instead) for module, name, what, instead in _places(False)]
    for module, name, _, what, instead in kept:
        setattr(module, name, _refuse(what, instead))
    try:
        yield
    finally:
        for module, name, function, _, _ in kept:
            setattr(module, name, function)


def wall() -> None:
    """As :func:`fence`, for good: in a component, once the rule is imported. Nothing more can be imported then."""
    for module, name, what, instead in list(_places(True)):
        with contextlib.suppress(AttributeError, TypeError):
            setattr(module, name, _refuse(what, instead))
    imports = builtins.__import__

    def known(name: str, globals: Any = None, locals: Any = None, fromlist: Any = (), level: int = 0) -> Any:
        # A relative name is one of a package that is there.
        if level == 0 and name not in sys.modules:
            raise Impure(f"imports {name} while it runs: {LATER}")
        return imports(name, globals, locals, fromlist, level)

    setattr(builtins, "__import__", known)  # noqa: B010 - its type is narrower than ours
