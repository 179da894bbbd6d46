"""What can happen on the open web, in sentences."""

from lienthong.core.journal.events import Event, register_events

register_events(
    Event(
        "lookup.locked", "Tạm dừng tra cứu bằng mã sau {failures} lần nhập sai; vẫn tra cứu được bằng mã QR"
    )
)
