"""What leaves by itself: the listener writes what is to be sent, the sender sends it."""

from collections.abc import Callable, Mapping

from lienthong.core.journal.values import Happened
from lienthong.facilities.exchange.actions import send_due, write_deliveries


def tell_clients(entry: Happened) -> None:
    """Write what the clients that know this case are to be told of it."""
    write_deliveries(entry)


LISTENERS: Mapping[str, Callable[[Happened], None]] = {"exchange": tell_clients}
SENDERS: Mapping[str, Callable[[], int]] = {"exchange": send_due}
