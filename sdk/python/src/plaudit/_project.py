"""A rule's folder: its ``pyproject.toml``, its module, its texts."""

from __future__ import annotations

import importlib
import json
import re
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ._adapter import Adapter
from ._errors import RuleError
from ._look import look_at_files
from ._rule import Rule, rule_in

_PACKAGE = re.compile(r"^package (plaudit:rule@[0-9a-z.\-]+);", re.MULTILINE)
_NAME = re.compile(r"^[a-z][a-z0-9-]{0,63}$")


def wit() -> Path:
    """The contract's file: that of the package, or of the checkout that the SDK is in."""
    beside = Path(__file__).parent / "rule.wit"
    return beside if beside.is_file() else Path(__file__).parents[3] / "wit" / "rule.wit"


def contract() -> str:
    """The contract that this SDK speaks, such as ``plaudit:rule@1.0.0``."""
    found = _PACKAGE.search(wit().read_text(encoding="utf-8"))
    if found is None:
        raise RuleError(f"{wit()} does not begin with a package plaudit:rule@…")
    return found.group(1)


@dataclass(frozen=True)
class Project:
    """A rule's folder, read."""

    folder: Path
    name: str
    version: str
    module: str

    @staticmethod
    def at(folder: Path) -> Project:
        """Reads ``pyproject.toml``: ``[project] name, version``, and ``[tool.plaudit] module`` (``rule`` without it).

        Raises :class:`RuleError` if something is missing.
        """
        file = folder / "pyproject.toml"
        try:
            document = tomllib.loads(file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise RuleError(f"{folder} has no pyproject.toml: go to your rule's folder") from None
        except tomllib.TOMLDecodeError as error:
            raise RuleError(f"{file} can't be read: {error}") from None
        project = document.get("project", {})
        name, version = project.get("name"), project.get("version")
        if not isinstance(name, str) or not isinstance(version, str):
            raise RuleError(f"{file} lacks [project] with name and version")
        if not _NAME.match(name):
            raise RuleError(f"{file}: {name!r} is no name for a rule: begin with a lower-case letter; up to 64 of a-z, 0-9, -")
        module = document.get("tool", {}).get("plaudit", {}).get("module", "rule")
        return Project(folder, name, version, module)

    @property
    def files(self) -> list[Path]:
        """The rule's own source files."""
        package = self.folder / self.module.replace(".", "/")
        if package.is_dir():
            return sorted(package.rglob("*.py"))
        return [package.with_suffix(".py")]

    def load(self) -> type[Rule[Any, Any]]:
        """Imports the rule. Its source is looked through first.

        Raises :class:`RuleError` or :class:`Impure`, or whatever the module raises.
        """
        missing = next((file for file in self.files if not file.is_file()), None)
        if missing:
            raise RuleError(
                f"there is no {missing.name} in {self.folder}: it holds the rule, unless [tool.plaudit] module says other"
            )
        look_at_files(self.files)
        if str(self.folder) not in sys.path:
            sys.path.insert(0, str(self.folder))
        return rule_in(importlib.import_module(self.module))

    def texts(self) -> dict[str, str]:
        """Fluent resources by locale, from ``texts/*.ftl``."""
        return {file.stem: file.read_text(encoding="utf-8") for file in sorted((self.folder / "texts").glob("*.ftl"))}

    def manifest(self, rule: type[Rule[Any, Any]]) -> dict[str, Any]:
        """What the plugin says of itself."""
        return {
            "name": rule.name or self.name,
            "version": self.version,
            "contract": contract(),
            "settings": Adapter(rule).form.schema(),
            "state_schema": rule.state_schema,
            "texts": self.texts(),
        }


def document(value: Any) -> str:
    """As JSON, the same each time."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
