"""Who may import whom (design.md): a change that breaks the layers fails here."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CORE = "risk_register"
LIBRARIES = {"sqlalchemy", "alembic", "psycopg", "numpy", "matplotlib", "docx", "openpyxl", "icalendar", "pptx",
             "platformdirs", "keyring", "PySide6", "shiboken6", "qtawesome", "ui"}  # fmt: skip

# Folder -> what it may import besides the standard library and itself.
ALLOWED = {
    "risk_register/domain": set[str](),
    "risk_register/store": {"domain", "sqlalchemy", "alembic"},
    "risk_register/charts": {"domain", "matplotlib"},
    "risk_register/reports": {"domain", "charts", "docx"},
    "risk_register/exchange": {"domain", "openpyxl"},
    "risk_register/hub": {"domain", "store", "psycopg", "keyring"},
    "risk_register": {"domain", "store", "charts", "reports", "exchange", "hub", "cli", "platformdirs"},
    "ui": {"domain", "charts", "reports", "exchange", "PySide6", "shiboken6", "qtawesome", "places"},
}
# Screens ask the desk: nothing of ui but the desk knows the store, and it alone.
EXTRA = {f"ui/desk/{name}.py": {"store", "hub"} for name in ("desk", "login", "opening", "sharing")}


def imported(source: str) -> Iterator[str]:
    """The layers and libraries that a module imports."""
    for node in ast.walk(ast.parse(source)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" if node.module == CORE else node.module for alias in node.names]
        for name in names:
            yield name.split(".")[1] if name.startswith(f"{CORE}.") else name.split(".")[0]
            if name.startswith("matplotlib.pyplot"):
                yield "pyplot, which is not safe on a thread"


def offences(path: str, source: str) -> set[str]:
    """What a module imports and may not."""
    folder = max((name for name in ALLOWED if path.startswith(f"{name}/")), key=len)
    own = folder.rpartition("/")[2]
    allowed = ALLOWED[folder] | EXTRA.get(path, set()) | {own, "__version__"}
    watched = LIBRARIES | {"domain", "store", "charts", "reports", "exchange", "hub", "analysis", "cli"}
    return {name for name in imported(source) if (name in watched or " " in name) and name not in allowed}


MODULES = sorted(path.relative_to(ROOT).as_posix() for folder in (CORE, "ui") for path in (ROOT / folder).rglob("*.py"))


@pytest.mark.parametrize("path", MODULES)
def test_a_module_imports_only_what_its_layer_may(path: str) -> None:
    assert not offences(path, (ROOT / path).read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("risk_register/domain/risk.py", "import sqlalchemy"),
        ("risk_register/domain/risk.py", "from risk_register.store import rows"),
        ("risk_register/store/rows.py", "from PySide6.QtCore import Qt"),
        ("risk_register/charts/x.py", "import matplotlib.pyplot as plt"),
        ("risk_register/store/rows.py", "from risk_register.hub import connection"),
        ("ui/window.py", "from risk_register.hub.address import Address"),
        ("ui/window.py", "from risk_register.store.register import Register"),
        ("ui/window.py", "def f():\n    import sqlalchemy"),
        ("risk_register/cli.py", "from ui.app import main"),
    ],
)
def test_a_forbidden_import_is_found(path: str, source: str) -> None:
    assert offences(path, source)
