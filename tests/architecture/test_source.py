"""Rules of the house that no other tool holds: what a reader of any file may count on."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = ("bot", "providers", "store", "sandbox")
LONGEST_FILE, LONGEST_TEST_FILE, LONGEST_FUNCTION = 300, 320, 60


def sources(*folders: str) -> list[Path]:
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return [path for path in found if "versions" not in path.parts]


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return [ROOT / path for path in listed.split("\0") if path and (ROOT / path).is_file()]


def test_no_file_is_so_long_that_it_is_two() -> None:
    lengths = {
        path: len(path.read_text(encoding="utf-8").splitlines())
        for path in [ROOT / "app.py", *sources(*CODE, "tests", "benchmarks")]
    }
    long = {
        name(path): length
        for path, length in lengths.items()
        if length > (LONGEST_TEST_FILE if name(path).startswith("tests") else LONGEST_FILE)
    }
    assert long == {}


def test_no_function_is_so_long_that_it_is_two() -> None:
    long = {
        f"{name(path)}:{node.lineno} {node.name}": length
        for path in [ROOT / "app.py", *sources(*CODE)]
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.FunctionDef) and (length := _own_lines(node)) > LONGEST_FUNCTION
    }
    assert long == {}


def _own_lines(function: ast.FunctionDef) -> int:
    """Count its lines without those of functions inside it, such as the routes that it makes."""
    inside = [
        node for node in ast.walk(function) if isinstance(node, ast.FunctionDef) and node is not function
    ]
    return _lines(function) - sum(_lines(node) for node in inside)


def _lines(function: ast.FunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def test_every_file_of_the_product_begins_by_saying_what_it_is_for() -> None:
    silent = [
        name(path)
        for path in [ROOT / "app.py", *sources(*CODE)]
        if path.read_text(encoding="utf-8").strip() and not ast.get_docstring(ast.parse(path.read_bytes()))
    ]
    assert silent == []


def test_every_public_function_and_class_of_the_product_says_what_it_does() -> None:
    silent = [
        f"{name(path)}:{node.lineno} {node.name}"
        for path in [ROOT / "app.py", *sources("bot", "providers", "store")]
        for node in _public(ast.parse(path.read_bytes()))
        if not ast.get_docstring(node)
    ]
    assert silent == []


def _public(module: ast.Module) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    for node in module.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node


def test_every_folder_of_code_is_a_package_so_that_the_import_contracts_see_it() -> None:
    folders = {path.parent for path in sources(*CODE)}
    assert [name(folder) for folder in sorted(folders) if not (folder / "__init__.py").is_file()] == []


def test_no_module_has_a_name_that_could_hold_anything() -> None:
    vague = {"core", "utils", "util", "common", "helpers", "helper", "manager", "misc", "base"}
    assert [name(path) for path in sources(*CODE, "tests", "benchmarks") if path.stem in vague] == []


def test_tests_use_real_things_and_no_patches() -> None:
    patched = [
        f"{name(path)}: {word}"
        for path in sources("tests")
        for node in ast.walk(ast.parse(path.read_bytes()))
        for word in _imported(node)
        if word.split(".")[0] in {"mock", "responses", "freezegun"} or word == "unittest.mock"
    ]
    assert patched == []


def test_only_tests_benchmarks_and_the_demo_know_the_sandbox() -> None:
    knowing = [
        name(path)
        for path in sources("bot", "providers", "store")
        for node in ast.walk(ast.parse(path.read_bytes()))
        for word in _imported(node)
        if word.split(".")[0] == "sandbox"
    ]
    assert knowing == []


def test_the_product_and_the_sandbox_run_on_the_smaller_lock() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    locked = re.findall(
        r"^([A-Za-z0-9._-]+)==", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE
    )
    allowed = {_normal(distribution) for distribution in locked}
    assert {_normal(re.split(r"[\[<>=~! ]", wanted)[0]) for wanted in project["dependencies"]} <= allowed
    owners = packages_distributions()
    strange = {
        f"{name(path)}: {word}"
        for path in [ROOT / "app.py", *sources(*CODE)]
        for node in ast.walk(ast.parse(path.read_bytes()))
        for word in _imported(node)
        if word.split(".")[0] in owners and not {_normal(d) for d in owners[word.split(".")[0]]} & allowed
    }
    assert strange == set()


def _normal(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return []


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_a_lock_pins_every_package_with_hashes_and_names_no_index(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index-url" not in text
    entries = re.split(r"\n(?=[a-z0-9])", text.strip())
    assert [entry.split()[0] for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []


def test_no_committed_file_names_a_folder_of_somebodys_machine() -> None:
    words = re.compile(
        "|".join(f"/{folder}/" for folder in ("root", "home/[a-z]+", "Users/[A-Za-z]+", "work/main"))
    )
    found = [
        f"{name(path)}: {match.group()}"
        for path in tracked()
        if path.suffix in {".py", ".md", ".toml", ".yml", ".txt", ".html", ".css", ".js", ""}
        for match in words.finditer(path.read_text(encoding="utf-8", errors="replace"))
        if path != Path(__file__)
    ]
    assert found == []
