"""A provider on loopback that speaks OAuth 2 as Microsoft and Google do, and can misbehave."""

import base64
import hashlib
import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from urllib.parse import parse_qs, urlencode, urlsplit

from amends.records.post.providers import Provider as Known


@dataclass
class Provider:
    client_id: str = "ours"
    client_secret: str = "sécret one"
    redirect: str = ""
    seconds: int = 3600
    gives_refresh: bool = True
    rotates: bool = False
    says_no: str = ""  # the user's, or the provider's, as an error of RFC 6749
    breaks: bytes = b""  # what comes instead of an answer, with its status before
    codes: dict = field(default_factory=dict)
    refreshes: set = field(default_factory=set)
    tokens: set = field(default_factory=set)
    asked: list = field(default_factory=list)
    number: object = field(default_factory=lambda: count(1))

    def authorise(self, said):
        """What a person's browser does there; the address that they are sent back to."""
        assert said["response_type"] == "code"
        assert said["client_id"] == self.client_id
        assert said["redirect_uri"] == self.redirect
        assert said["code_challenge_method"] == "S256"
        if self.says_no:
            return f"{self.redirect}?{urlencode({'error': self.says_no, 'state': said['state']})}"
        code = f"code{next(self.number)}"
        self.codes[code] = said["code_challenge"]
        return f"{self.redirect}?{urlencode({'code': code, 'state': said['state']})}"

    def answer(self, said):
        self.asked.append(said["grant_type"])
        if (said["client_id"], said["client_secret"]) != (self.client_id, self.client_secret):
            return 401, {"error": "invalid_client"}
        if self.says_no or not self.is_good(said):
            return 400, {"error": self.says_no or "invalid_grant"}
        token, refresh = f"token{next(self.number)}", f"refresh{next(self.number)}"
        self.tokens.add(token)
        told = {"access_token": token, "token_type": "Bearer", "expires_in": self.seconds}
        is_first = said["grant_type"] == "authorization_code"
        if (is_first and self.gives_refresh) or (not is_first and self.rotates):
            self.refreshes.add(refresh)
            told["refresh_token"] = refresh
        return 200, told

    def is_good(self, said):
        if said["grant_type"] == "refresh_token":
            known = said["refresh_token"] in self.refreshes
            if self.rotates:
                self.refreshes.discard(said["refresh_token"])
            return known
        proof = base64.urlsafe_b64encode(hashlib.sha256(said["code_verifier"].encode()).digest())
        challenge = self.codes.pop(said["code"], None)
        return challenge == proof.decode().rstrip("=") and said["redirect_uri"] == self.redirect


class Serving:
    """Serves the provider while the block lasts."""

    def __init__(self, provider):
        class Conversation(BaseHTTPRequestHandler):
            def do_POST(self):
                length = int(self.headers["Content-Length"])
                said = {k: v[0] for k, v in parse_qs(self.rfile.read(length).decode()).items()}
                if provider.breaks:
                    self.wfile.write(provider.breaks)
                    return
                status, told = provider.answer(said)
                body = json.dumps(told).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_about):
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Conversation)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_reason):
        self.server.shutdown()
        self.server.server_close()

    def known(self, *, host="127.0.0.1", port=1, security="none"):
        """The provider as our program knows it."""
        return Known(
            "Local", host, port, security, f"{self.url}/{{tenant}}/authorize",
            f"{self.url}/{{tenant}}/token", "mail offline",
        )  # fmt: skip


def asked_for(url):
    return {key: values[0] for key, values in parse_qs(urlsplit(url).query).items()}
