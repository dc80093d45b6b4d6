"""What deploy/ and bin/upgrade say is so: the paths, the commands, and that each is confined."""

import configparser
import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class
from tests.site.test_walking_as_everybody import addresses

from amends.ground.occupied import stay

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
TIMERS = sorted((DEPLOY / "systemd").glob("*.timer"))
CONTAINER = (DEPLOY / "Containerfile").read_text().replace("\\\n", " ")


def read(unit):
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str
    parser.read(unit)
    return parser


def assert_is_a_command(words):
    """Parse the words as the program would; a wrong one ends the test."""
    name, *arguments = words
    command = load_command_class(get_commands()[name], name)
    command.create_parser("bin/amends", name).parse_args(arguments)


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_a_unit_runs_a_command_of_ours_and_little_else_can_happen(unit):
    service = read(unit)["Service"]
    python, dash, module, *words = shlex.split(service["ExecStart"])
    assert (python, dash, module) == ("/srv/amends/.venv/bin/python", "-m", "amends.site")
    assert_is_a_command(words)
    wanted = {
        "User": "amends", "NoNewPrivileges": "yes", "ProtectSystem": "strict",
        "ProtectHome": "yes", "PrivateTmp": "yes", "StateDirectory": "amends",
        "CapabilityBoundingSet": "", "UMask": "0077",
    }  # fmt: skip
    assert {name: service.get(name) for name in wanted} == wanted


@pytest.mark.parametrize("timer", TIMERS, ids=lambda timer: timer.stem)
def test_a_timer_has_its_unit(timer):
    assert timer.with_suffix(".service") in UNITS


def test_systemd_can_read_the_units(tmp_path):
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd is not here")
    for unit in [*UNITS, *TIMERS]:
        text = unit.read_text().replace("/srv/amends/.venv/bin/python", sys.executable)
        (tmp_path / unit.name).write_text(text.replace("=amends\n", "=daemon\n"))
    units = [str(place) for place in tmp_path.iterdir()]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def test_the_container_is_built_from_what_is_there():
    steps = re.findall(r"^COPY (?!--from)(.+)$", CONTAINER, re.MULTILINE)
    sources = [source for step in steps for source in step.split()[:-1]]
    assert {"src", "requirements.lock"} <= set(sources)
    left_out = (ROOT / ".containerignore").read_text().split()
    assert all((ROOT / source).exists() and source not in left_out for source in sources)


def test_the_container_names_its_base_and_is_not_root():
    bases = re.findall(r"^FROM (\S+)", CONTAINER, re.MULTILINE)
    assert bases
    assert all(re.search(r":\d", base) for base in bases)
    last = CONTAINER[CONTAINER.rindex("\nUSER ") :]
    assert last.split()[1] in re.search(r"useradd --uid (\d+) .* amends ", CONTAINER).groups()
    assert "\nRUN " not in last
    assert "ENV" in CONTAINER
    assert "SECRET" not in CONTAINER


def test_the_container_runs_a_command_of_ours():
    entry = json.loads(re.search(r"^ENTRYPOINT (.+)$", CONTAINER, re.MULTILINE)[1])
    command = json.loads(re.search(r"^CMD (.+)$", CONTAINER, re.MULTILINE)[1])
    assert entry[1:] == ["-m", "amends.site"]
    assert_is_a_command(command)


def test_the_proxies_pass_on_what_the_web_reads():
    nginx = (DEPLOY / "nginx.conf").read_text()
    for header in ("Host $host", "X-Forwarded-For $remote_addr", "X-Forwarded-Proto https"):
        assert f"proxy_set_header {header};" in nginx
    caddy = (DEPLOY / "Caddyfile").read_text()
    assert "header_up X-Forwarded-For {remote_host}" in caddy
    for page in (nginx, caddy):
        assert 'Strict-Transport-Security "max-age=31536000"' in page


