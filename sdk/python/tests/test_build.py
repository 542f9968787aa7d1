"""What goes into a component, and what is said when it can't be made. Making one is shown by the project's own tests."""

import ast
from pathlib import Path

import pytest

from plaudit import RuleError, build
from plaudit._project import Project, contract, document, wit

RULE = Path(__file__).parents[3] / "examples" / "first-rule-py"


def test_a_component_takes_the_rule_and_what_of_the_sdk_runs_in_it(tmp_path: Path) -> None:
    project = Project.at(RULE)
    build._lay_out(project, tmp_path, document(project.manifest(project.load())))
    files = {str(file.relative_to(tmp_path)) for file in tmp_path.rglob("*.py")}
    assert {"rule.py", "plaudit_component.py", "plaudit/_guest.py", "plaudit/helpers.py"} <= files
    assert not any(name in file for file in files for name in ("testing", "build.py", "_project.py", "_look.py"))
    entry = (tmp_path / "plaudit_component.py").read_text()
    call = next(node for node in ast.walk(ast.parse(entry)) if isinstance(node, ast.Call) and len(node.args) == 3)
    module, manifest, sources = map(ast.literal_eval, call.args)
    assert module == "rule"
    assert '"name":"first-rule-py"' in manifest
    assert sources == {"rule.py": (RULE / "rule.py").read_text()}


def test_what_runs_in_a_component_imports_nothing_that_does_not() -> None:
    sdk = Path(build.__file__).parent
    for file in sdk.glob("*.py"):
        if file.name in build.NATIVE_ONLY:
            continue
        imported = {node.module for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.ImportFrom)}
        assert not imported & {"_project", "_look", "build", "testing"}, file.name


def test_the_contract_is_the_one_copy() -> None:
    assert wit() == Path(__file__).parents[2] / "wit" / "rule.wit"
    assert contract() in (Path(__file__).parents[2] / "wit" / "rule.wit").read_text()


def test_a_rule_may_be_a_package(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "big"\nversion = "1.0.0"\n[tool.plaudit]\nmodule = "big_rule"\n')
    package = tmp_path / "big_rule"
    package.mkdir()
    (package / "__init__.py").write_text((RULE / "rule.py").read_text() + "\n\nfrom big_rule.more import MORE\n")
    (package / "more.py").write_text("MORE = 1\n")
    project = Project.at(tmp_path)
    assert [file.name for file in project.files] == ["__init__.py", "more.py"]
    assert project.manifest(project.load())["name"] == "big"


def test_a_missing_tool_says_how_it_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(RuleError, match=r"componentize-py is not installed in .*--require-hashes -r requirements.lock"):
        build._componentize(tmp_path, tmp_path / "out.wasm")


def test_the_command_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main([str(tmp_path)]) == 1
    assert "has no pyproject.toml: go to your rule's folder" in capsys.readouterr().err
