"""`bin/run` says in a sentence what stands in its way, before it changes anything."""

import os
import socket
import subprocess
import sys

import pytest

from amends.site import run


@pytest.fixture
def environment(monkeypatch):
    """An environment that a run may write to, and one that is put back."""
    kept = dict(os.environ)
    yield os.environ
    os.environ.clear()
    os.environ.update(kept)


@pytest.fixture
def taken():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


@pytest.mark.parametrize("before", [0, 1, 2])
def test_it_says_that_a_port_is_in_use(monkeypatch, capsys, taken, before):
    monkeypatch.setattr(run, "_set_up", lambda **_how: pytest.fail("it began all the same"))
    assert run.main(["--port", str(taken - before)]) == 1
    said = capsys.readouterr().err
    assert f"{taken}" in said
    assert "in use by another program" in said
    assert "--port N" in said


@pytest.mark.parametrize("port", ["0", "65534", "-1", "http"])
def test_it_says_what_a_port_is(capsys, port):
    with pytest.raises(SystemExit) as stopped:
        run.main(["--port", port])
    assert stopped.value.code == 2
    assert "port" in capsys.readouterr().err


def test_it_stops_with_what_the_set_up_said(monkeypatch, environment):
    monkeypatch.setattr(run, "_is_free", lambda _port: True)
    monkeypatch.setattr(run, "_set_up", lambda **_how: 7)
    monkeypatch.setattr(run, "_serve", lambda _wanted: pytest.fail("it ran all the same"))
    assert run.main([]) == 7


def test_it_keeps_the_demo_apart_whatever_is_set(environment):
    environment |= {
        "AMENDS_HOME": "/a/real/house", "DATABASE_URL": "postgresql://real", "AMENDS_DEMO": "0",
        "AMENDS_SMTP_HOST": "smtp.example", "AMENDS_SMTP_PORT": "25", "AMENDS_SMTP_SECURITY": "tls",
    }  # fmt: skip
    run._prepare_environment(run._read(["--port", "9000"]))
    assert environment["AMENDS_DEMO"] == "1"
    assert environment["AMENDS_HOME"].endswith("demo")
    assert "DATABASE_URL" not in environment
    assert (environment["AMENDS_SMTP_HOST"], environment["AMENDS_SMTP_PORT"]) == (
        "127.0.0.1",
        "9002",
    )
    assert environment["AMENDS_LMTP_PORT"] == "9001"


def test_it_leaves_a_real_house_as_it_is_set(environment):
    environment |= {
        "AMENDS_HOME": "/a/real/house", "DATABASE_URL": "postgresql://real",
        "AMENDS_SMTP_HOST": "smtp.example", "AMENDS_URL": "https://help.house.example",
    }  # fmt: skip
    run._prepare_environment(run._read(["--no-demo"]))
    assert environment["AMENDS_HOME"] == "/a/real/house"
    assert environment["DATABASE_URL"] == "postgresql://real"
    assert environment["AMENDS_SMTP_HOST"] == "smtp.example"
    assert environment["AMENDS_URL"] == "https://help.house.example"
    assert environment["AMENDS_DEMO"] == "0"


def test_it_knows_the_code_of_a_new_house_and_none_of_an_old_one(environment, tmp_path):
    environment["AMENDS_HOME"] = str(tmp_path)
    assert run._set_up_code() == ""
    (tmp_path / "set-up-code").write_text("K7QF-29XM-HD4T-R8WB")
    assert run._set_up_code() == "K7QF-29XM-HD4T-R8WB"


def test_it_tells_how_it_is_called():
    told = subprocess.run(
        [sys.executable, "-m", "amends.site", "run", "--help"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0
    assert "--port N" in told.stdout
    assert "--no-demo" in told.stdout


def test_a_command_ends_without_a_word_when_nobody_reads_on(tmp_path):
    reads, writes = os.pipe()
    os.close(reads)
    done = subprocess.run(
        [sys.executable, "-m", "amends.site", "help"],
        env={**os.environ, "AMENDS_HOME": str(tmp_path)}, stdout=writes, stderr=subprocess.PIPE,
        check=False, timeout=120,
    )  # fmt: skip
    os.close(writes)
    assert (done.returncode, done.stderr) == (141, b"")
