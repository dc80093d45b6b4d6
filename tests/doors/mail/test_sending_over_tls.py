"""A mail server that encrypts has to prove its name before it learns our password."""

import contextlib
import socket
import ssl
import threading

import pytest
from certificates import self_signed

from amends.doors.mail.line import Line, NoLine


class MailServer:
    """Speaks as little of SMTP as signing in needs, over TLS from the first byte or after it."""

    def __init__(self, context, *, starts_encrypted):
        self.context, self.starts_encrypted, self.heard = context, starts_encrypted, []
        self.socket = socket.create_server(("localhost", 0))
        self.port = self.socket.getsockname()[1]

    def __enter__(self):
        threading.Thread(target=self.serve, daemon=True).start()
        return self

    def __exit__(self, *_reason):
        self.socket.close()

    def serve(self):
        with contextlib.suppress(OSError):
            while True:
                line, _address = self.socket.accept()
                with line, contextlib.suppress(OSError):
                    self.talk(line)

    def talk(self, line):
        if self.starts_encrypted:
            line = self.context.wrap_socket(line, server_side=True)
        line.sendall(b"220 ready\r\n")
        file = line.makefile("rb")
        while said := file.readline().decode().strip():
            verb = said.split()[0].upper()
            self.heard.append(verb)
            if verb == "EHLO":
                line.sendall(b"250-here\r\n250-STARTTLS\r\n250 AUTH PLAIN\r\n")
            elif verb == "STARTTLS":
                line.sendall(b"220 go on\r\n")
                line = self.context.wrap_socket(line, server_side=True)
                file = line.makefile("rb")
            else:
                line.sendall(b"235 welcome\r\n")


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_it_tells_its_password_to_who_can_show_a_certificate_only(
    tmp_path, settings, monkeypatch, security
):
    place = self_signed("localhost", tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(place)
    settings.SMTP_HOST, settings.SMTP_SECURITY = "localhost", security
    settings.SMTP_USER, settings.SMTP_PASSWORD = "help", "secret one"
    with MailServer(context, starts_encrypted=security == "tls") as server:
        settings.SMTP_PORT = server.port
        with pytest.raises(NoLine, match="certificate"):
            Line().greet()
        assert "AUTH" not in server.heard
        monkeypatch.setenv("SSL_CERT_FILE", str(place))
        trusting = Line()
        trusting.greet()
        assert "AUTH" in server.heard
        trusting.close()
