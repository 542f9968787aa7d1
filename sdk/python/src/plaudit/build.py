"""``python -m plaudit.build``: the rule of a folder as a component that imports nothing but the contract.

The rule is imported natively first, so that what is wrong with it is told with file and line. Then ``componentize-py`` runs
it up to its first call inside Wasm and keeps that memory. ``plaudit plugin build`` calls this in the rule's own environment.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

from . import _fault
from ._errors import RuleError
from ._project import Project, document, wit

ENTRY = "plaudit_component"
"""Name of the module that holds the exports."""
LANGUAGE_SECTION = b"plaudit:language"
"""The section by which a component says that an interpreter is in it: it has the limits of such."""
NATIVE_ONLY = {"build.py", "testing", "_project.py", "_look.py", "py.typed", "__pycache__"}
"""What of the SDK has no business in a component."""

_SOURCE = """\
from plaudit._guest import Component

_COMPONENT = Component({module!r}, {manifest!r}, {sources!r})


class WitWorld:
    describe = staticmethod(_COMPONENT.describe)
    plan = staticmethod(_COMPONENT.plan)
    fold = staticmethod(_COMPONENT.fold)
    conclude = staticmethod(_COMPONENT.conclude)
"""


def build(folder: Path, output: Path) -> None:
    """Builds the rule in ``folder`` and writes the component to ``output``, whole or not at all.

    Raises :class:`RuleError` if the rule is at fault, or if the tool is missing or fails.
    """
    project = Project.at(folder.resolve())
    try:
        manifest = project.manifest(project.load())
    except RuleError:
        raise
    except Exception as error:
        raise RuleError(_fault.tell(error)) from error
    with tempfile.TemporaryDirectory() as name:
        stage = Path(name)
        _lay_out(project, stage, document(manifest))
        output.parent.mkdir(parents=True, exist_ok=True)
        part = output.with_suffix(".part")
        _componentize(stage, part)
        with part.open("ab") as component:
            component.write(_section(LANGUAGE_SECTION, b"python"))
        part.replace(output)


def _lay_out(project: Project, stage: Path, manifest: str) -> None:
    """Copies what the component needs into a folder of its own: the SDK, the rule, and the module of its exports."""
    sdk = Path(__file__).parent
    shutil.copytree(sdk, stage / "plaudit", ignore=lambda _, found: NATIVE_ONLY & set(found))
    sources = {}
    for file in project.files:
        text = file.read_text(encoding="utf-8")
        sources[file.name] = text
        place = stage / file.relative_to(project.folder)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    entry = _SOURCE.format(module=project.module, manifest=manifest, sources=sources)
    (stage / f"{ENTRY}.py").write_text(entry, encoding="utf-8")


def _componentize(stage: Path, output: Path) -> None:
    tool = _tool()
    # The world's bindings are generated from the contract each time: there is no copy that could differ from it.
    options = ["--quiet", "--wit-path", str(wit()), "--world", "rule"]
    of = ["componentize", ENTRY, "--stub-wasi", "--python-path", str(stage), "--output", str(output)]
    env = {**os.environ, "PYTHONHASHSEED": "0", "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    command = [tool, *options, *of]
    done = subprocess.run(command, env=env, cwd=stage, capture_output=True, text=True, check=False)  # noqa: S603 - no shell
    if done.returncode != 0:
        output.unlink(missing_ok=True)
        raise RuleError(f"componentize-py fails ({done.returncode}):\n{(done.stderr + done.stdout).strip()}")


def _section(name: bytes, content: bytes) -> bytes:
    r"""A custom section of WebAssembly: the lengths are below 128, a byte each.

    >>> _section(b"a", b"bc")
    b'\x00\x04\x01abc'
    """
    return bytes([0, len(name) + len(content) + 1, len(name)]) + name + content


def _tool() -> str:
    name = "componentize-py"
    beside = Path(sysconfig.get_path("scripts")) / name
    found = shutil.which(beside) or shutil.which(name)
    if found is None:
        raise RuleError(f"{name} is not installed in {sys.prefix}: pip install --require-hashes -r requirements.lock")
    return found


def main(arguments: list[str] | None = None) -> int:
    """The command; gives its exit code."""
    parser = argparse.ArgumentParser(prog="python -m plaudit.build", description="Build a rule as a component.")
    parser.add_argument("folder", nargs="?", type=Path, default=Path(), help="the rule's folder")
    parser.add_argument("--output", "-o", type=Path, help="the component; target/plugins/<name>.wasm without it")
    given = parser.parse_args(arguments)
    try:
        project = Project.at(given.folder.resolve())
        output = given.output or project.folder / "target" / "plugins" / f"{project.name}.wasm"
        build(given.folder, output.resolve())
    except RuleError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print(output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
