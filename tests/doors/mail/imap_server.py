"""A small IMAP server on loopback that speaks what is needed of RFC 9051, and can misbehave.

Sign-in by LOGIN, PLAIN and XOAUTH2, over TLS or not; folders, SEARCH, FETCH, MOVE, COPY, STORE,
EXPUNGE and IDLE. What it doesn't know it says BAD to.
"""

import base64
import calendar
import contextlib
import re
import socket
import socketserver
import threading
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import ClassVar

FULL = ("IMAP4rev1", "IDLE", "MOVE", "NAMESPACE")
_STRING = re.compile(rb'"((?:[^"\\]|\\.)*)"|([^\s()]+)|(\([^)]*\))')


@dataclass
class Folder:
    uid_validity: int
    mails: dict = field(default_factory=dict)  # number: bytes
    dates: dict = field(default_factory=dict)
    deleted: set = field(default_factory=set)
    numbers: object = field(default_factory=lambda: count(1))

    def put(self, mail, day):
        number = next(self.numbers)
        self.mails[number], self.dates[number] = mail, day
        return number


@dataclass
class Post:
    """What lies on the server, and how it behaves; tests put in and look."""

    passwords: dict = field(default_factory=lambda: {"help": "secret one"})
    tokens: set = field(default_factory=set)
    capabilities: tuple = FULL
    prefix: str = ""
    folders: dict = field(default_factory=lambda: {"INBOX": Folder(1)})
    refused_fetches: set = field(default_factory=set)
    refused_moves: set = field(default_factory=set)
    sign_ins: list = field(default_factory=list)
    commands: list = field(default_factory=list)
    keeps_still: bool = False  # tells nobody who is idle that something has come
    most_at_once: int = 0
    at_once: int = 0
    comes_just_then: list = field(default_factory=list)  # between a look and the listening
    changed: threading.Condition = field(default_factory=threading.Condition)

    def arrive(self, mail, day=None, folder="INBOX"):
        with self.changed:
            number = self.folders[folder].put(mail, day or date(2026, 11, 25))
            self.changed.notify_all()
        return number

    def content(self, folder):
        known = self.folders.get(self.prefix + folder) or self.folders.get(folder)
        return list(known.mails.values()) if known else []


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, post, context=None, *, starts_encrypted=True):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.post, self.context, self.starts_encrypted = post, context, starts_encrypted
        self.lines = set()
        self.port = self.server_address[1]
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    def __exit__(self, *reason):
        self.hang_up()
        self.shutdown()
        self.server_close()

    def hang_up(self):
        for line in list(self.lines):
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def handle_error(self, *_about):
        """A client that hangs up is no news here."""


