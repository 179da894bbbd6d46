"""`lienthong worker`: what runs beside the web server; stops on SIGTERM and Ctrl-C when its tasks are done."""

import threading
from typing import Any

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app

from lienthong.console.listeners import follow_all, registered, send_all, senders

CONCURRENCY = 2
GRACE = 8.0


class Command(BaseCommand):
    help = "Chạy việc nền: chốt số liệu hằng ngày, quét tệp, theo dõi nhật ký, gửi thông báo ra ngoài."

    def handle(self, *args: Any, **options: Any) -> None:
        stopping = threading.Event()
        threads = []
        for name, handler in registered().items():
            threads.append(threading.Thread(target=follow_all, args=({name: handler}, stopping), daemon=True))
        for name, sender in senders().items():
            threads.append(threading.Thread(target=send_all, args=(name, sender, stopping), daemon=True))
        for thread in threads:
            thread.start()
        connector: Any = app.connector
        try:
            with app.replace_connector(connector.get_worker_connector()) as working:
                working.run_worker(concurrency=CONCURRENCY, shutdown_graceful_timeout=GRACE)
        finally:
            stopping.set()
            for thread in threads:
                thread.join(GRACE)
