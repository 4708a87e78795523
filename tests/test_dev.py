"""The habits' own file must run where nothing is installed."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import dev

ROOT = Path(__file__).parents[1]


def test_it_imports_the_standard_library_alone() -> None:
    tree = ast.parse((ROOT / "dev.py").read_text(encoding="utf-8"))
    names = {
        (node.module if isinstance(node, ast.ImportFrom) else alias.name).split(".")[0]  # type: ignore[union-attr]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert names <= set(sys.stdlib_module_names)


def test_help_names_every_habit() -> None:
    done = subprocess.run([sys.executable, "-S", ROOT / "dev.py", "--help"], capture_output=True, text=True, check=True)
    for habit in ("run", "test", "check", "shots", "bench", "lock", "bundle"):
        assert f"dev.py {habit}" in done.stdout


def test_a_missing_library_is_installed_only_by_root_else_told(monkeypatch: pytest.MonkeyPatch) -> None:
    if sys.platform != "linux":
        pytest.skip("only Linux takes Qt's libraries from the system")
    monkeypatch.setitem(dev.LIBRARIES, "libnothing.so.99", "libnothing99")
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setattr("shutil.which", lambda _: "/usr/bin/apt-get")
    with pytest.raises(dev.Stop, match="sudo apt-get install -y --no-install-recommends libnothing99"):
        dev.set_up_system()
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(dev.Stop, match="libnothing99"):
        dev.set_up_system()


def test_the_lock_names_hashes_and_no_address() -> None:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "--hash=sha256:" in lines
    assert "://" not in lines
