"""Which part may import which, read from the source; and that importing the package stays cheap."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import checker

PACKAGE = Path(checker.__file__).parent

# Each part and those that it may import besides itself. `errors`, `frames` and `version` are open to all.
ALLOWED = {
    "database": set(),
    "frames": set(),
    "document": set(),
    "readers": {"document"},
    "evidence": {"document", "database"},
    "nli": {"document", "evidence", "database"},
    "facts": {"document", "readers", "evidence", "nli"},
    "rules": {"document", "evidence"},
    "findings": {"document", "evidence", "nli", "rules"},
    "report": {"document", "evidence", "nli", "findings"},
    "annotate": {"document", "readers", "evidence", "nli", "findings", "report"},
    "decisions": {"database", "document", "evidence", "findings", "report"},
    "settings": {"document", "findings", "nli", "rules"},
    "given": {"document", "evidence"},
    "originals": {"document", "evidence", "nli", "rules", "findings"},
    "loading": {"nli", "originals", "settings"},
    "pipeline": {
        "document",
        "evidence",
        "given",
        "loading",
        "originals",
        "nli",
        "rules",
        "findings",
        "report",
        "settings",
    },
    "audit": {
        *("document", "readers", "evidence", "nli", "rules", "findings", "report", "settings", "pipeline", "decisions"),
        "loading",
    },
    "training": {"document", "readers", "evidence", "nli", "findings"},
    "evaluation": {
        *("document", "readers", "evidence", "nli", "rules", "findings", "report", "settings", "pipeline", "training"),
        "decisions",
    },
    "notebook": {
        *("document", "readers", "evidence", "nli", "findings", "report", "settings", "pipeline", "evaluation"),
        "audit",
    },
    "editor": {
        *("document", "readers", "evidence", "nli", "findings", "report", "annotate", "settings", "pipeline"),
        "decisions",
    },
    "cli": {
        *("document", "readers", "evidence", "nli", "rules", "findings", "report", "annotate"),
        *("settings", "pipeline", "editor", "audit"),
        *("training", "evaluation", "facts", "decisions"),
    },
}
OPEN = {"errors", "frames", "version", ""}
HEAVY = {"torch", "transformers", "onnxruntime"}
SOURCES = sorted(PACKAGE.rglob("*.py"))


def part_of(path: Path) -> str:
    """`checker/nli/types.py` is of "nli", `checker/pipeline.py` of "pipeline", `checker/__init__.py` of ""."""
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py").removesuffix("__init__").removesuffix("__main__")


def imports(node: ast.AST, *, lazy: bool = True) -> Iterator[str]:
    """Modules that are imported under `node`; without `lazy` those that importing the file imports."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from (alias.name for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            assert child.level == 0, "imports name the whole path"
            module = child.module or ""
            yield from (f"{module}.{alias.name}" for alias in child.names)
        elif lazy or not is_put_off(child):
            yield from imports(child, lazy=lazy)


def is_put_off(node: ast.AST) -> bool:
    """True where importing a file does not run what is under `node`."""
    if isinstance(node, ast.If):
        return "TYPE_CHECKING" in ast.dump(node.test)
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)


def parts_imported(path: Path, *, lazy: bool = True) -> set[str]:
    found = imports(ast.parse(path.read_text(encoding="utf-8")), lazy=lazy)
    parts = {name.split(".")[1] for name in found if name.startswith("checker.")}
    return {part for part in parts if (PACKAGE / part).is_dir() or (PACKAGE / f"{part}.py").is_file()}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_one_way(path):
    part = part_of(path)
    if part in OPEN:
        allowed = {"pipeline", "readers", "notebook", *ALLOWED["pipeline"]} if path.name == "__init__.py" else {"cli"}
    else:
        allowed = ALLOWED[part] | {part}
    assert parts_imported(path) <= allowed | OPEN


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_heavy_libraries_are_for_models_alone(path):
    found = {name.split(".")[0] for name in imports(ast.parse(path.read_text(encoding="utf-8")))}
    measures_them = path.is_relative_to(PACKAGE / "evaluation" / "bench")
    assert part_of(path) in {"nli", "training"} or measures_them or not found & HEAVY


@pytest.mark.parametrize(
    "path", sorted([*(PACKAGE / "cli").glob("*.py"), *(PACKAGE / "notebook").glob("*.py")]), ids=lambda path: path.name
)
def test_front_ends_import_training_and_evaluation_only_when_asked(path):
    assert not parts_imported(path, lazy=False) & {"training", "evaluation"}


@pytest.mark.parametrize("statement", ["import checker", "import checker.cli.app", "import checker.pipeline"])
def test_importing_loads_no_heavy_library(statement):
    program = f"{statement}; import sys; print(*sorted({HEAVY!r} & set(sys.modules)))"
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=PACKAGE.parent
    )
    assert done.stdout.strip() == ""


@pytest.mark.parametrize("library", ["pandas", "polars", "altair", "anywidget"])
def test_only_the_notebook_extra_s_users_import_it(library):
    program = f"import checker.notebook, checker.cli.app, sys; print({library!r} in sys.modules)"
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=PACKAGE.parent
    )
    assert done.stdout.strip() == "False"


def test_public_names_are_few_and_there():
    assert len(set(checker.__all__) - {"__version__"}) <= 12
    assert all(hasattr(checker, name) for name in checker.__all__)


def test_help_loads_neither_the_pipeline_nor_numpy():
    program = (
        "import checker.cli.app, sys; print(*sorted({'checker.pipeline', 'checker.rules', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=PACKAGE.parent
    )
    assert done.stdout.strip() == ""


def test_rooms_and_public_names_are_there_without_importing_them_first():
    asked = "checker.readers.stream_documents.__name__, checker.Severity.MAJOR, 'Fact' in dir(checker)"
    program = f"import checker; print({asked})"
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=PACKAGE.parent
    )
    assert done.stdout.strip() == "stream_documents major True"
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = checker.nothing
