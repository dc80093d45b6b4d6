"""A small server of mail on one address, in a thread of its own."""

import socket
from collections.abc import Callable
from typing import Any, Self

from aiosmtpd.controller import Controller


class Listener(Controller):  # type: ignore[misc]
    """Listens as soon as it is made; port 0 takes a free one. aiosmtpd alone can't say which."""

    def __init__(self, handler: Any, server: Callable[[], Any], *, host: str, port: int) -> None:
        family, *_rest, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        self._socket = socket.create_server(address[:2], family=family)
        bound = self._socket.getsockname()
        super().__init__(handler, hostname=bound[0], port=bound[1])
        self._server = server

    def factory(self) -> Any:
        return self._server()

    def _create_server(self) -> Any:
        return self.loop.create_server(self._factory_invoker, sock=self._socket)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_reason: object) -> None:
        self.stop()
