"""The front door, the same on Windows and Linux: it needs nothing but Python 3.11 or newer.

    python start.py                 run the app: PORT (8501), DATA_DIR (data), DATABASE_URL from the environment
    python start.py test [...]      the tests; what follows goes to pytest
    python start.py lint            style, types and the direction of imports
    python start.py check           lint, then the tests
    python start.py bench [...]     the benchmarks

The first start makes `.venv` and installs the pinned packages; later ones start at once and need no network. For a
machine without one, `python -m pip download -r requirements.txt -d wheels` on another machine of its kind fills the
folder `wheels`, and the first start installs from there.
"""

# Written so that an old Python can read it, to be told kindly that it is too old.

import hashlib
import os
import signal
import socket
import subprocess
import sys

ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, *(("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")))
STAMP = os.path.join(VENV, "installed.txt")
OLDEST = (3, 11)
APP, DATABASE, TOOLS = "requirements.txt", "requirements-postgres.txt", "requirements-dev.txt"
CONTAINS = {APP: (APP,), DATABASE: (APP, DATABASE), TOOLS: (APP, DATABASE, TOOLS)}

STOPPING = []

LINT = (
    ("ruff", ["-m", "ruff", "check", "."]),
    ("mypy", ["-m", "mypy"]),
    ("import-linter", ["-c", "from importlinter.cli import lint_imports_command as run; run()"]),
)


def main(arguments):
    speak_any_language()
    if sys.version_info < OLDEST:
        return told(
            "Python 3.11 以降が必要です（いまは {0}）。", "Python 3.11 or newer is needed (this is {0}).", version()
        )
    os.chdir(ROOT)
    verb, rest = (arguments or ["run"])[0], arguments[1:]
    verbs = {"run": run, "test": test, "lint": lint, "check": check, "bench": bench}
    if verb not in verbs:
        sys.stderr.write(__doc__)
        return 2
    return verbs[verb](rest)


def run(rest):
    port = os.environ.get("PORT") or "8501"
    if not port.isdigit() or not 0 < int(port) < 65536:
        told("PORT は 1〜65535 の数字にしてください：{0}", "PORT must be a number from 1 to 65535: {0}", port)
        return 2
    if taken(int(port)):
        return told(
            "ポート {0} は使用中です。アプリがすでに動いていないか確かめるか、PORT に別の番号を指定してください。",
            "Port {0} is in use. Is the app running already? Otherwise set PORT to another number.",
            port,
        )
    needed = DATABASE if os.environ.get("DATABASE_URL", "").startswith("postgres") else APP
    return prepare(needed) or stopped(python(["-m", "streamlit", "run", "app.py", "--server.port", port] + rest))


def stopped(code):
    """Ctrl+C is how the app is meant to be ended: no failure."""
    return 0 if code in (130, -signal.SIGINT) or STOPPING else code


def test(rest):
    return prepare(TOOLS) or python(["-m", "pytest"] + rest)


def lint(rest):
    return prepare(TOOLS) or first_failure([tool(name, command) for name, command in LINT])


def check(rest):
    return first_failure([lint([]), test(rest)])


def bench(rest):
    return prepare(TOOLS) or python(["-m", "bench"] + rest)


def tool(name, command):
    print("== " + name, flush=True)
    return python(command)


def first_failure(codes):
    return next(filter(None, codes), 0)


def prepare(wanted):
    """0 once the packages of `wanted` are installed, each pinned set once."""
    if os.path.exists(PYTHON) and mark(wanted) in read(STAMP):
        return 0
    print("準備しています（最初の一回だけ、数分かかります） / Preparing (only once, some minutes) …", flush=True)
    if not os.path.exists(PYTHON) or version() not in read(STAMP):
        if subprocess.call([sys.executable, "-m", "venv", "--clear", VENV]):
            return told(
                ".venv を作れませんでした。Debian・Ubuntu では python3-venv を入れてください。",
                "The folder .venv could not be made. On Debian or Ubuntu, install python3-venv.",
            )
        write(STAMP, [version()])
    if python(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", wanted] + sources()):
        return told(*missing(wanted))
    write(STAMP, [version()] + [mark(name) for name in CONTAINS[wanted]])
    return 0


def missing(wanted):
    """Why packages could not be installed: with a folder wheels/ nothing is fetched, so something is not in it."""
    if sources():
        return "フォルダー wheels に {0} の部品がそろっていません。", "The folder wheels lacks packages of {0}.", wanted
    return (
        "必要な部品を入れられませんでした。最初の一回はインターネット接続が必要です。",
        "The packages could not be installed. The first start needs the internet.",
    )


def sources():
    return ["--no-index", "--find-links", "wheels"] if os.path.isdir("wheels") else []


def mark(name):
    """A line that changes with the file and with the Python that its packages were made for."""
    with open(name, "rb") as file:
        return "{} {} {}".format(name, version(), hashlib.sha256(file.read()).hexdigest())


def version():
    return ".".join(map(str, sys.version_info[:3]))


def read(path):
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8") as file:
        return file.read().splitlines()


def write(path, lines):
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


def taken(port):
    """Whether another program listens on `port` already."""
    with socket.socket() as probe:
        if os.name != "nt":  # there this option would let two programs share the port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("", port))
        except OSError:
            return True
    return False


def python(arguments):
    """Run the Python of .venv to its end. Being asked to stop is passed on: the app closes its database itself."""
    child = subprocess.Popen([PYTHON] + arguments, env=dict(os.environ, PYTHONUTF8="1"))
    signal.signal(signal.SIGTERM, lambda number, frame: child.terminate())
    signal.signal(signal.SIGINT, lambda number, frame: STOPPING.append(number))  # Ctrl+C reaches the child as well
    return child.wait()


def speak_any_language():
    """A console that knows no Japanese shows marks instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def told(japanese, english, *values):
    sys.stderr.write("{}\n{}\n".format(japanese.format(*values), english.format(*values)))
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
