#!/usr/bin/env python3
"""One command for every habit of this project. Needs Python 3.11 or later and nothing else; sets itself up.

python3 dev.py run       open the program on the sample programme
python3 dev.py test      run all tests
python3 dev.py check     ruff, mypy and the architecture
python3 dev.py shots     draw every screen and dialog into build/shots
python3 dev.py bench     measure speed, as ratios
python3 dev.py lock      choose the newest dependencies that fit and lock them
python3 dev.py bundle    build the program as one folder and start it
"""

import argparse
import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
LOCK = HERE / "requirements.lock"
BUILD = HERE / "build"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")

# What Qt loads from the system, and the Debian package that has it.
LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
}
# And what it needs besides where there is a display.
DISPLAY_LIBRARIES = {
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
FONTS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")
FONT_PACKAGE = "fonts-inter"


class Stop(Exception):
    """A sentence that says why nothing more can be done, and what to do."""


def main(arguments: Sequence[str]) -> int:
    """Do one habit; returns its exit code."""
    habits: dict[str, Callable[[list[str]], int]] = {
        "run": run,
        "test": test,
        "check": check,
        "shots": shots,
        "bench": bench,
        "lock": lock,
        "bundle": bundle,
    }
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, usage="python3 dev.py HABIT [...]"
    )
    parser.add_argument("habit", choices=habits, metavar="HABIT")
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="passed on, such as -k heatmap to test")
    wanted = parser.parse_args(arguments)
    try:
        set_up()
        return habits[wanted.habit](wanted.rest)
    except Stop as reason:
        print(f"dev.py: {reason}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


# -- the habits


def run(rest: list[str]) -> int:
    """Open the program on the sample programme; without a display make its heat map and report instead."""
    if has_display():
        return call([PYTHON, "-m", "ui", *(rest or ["--sample"])])
    print(
        "There is no display here, so the window can't open. Making the sample's heat map and board report instead.",
        flush=True,
    )
    BUILD.mkdir(exist_ok=True)
    for words in (
        ["heatmap", "--sample", "--out", str(BUILD / "heatmap.png")],
        ["report", "board", "--sample", "--out", str(BUILD / "board.docx")],
    ):
        code = call([PYTHON, "-m", "risk_register", *words])
        if code:
            return code
    return 0


def test(rest: list[str]) -> int:
    """Run all tests, on two cores, with no window to be seen."""
    return call([PYTHON, "-m", "pytest", "-q", "-n", "2", "--dist", "loadgroup", *rest], QT_QPA_PLATFORM="offscreen")


def check(_rest: list[str]) -> int:
    """Ruff, mypy, and who may import whom. Tells everything that is wrong, not just the first."""
    codes = [
        call([PYTHON, "-m", "ruff", "check", "."]),
        call([PYTHON, "-m", "ruff", "format", "--check", "."]),
        call([PYTHON, "-m", "mypy"]),
        call([PYTHON, "-m", "pytest", "-q", "tests/test_architecture.py"]),
    ]
    return max(codes)


def shots(rest: list[str]) -> int:
    """Draw every screen and dialog."""
    return call([PYTHON, "-m", "tests.shots", *(rest or [str(BUILD / "shots")])], QT_QPA_PLATFORM="offscreen")


def bench(rest: list[str]) -> int:
    """Measure speed."""
    return call([PYTHON, "-m", "bench", *rest], QT_QPA_PLATFORM="offscreen")


def lock(_rest: list[str]) -> int:
    """Lock the newest dependencies that fit, for every platform, with hashes and without addresses."""
    call([PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", "uv"])
    return call(
        [
            PYTHON, "-m", "uv", "pip", "compile", "pyproject.toml", "--extra", "dev", "--universal", "--upgrade",
            "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url", "--no-annotate", "--no-header",
            "-q", "-o", LOCK,
        ]
    )  # fmt: skip


def bundle(rest: list[str]) -> int:
    """Build the program as one folder, then start it and let it try itself."""
    if sys.platform == "linux" and shutil.which("objdump") is None:
        install(["binutils"], "PyInstaller")
    code = call(
        [PYTHON, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "ERROR",
         "--workpath", BUILD / "pyinstaller", "--distpath", HERE / "dist", "build.spec", *rest]
    )  # fmt: skip
    if code:
        return code
    program = HERE / "dist" / "RiskRegister" / ("RiskRegister.exe" if os.name == "nt" else "RiskRegister")
    smoke = BUILD / "smoke"
    shutil.rmtree(smoke, ignore_errors=True)
    smoke.mkdir(parents=True)
    done = subprocess.run(
        [program, "--smoke", smoke],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    if done.returncode or done.stderr.strip():
        raise Stop(f"the built program failed its try-out (exit code {done.returncode}): {done.stderr.strip()}")
    size = sum(path.lstat().st_size for path in program.parent.rglob("*") if path.is_file()) / 1e6
    print(f"Built {program.parent} ({size:.0f} MB). It opened, edited, undid, drew and reported: {done.stdout.strip()}")
    return 0


def call(words: Sequence[str | Path], **environment: str) -> int:
    """Run a command from the project's folder; returns its exit code."""
    return subprocess.run(words, cwd=HERE, env=os.environ | environment, check=False).returncode


# -- setting up


def set_up() -> None:
    """Make .venv and install what the lock says, if it is not so already; on Linux look for what Qt needs."""
    if sys.platform == "linux":
        set_up_system()
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    stamp = VENV / "lock.sha256"
    if stamp.exists() and stamp.read_text() == wanted and PYTHON.exists():
        return
    print("Setting up .venv (once, and whenever the lock file changes) ...", flush=True)
    try:
        if not PYTHON.exists():
            venv.create(VENV, with_pip=True, clear=True)
    except subprocess.CalledProcessError as error:
        shutil.rmtree(VENV, ignore_errors=True)
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise Stop(f"this Python can't make a venv. On Debian, type: apt-get install python{version}-venv") from error
    pip: list[str | Path] = [
        PYTHON,
        "-m",
        "pip",
        "install",
        "-q",
        "--disable-pip-version-check",
        "--require-hashes",
        "-r",
        LOCK,
    ]
    if call(pip):
        raise Stop("the dependencies could not be installed; see above. Is the network there? Then run this again.")
    stamp.write_text(wanted)


def set_up_system() -> None:
    """Install the libraries and the font that Qt takes from the system, or say what to type."""
    wanted = LIBRARIES | (DISPLAY_LIBRARIES if has_display() else {})
    missing = [package for library, package in wanted.items() if not loads(library)]
    if not any(any(Path(folder).expanduser().rglob("*.[ot]tf")) for folder in FONTS):
        missing.append(FONT_PACKAGE)
    if missing:
        install(missing, "Qt")


def install(packages: Sequence[str], needing: str) -> None:
    """Install Debian packages where this is root, else say what to type."""
    names = " ".join(packages)
    apt = shutil.which("apt-get")
    line = f"apt-get install -y --no-install-recommends {names}"
    if apt is None:
        raise Stop(f"{needing} needs what this system lacks. Debian calls it: {names}")
    if os.geteuid() != 0:
        raise Stop(f"{needing} needs what this system lacks. Type: sudo {line}")
    print(f"Installing what {needing} needs from the system: {names} ...", flush=True)
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for words in ([apt, "update"], line.split()):
        done = subprocess.run([*words, "-qq"], env=quiet, stdout=subprocess.DEVNULL, check=False)
    if done.returncode:
        raise Stop(f"the system's libraries could not be installed; see above. Try: {line}")


def loads(library: str) -> bool:
    """Whether the system has a library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_display() -> bool:
    """Whether a window can open."""
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
