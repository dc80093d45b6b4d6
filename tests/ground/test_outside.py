"""The house asks the world only: what is inside is refused, whatever its name or its clothing."""

import re
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from amends.ground import outside

ROOT = Path(__file__).parents[2]
SPEAKS = re.compile(
    r"^\s*(?:import|from) (?:http\.client|http import client|urllib\.request|urllib import request|"
    r"requests|httpx|aiohttp|urllib3)",
    re.MULTILINE,
)


class _Says(BaseHTTPRequestHandler):
    def do_POST(self):
        self.server.heard.append((self.path, self.headers["Host"]))
        self.send_response(self.server.status)
        self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, *_args):
        pass


@pytest.fixture
def there():
    server = HTTPServer(("127.0.0.1", 0), _Says)
    server.heard, server.status, server.body = [], 200, b"yes"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def resolve_to(monkeypatch, *answers):
    """Let names give these numbers, one list each time that somebody asks; return who asked."""
    asked, left = [], list(answers)

    def told(host, port, *_args, **_options):
        asked.append(host)
        if host.replace(".", "").isdigit():  # a number is no name, and gives itself
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port))]
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, port)) for number in left.pop(0)
        ]

    monkeypatch.setattr(socket, "getaddrinfo", told)
    return asked


@pytest.mark.parametrize(
    "number",
    [
        "0.0.0.0", "10.1.2.3", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.9.9.9",
        "168.63.129.16", "169.254.169.254", "172.16.0.1", "192.0.0.192", "192.168.1.1",
        "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
        "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254",
        "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2002:a00:1::", "fc00::1",
        "fd00:ec2::254", "fe80::1", "fe80::1%lo", "fec0::1", "ff02::1",
    ],
)  # fmt: skip
def test_it_knows_what_is_inside(number):
    assert outside.is_inside(number)


@pytest.mark.parametrize(
    "number",
    ["8.8.8.8", "193.0.6.139", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"],
)
def test_it_knows_the_world(number):
    assert not outside.is_inside(number)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "LOCALHOST", "2130706433", "0x7f.1", "127.1", "[::1]", "0",
     "[::ffff:127.0.0.1]", "8.8.8.8@127.0.0.1", "10.0.0.1", "169.254.169.254"],
)  # fmt: skip
def test_it_asks_nothing_that_is_inside_however_it_is_written(there, host):
    with pytest.raises(outside.Silent):
        outside.post(f"http://{host}:{there.server_port}/", b"", {})
    assert there.heard == []


def test_it_refuses_a_name_that_also_leads_inside(there, monkeypatch):
    resolve_to(monkeypatch, ["8.8.8.8", "127.0.0.1"])
    with pytest.raises(outside.Inside, match=r"127\.0\.0\.1"):
        outside.post(f"http://hooks.example:{there.server_port}/", b"", {})
    assert there.heard == []


def test_it_goes_where_it_has_looked_though_the_name_says_another_then(there, monkeypatch):
    asked = resolve_to(monkeypatch, ["198.51.100.7"], ["127.0.0.1"])
    reached = []
    monkeypatch.setattr(outside, "is_inside", lambda number: number.startswith("127."))

    def connect(where, *_args, **_options):
        reached.append(where)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(outside.Silent):
        outside.post(f"http://hooks.example:{there.server_port}/", b"", {})
    assert reached == [("198.51.100.7", there.server_port)]
    assert asked == ["hooks.example"]


def test_it_tries_the_next_number_where_one_is_closed(there, monkeypatch):
    resolve_to(monkeypatch, ["127.0.0.2", "127.0.0.1"])
    url = f"http://hooks.example:{there.server_port}/a?b=1"
    assert outside.post(url, b"", {}, may_be_inside=True).status == 200
    assert there.heard == [("/a?b=1", f"hooks.example:{there.server_port}")]


def test_it_follows_no_redirect(there):
    there.status = 302
    url = f"http://127.0.0.1:{there.server_port}/"
    assert outside.post(url, b"", {}, may_be_inside=True).status == 302
    assert len(there.heard) == 1


def test_it_reads_no_more_than_it_wants(there):
    there.body = b"x" * 500_000
    url = f"http://127.0.0.1:{there.server_port}/"
    assert len(outside.post(url, b"", {}, may_be_inside=True).body) == 65_536


@pytest.mark.parametrize(
    "url",
    ["ftp://x.example/", "file:///etc/passwd", "gopher://127.0.0.1/", "//x.example/", "http://",
     "https:///x", "http://x.example:99999/", "http://[::1/", "", "javascript:1",
     "http://" + "x" * 300 + ".example/", "http://x\x00.example/"],
)  # fmt: skip
def test_it_asks_what_is_an_address_of_the_web_only(url):
    with pytest.raises(outside.Silent):
        outside.post(url, b"", {})


@pytest.mark.parametrize("path", ["/a b", "/ü", "/a\x7f"])
def test_it_takes_an_address_that_can_not_be_asked_for_silence(there, path):
    with pytest.raises(outside.Silent):
        outside.post(f"http://127.0.0.1:{there.server_port}{path}", b"", {}, may_be_inside=True)


@pytest.mark.parametrize("answer", [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\nX: " + b"x" * 1])
def test_it_hangs_up_on_who_speaks_for_ever(answer):
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_drip, args=(server, answer), daemon=True).start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}/"
        began = time.monotonic()
        with pytest.raises(outside.Silent):
            outside.post(url, b"", {}, may_be_inside=True, seconds=0.3)
        assert time.monotonic() - began < 2


def _drip(server, answer):
    line, _address = server.accept()
    with line:
        try:
            line.sendall(answer)
            while answer:  # or not a byte
                line.sendall(b"x")
                time.sleep(0.05)
            line.recv(65_536)
            line.recv(65_536)
        except OSError:
            pass


def test_nothing_else_of_the_program_speaks_http_to_others():
    texts = {file: file.read_text() for file in (ROOT / "src").rglob("*.py")}
    found = {str(file.relative_to(ROOT / "src")) for file in texts if SPEAKS.search(texts[file])}
    assert found == {"amends/ground/outside.py"}
