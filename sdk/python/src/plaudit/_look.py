"""What in a rule's source would make it give other results elsewhere: found before it runs, with file and line."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

from ._errors import Impure, RuleError
from ._purity import CHANCE, CLOCK, FILES, HASH, LATER, NETWORK, ORDER, SYSTEM, TASKS, WORDS

MODULES = {
    "asyncio": TASKS,
    "concurrent": TASKS,
    "ctypes": SYSTEM,
    "getpass": SYSTEM,
    "glob": FILES,
    "http": NETWORK,
    "io": FILES,
    "locale": WORDS,
    "multiprocessing": TASKS,
    "os": SYSTEM,
    "pathlib": FILES,
    "platform": SYSTEM,
    "random": CHANCE,
    "requests": NETWORK,
    "secrets": CHANCE,
    "shutil": FILES,
    "signal": SYSTEM,
    "socket": NETWORK,
    "sqlite3": FILES,
    "ssl": NETWORK,
    "subprocess": SYSTEM,
    "tempfile": FILES,
    "threading": TASKS,
    "time": CLOCK,
    "urllib": NETWORK,
    "uuid": CHANCE,
    "zoneinfo": "a rule has no tz database: cx.zone, event.day and event.clock know the agent's",
}
"""Modules of which a rule needs nothing, and what to do instead."""

NOW = {"now", "today", "utcnow", "fromtimestamp", "utcfromtimestamp"}
"""Methods of ``date`` and ``datetime`` that ask the clock or the machine's zone."""
CALLS = {"open": FILES, "input": SYSTEM, "hash": HASH, "id": HASH, "breakpoint": SYSTEM}
"""Built-in functions that a rule does not call."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A place in a rule's source."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.message}"


def look(source: str, file: str) -> list[Finding]:
    """What in a rule's source would make it give other results elsewhere, in order of lines."""
    seen = _Look(file)
    seen.visit(ast.parse(source, file))
    return sorted(seen.findings, key=lambda finding: finding.line)


def look_at_files(files: list[Path]) -> None:
    """Raises :class:`Impure` with all that the files have, :class:`RuleError` if one is no Python; names their last part."""
    found = [finding for file in files for finding in _look_at(file)]
    if found:
        raise Impure("\n".join(map(str, found)))


def _look_at(file: Path) -> list[Finding]:
    try:
        return look(file.read_text(encoding="utf-8"), file.name)
    except SyntaxError as error:
        raise RuleError(f"{file.name}, line {error.lineno}: can't be read: {error.msg}") from None


class _Look(ast.NodeVisitor):
    def __init__(self, file: str) -> None:
        self._file = file
        self._sets: list[set[str]] = [set()]
        self._days = {"date", "datetime"}
        self.findings: list[Finding] = []

    def _note(self, node: ast.expr | ast.stmt, what: str, instead: str) -> None:
        self.findings.append(Finding(self._file, node.lineno, f"{what}: {instead}"))

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            self._import(node, alias.name)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        if node.level == 0 and node.module:
            self._import(node, node.module)
        if node.module == "datetime":
            self._days.update(alias.asname for alias in node.names if alias.asname)

    def _import(self, node: ast.stmt, module: str) -> None:
        instead = MODULES.get(module.partition(".")[0])
        if len(self._sets) > 1:
            self._note(node, f"imports {module} within a function", LATER)
        if instead:
            self._note(node, f"imports {module}", instead)

    def visit_Call(self, node: ast.Call) -> None:
        function = node.func
        if isinstance(function, ast.Name):
            if function.id in CALLS:
                self._note(node, f"calls {function.id}()", CALLS[function.id])
            if function.id in ("list", "tuple", "iter", "enumerate", "zip", "map", "filter"):
                self._walks(node, *node.args)
        if isinstance(function, ast.Attribute):
            if function.attr in NOW and _last(function.value) in self._days:
                self._note(node, f"calls {_last(function.value)}.{function.attr}()", CLOCK)
            if function.attr == "join":
                self._walks(node, *node.args)
            if function.attr == "pop" and self._is_set(function.value):
                self._note(node, "takes any of a set", ORDER)
        self.generic_visit(node)

    def visit_For(self, node: ast.For) -> None:
        self._walks(node, node.iter)
        self.generic_visit(node)

    def visit_ListComp(self, node: ast.ListComp) -> None:
        self._walks(node, *(part.iter for part in node.generators))
        self.generic_visit(node)

    def visit_DictComp(self, node: ast.DictComp) -> None:
        self._walks(node, *(part.iter for part in node.generators))
        self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._sets.append(set())
        self.generic_visit(node)
        self._sets.pop()

    def visit_Assign(self, node: ast.Assign) -> None:
        for target in node.targets:
            self._assign(target, self._is_set(node.value))
        self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        declared = node.annotation
        if isinstance(declared, ast.Subscript):
            declared = declared.value
        is_set = _last(declared) in ("set", "frozenset") or (node.value is not None and self._is_set(node.value))
        self._assign(node.target, is_set)
        self.generic_visit(node)

    def _assign(self, target: ast.expr, is_set: bool) -> None:
        if isinstance(target, ast.Name):
            (self._sets[-1].add if is_set else self._sets[-1].discard)(target.id)

    def _walks(self, node: ast.expr | ast.stmt, *over: ast.expr) -> None:
        if any(self._is_set(expression) for expression in over):
            self._note(node, "walks through a set", ORDER)

    def _is_set(self, node: ast.expr) -> bool:
        if isinstance(node, ast.Set | ast.SetComp):
            return True
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            return node.func.id in ("set", "frozenset")
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr | ast.BitAnd | ast.Sub | ast.BitXor):
            return self._is_set(node.left) or self._is_set(node.right)
        return isinstance(node, ast.Name) and any(node.id in names for names in self._sets)


def _last(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
