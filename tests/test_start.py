"""The front door says plainly why it stays shut, and installs each pinned set once."""

import ast
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import start

PROJECT = Path(__file__).parents[1]


def run(*arguments, **environment):
    command = [sys.executable, "start.py", *arguments]
    done = subprocess.run(
        command, cwd=PROJECT, env={**os.environ, **environment}, capture_output=True, check=False, encoding="utf-8"
    )
    return done.returncode, done.stderr


def test_a_taken_port_is_told_in_both_languages():
    with socket.socket() as other:
        other.bind(("", 0))
        other.listen()
        port = str(other.getsockname()[1])
        code, said = run(PORT=port)
    assert code == 1
    assert f"ポート {port} は使用中です" in said
    assert f"Port {port} is in use." in said


@pytest.mark.parametrize("port", ["http", "0", "70000"])
def test_a_port_that_is_none_is_wrong_use(port):
    code, said = run(PORT=port)
    assert code == 2
    assert f"PORT must be a number from 1 to 65535: {port}" in said


def test_an_unknown_verb_gets_the_list_of_verbs():
    code, said = run("lunch")
    assert code == 2
    assert "python start.py test" in said


def test_an_old_python_is_told_kindly_and_can_read_the_file(monkeypatch, capsys):
    ast.parse(Path(start.__file__).read_text("utf-8"), feature_version=(3, 4))
    monkeypatch.setattr(start, "OLDEST", (4, 0))
    assert start.main([]) == 1
    said = capsys.readouterr().err
    assert "以降が必要です" in said
    assert "or newer is needed" in said


class Installs:
    """Stands for the Python of .venv: writes down what it is asked for."""

    def __init__(self, code=0):
        self.asked, self.code = [], code

    def __call__(self, arguments):
        self.asked.append(arguments[arguments.index("-r") + 1])
        return self.code


@pytest.fixture
def house(tmp_path, monkeypatch):
    """A project folder whose .venv is there already, with nothing installed."""
    (tmp_path / "installed.txt").write_text(start.version() + "\n")
    for name in start.CONTAINS:
        (tmp_path / name).write_text("x==1\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(start, "PYTHON", sys.executable)
    monkeypatch.setattr(start, "STAMP", str(tmp_path / "installed.txt"))
    installs = Installs()
    monkeypatch.setattr(start, "python", installs)
    return installs


def test_each_set_is_installed_once(house):
    assert [start.prepare(wanted) for wanted in (start.APP, start.APP, start.TOOLS, start.TOOLS, start.APP)] == [0] * 5
    assert house.asked == [start.APP, start.TOOLS]


def test_a_database_asks_for_its_driver_and_the_tools_bring_it(house, monkeypatch):
    monkeypatch.setattr(start, "taken", lambda port: False)
    monkeypatch.setattr(start, "stopped", lambda code: 0)
    monkeypatch.setattr(house, "code", 1)  # stops before the app is started
    for address in ("", "sqlite:///data/x.db", "postgresql://here/x", "postgres://here/x"):
        monkeypatch.setenv("DATABASE_URL", address)
        start.run([])
    assert house.asked == [start.APP, start.APP, start.DATABASE, start.DATABASE]
    house.code = 0
    assert [start.prepare(wanted) for wanted in (start.TOOLS, start.DATABASE)] == [0, 0]
    assert house.asked[4:] == [start.TOOLS]


def test_a_changed_set_is_installed_again(house, tmp_path):
    start.prepare(start.TOOLS)
    (tmp_path / start.APP).write_text("x==2\n")
    start.prepare(start.APP)
    start.prepare(start.APP)
    assert house.asked == [start.TOOLS, start.APP]


def test_what_could_not_be_installed_is_told_and_tried_again(house, capsys):
    house.code = 1
    assert (start.prepare(start.APP), start.prepare(start.APP)) == (1, 1)
    assert house.asked == [start.APP, start.APP]
    assert "The first start needs the internet." in capsys.readouterr().err


def pins(name):
    return {line.split("#")[0].strip() for line in (PROJECT / name).read_text("utf-8").splitlines()} - {""}


def test_every_package_is_pinned_and_the_tools_contain_the_app():
    assert all(re.match(r"[A-Za-z0-9._-]+==[^ ]+( ; .+)?$", pin) for pin in pins(start.TOOLS))
    assert pins(start.APP) < pins(start.DATABASE) < pins(start.TOOLS)
    assert not [pin for pin in pins(start.TOOLS) if "://" in pin or "/" in pin]