class Conversation(socketserver.BaseRequestHandler):
    FREE: ClassVar = {"CAPABILITY", "LOGIN", "AUTHENTICATE", "LOGOUT", "STARTTLS", "NOOP"}

    def setup(self):
        self.server.lines.add(self.request)
        self.post, self.line = self.server.post, self.request
        if self.server.context and self.server.starts_encrypted:
            self.line = self.server.context.wrap_socket(self.line, server_side=True)
        self.file = self.line.makefile("rb")
        self.folder = None
        self.known = False
        self.open = True

    def handle(self):
        self.say("* OK ready")
        while self.open and (told := self.file.readline()):
            tag, _space, rest = told.strip().partition(b" ")
            words = [a or b or c for a, b, c in _STRING.findall(rest)]
            self.tag = tag.decode()
            self.answer([re.sub(rb'\\(["\\])', rb"\1", word).decode() for word in words])

    def finish(self):
        self.server.lines.discard(self.request)
        with self.post.changed:
            self.post.at_once -= self.known

    def answer(self, words):
        verb = words[0].upper() if words else ""
        if verb == "UID":
            verb, words = f"UID_{words[1].upper()}", words[1:]
        if verb != "IDLE":
            self.post.commands.append(verb)
        act = getattr(self, f"do_{verb.lower()}", None)
        if act is None or (not self.known and verb not in self.FREE):
            self.end("BAD", "not here")
        else:
            act(*words[1:])

    def say(self, text, then=b""):
        self.line.sendall(text.encode() + then + b"\r\n")

    def end(self, how="OK", text="done"):
        self.say(f"{self.tag} {how} {text}")

    def do_capability(self):
        # As many do: more is told to who has signed in.
        told = self.post.capabilities if self.known else ("IMAP4rev1", "STARTTLS")
        self.say(f"* CAPABILITY {' '.join(told)}")
        self.end()

    def do_noop(self):
        self.end()

    def do_logout(self):
        self.say("* BYE until later")
        self.end()
        self.open = False

    def do_starttls(self):
        self.end()
        self.line = self.server.context.wrap_socket(self.line, server_side=True)
        self.file = self.line.makefile("rb")

    def do_login(self, user, password):
        self.sign_in("LOGIN", user, self.post.passwords.get(user) == password)

    def do_authenticate(self, way):
        self.say("+ ")
        said = base64.b64decode(self.file.readline().strip()).decode()
        if way == "PLAIN":
            _as, user, password = said.split("\0")
            self.sign_in(way, user, self.post.passwords.get(user) == password)
        elif way == "XOAUTH2":
            user, bearer = said.strip("\1").split("\1")
            token = bearer.removeprefix("auth=Bearer ")
            good = token in self.post.tokens
            if not good:
                self.say("+ " + base64.b64encode(b'{"status":"400"}').decode())
                self.file.readline()
            self.sign_in(way, user.removeprefix("user="), good)
        else:
            self.end("NO", "unknown way")

    def sign_in(self, way, user, good):
        self.post.sign_ins.append((way, user, good))
        self.known = good
        with self.post.changed:
            self.post.at_once += good
            self.post.most_at_once = max(self.post.most_at_once, self.post.at_once)
        self.end("OK" if good else "NO", "welcome" if good else "[AUTHENTICATIONFAILED] wrong")

    def do_namespace(self):
        self.say(f'* NAMESPACE (("{self.post.prefix}" ".")) NIL NIL')
        self.end()

    def do_list(self, _reference, name):
        if name in self.post.folders:
            self.say(f'* LIST () "." "{name}"')
        self.end()

    def do_create(self, name):
        if self.post.prefix and not name.startswith(self.post.prefix):
            self.end("NO", "only below INBOX")
            return
        self.post.folders[name] = Folder(1)
        self.end()

    def do_subscribe(self, _name):
        self.end()

    def do_select(self, name):
        self.folder = self.post.folders.get(name)
        if self.folder is None:
            self.end("NO", "no such folder")
            return
        self.say(f"* {len(self.folder.mails)} EXISTS")
        self.say(f"* OK [UIDVALIDITY {self.folder.uid_validity}] valid")
        self.end("OK", "[READ-WRITE] selected")

    def do_examine(self, name):
        self.do_select(name)

    def do_uid_search(self, *said):
        criteria = " ".join(said).strip("()").split()
        assert criteria[0::2] == ["SINCE", "UNDELETED"], criteria
        day, month, year = criteria[1].split("-")
        since = date(int(year), list(calendar.month_abbr).index(month), int(day))
        found = [
            number
            for number in self.folder.mails
            if self.folder.dates[number] >= since and number not in self.folder.deleted
        ]
        self.say(f"* SEARCH {' '.join(map(str, found))}".rstrip())
        self.end()

    def do_uid_fetch(self, number, what):
        number = int(number)
        mail = self.folder.mails.get(number)
        if mail is None:
            self.end()
        elif "SIZE" in what:
            self.say(f"* 1 FETCH (UID {number} RFC822.SIZE {len(mail)})")
            self.end()
        elif number in self.post.refused_fetches:
            self.end("NO", "[SERVERBUG] can't read it")
        else:
            self.say(f"* 1 FETCH (UID {number} BODY[] {{{len(mail)}}}\r\n", mail + b")")
            self.end()

    def do_uid_move(self, number, name):
        if "MOVE" not in self.post.capabilities:
            self.end("BAD", "not here")
        elif self.put(int(number), name):
            self.folder.mails.pop(int(number), None)
            self.end()

    def do_uid_copy(self, number, name):
        if self.put(int(number), name):
            self.end()

    def put(self, number, name):
        where = self.post.folders.get(name)
        if where is None or number in self.post.refused_moves:
            self.end("NO", "[TRYCREATE] no such folder" if where is None else "[OVERQUOTA] full")
            return False
        if number in self.folder.mails:
            where.put(self.folder.mails[number], self.folder.dates[number])
        return True

    def do_uid_store(self, number, _how, flags):
        assert flags == r"(\Deleted)", flags
        self.folder.deleted.add(int(number))
        self.end()

    def do_expunge(self):
        for number in list(self.folder.deleted):
            self.folder.mails.pop(number, None)
        self.folder.deleted.clear()
        self.end()

    def do_idle(self):
        if self.post.comes_just_then:
            self.folder.put(self.post.comes_just_then.pop(), date(2026, 11, 25))
            self.say(f"+ idling\r\n* {len(self.folder.mails)} EXISTS")
        else:
            self.say("+ idling")
        seen, done = len(self.folder.mails), threading.Event()
        # Noted only now: what comes as soon as somebody reads it there is new, and is told.
        self.post.commands.append("IDLE")

        def tell():
            with self.post.changed, contextlib.suppress(OSError):
                while not done.is_set():
                    if len(self.folder.mails) != seen and not self.post.keeps_still:
                        self.say(f"* {len(self.folder.mails)} EXISTS")
                        return
                    self.post.changed.wait(0.1)

        teller = threading.Thread(target=tell, daemon=True)
        teller.start()
        told = self.file.readline()
        done.set()
        teller.join()
        self.end("OK" if told.strip() == b"DONE" else "BAD")
