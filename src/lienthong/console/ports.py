"""The port to serve on: the wanted one, or the next that is free."""

import socket

from lienthong.console.errors import ConsoleError

TRIES = 30


def is_free(host: str, port: int) -> bool:
    """Whether nobody listens there and we may."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def choose(host: str, wanted: int) -> int:
    """The wanted port or the next free one above it."""
    for port in range(wanted, min(wanted + TRIES, 65536)):
        if is_free(host, port):
            return port
    raise ConsoleError(
        "port-taken",
        f"Không còn cổng trống từ {wanted} đến {wanted + TRIES - 1} trên {host}. Hãy chọn cổng khác: "
        "make run PORT=9000.",
    )