def test_the_log_of_the_proxy_keeps_no_key():
    nginx = (DEPLOY / "nginx.conf").read_text()
    (logged,) = re.findall(r"^log_format amends '(.+)';$", nginx, re.MULTILINE)
    assert not {"$request ", "$request_uri", "$uri", "$args", "$http_referer"} & set(
        re.findall(r"\$\w+ ?", logged)
    )
    assert nginx.count("access_log ") == nginx.count("server {")
    (hidden,) = re.findall(r'"~(\^/\(\?<amends_room>.+\)/)"', nginx)
    keyed = [path for _room, _name, path in addresses() if "<str:token>" in path]
    assert len(keyed) > 5
    assert [path for path in keyed if not re.match(hidden.replace("?<", "?P<"), path)] == []


def test_the_proxy_of_debian_can_read_its_page():
    # Its nginx is 1.22, which doesn't know the directive of 1.25.
    assert not re.search(r"^\s*http2 on", (DEPLOY / "nginx.conf").read_text(), re.MULTILINE)


def test_the_web_alone_answers(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    program = [sys.executable, "-m", "amends.site"]
    environment = {**os.environ, "AMENDS_HOME": str(tmp_path), "PYTHONPATH": str(ROOT / "src")}
    environment.pop("DATABASE_URL", None)
    subprocess.run([*program, "setup"], env=environment, check=True, capture_output=True)
    web = subprocess.Popen([*program, "web", "--port", str(port)], env=environment)
    try:
        assert _health(port) == {"state": "failing", "failing": ["worker"]}
    finally:
        web.terminate()
        web.wait(20)


def _health(port):
    deadline = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=20) as answer:
                return json.load(answer)
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


@pytest.fixture
def checkout(tmp_path):
    """Give a checkout with bin/upgrade, whose bin/amends writes down what it was called with."""
    place = tmp_path / "amends"
    (place / "bin").mkdir(parents=True)
    shutil.copy(ROOT / "bin" / "upgrade", place / "bin" / "upgrade")
    (place / ".gitignore").write_text("called\nvar\n")
    amends = place / "bin" / "amends"
    amends.write_text('#!/bin/sh\necho "$1 $(git describe --tags)" >>called\n[ ! -e broken-$1 ]\n')
    amends.chmod(0o755)
    _git(place, "init", "-q")
    _commit(place, "v1")
    (place / "new").touch()
    _commit(place, "v2")
    (place / "broken-setup").touch()
    _commit(place, "v3")
    _git(place, "checkout", "-q", "v1")
    _git(place, "remote", "add", "origin", str(place / ".git"))
    return place


def _commit(place, name):
    _git(place, "add", "-A")
    _git(place, "-c", "user.name=Ana", "-c", "user.email=ana@house.example", "commit", "-qm", name)
    _git(place, "tag", name)


def _git(place, *arguments):
    subprocess.run(["git", *arguments], cwd=place, check=True, capture_output=True)


def _upgrade(place, version):
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(
        [place / "bin" / "upgrade", version],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    called = place / "called"
    return done, called.read_text().splitlines() if called.exists() else []


def test_an_upgrade_backs_up_before_it_changes_anything(checkout):
    done, called = _upgrade(checkout, "v2")
    assert done.returncode == 0, done.stderr
    assert called == ["backup v1", "setup v2"]


def test_an_upgrade_that_fails_says_how_to_go_back(checkout):
    done, _called = _upgrade(checkout, "v3")
    assert done.returncode != 0
    assert "git checkout " in done.stderr
    assert "bin/amends restore " in done.stderr


def test_an_upgrade_changes_nothing_without_a_backup(checkout):
    (checkout / "broken-backup").touch()
    done, called = _upgrade(checkout, "v2")
    assert done.returncode != 0
    assert called == ["backup v1"]


def test_an_upgrade_waits_until_the_house_is_stopped(checkout):
    here = stay(checkout / "var" / "house")
    done, called = _upgrade(checkout, "v2")
    os.close(here)
    assert "Stop it first" in done.stderr
    assert not called
