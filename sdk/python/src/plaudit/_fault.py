"""An exception of a rule, told with file and line: a component has no source files to look into, and no stderr."""

from __future__ import annotations

import sys
from pathlib import Path
from types import TracebackType

from ._errors import RuleError

SOURCES: dict[str, list[str]] = {}
"""Lines of the rule's files by name, in a component."""

_OWN = str(Path(__file__).parent)
_FRAMES_MAX = 12
_RECURSION = "how deep a rule may call itself is no part of Python: walk through a list instead"


def tell(error: BaseException) -> str:
    """The message with the lines of the rule that led to it, the latest last.

    ``streak.py, line 27, in on_event: ZeroDivisionError: division by zero``, then a line for each call.
    """
    frames = list(_frames(error.__traceback__))
    said = str(error) if isinstance(error, RuleError) else f"{type(error).__name__}: {error}".rstrip(": ")
    if isinstance(error, RecursionError):
        said = f"{said}; {_RECURSION}"
    if not frames:
        return said
    file, line, function = frames[-1]
    told = [f"{file}, line {line}, in {function}: {said}"]
    shown = frames if len(frames) <= _FRAMES_MAX else [*frames[: _FRAMES_MAX // 2], *frames[-_FRAMES_MAX // 2 :]]
    told += [f"  {file}:{line} in {function}{_source(file, line)}" for file, line, function in shown]
    return "\n".join(told)


def _frames(trace: TracebackType | None) -> list[tuple[str, int, str]]:
    """File, line and function of each call outside the SDK and Python's own library."""
    found = []
    while trace is not None:
        code = trace.tb_frame.f_code
        if not code.co_filename.startswith((_OWN, "<frozen", f"{sys.base_prefix}/lib/python", "/python/", "/world/")):
            found.append((Path(code.co_filename).name, trace.tb_lineno, code.co_name))
        trace = trace.tb_next
    return found


def _source(file: str, line: int) -> str:
    lines = SOURCES.get(file, [])
    return f": {lines[line - 1].strip()}" if 0 < line <= len(lines) else ""
