"""A server on loopback that speaks by a script, and then says nothing, or a byte now and then."""

import contextlib
import socket
import threading


class Stalling:
    """Says each line of the script for one that it heard, the first at once; then it stalls.

    With `drips` it goes on with a byte each few hundredths of a second, and never ends a line.
    """

    def __init__(self, *script, drips=b""):
        self.script, self.drips = script, drips
        self.connections, self.ends = 0, threading.Event()
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]

    def __enter__(self):
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_reason):
        self.ends.set()
        self.listening.close()

    def _serve(self):
        with contextlib.suppress(OSError):
            while True:
                line, _address = self.listening.accept()
                self.connections += 1
                threading.Thread(target=self._talk, args=(line,), daemon=True).start()

    def _talk(self, line):
        with contextlib.suppress(OSError), line, line.makefile("rb") as heard:
            for number, said in enumerate(self.script):
                if number:
                    tag = heard.readline().split(b" ")[0]
                    said = said.replace(b"TAG", tag)  # noqa: PLW2901 - IMAP answers by its tag
                line.sendall(said)
            while not self.ends.wait(0.03):
                line.sendall(self.drips)
