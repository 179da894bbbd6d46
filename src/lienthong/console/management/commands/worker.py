"""`lienthong worker`: what runs beside the web server; stops on SIGTERM and Ctrl-C when its tasks are done."""

import threading
from typing import Any

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app

from lienthong.console.listeners import follow_all, registered

CONCURRENCY = 2
GRACE = 8.0


class Command(BaseCommand):
    help = "Chạy việc nền: chốt số liệu hằng ngày, quét tệp, theo dõi nhật ký."

    def handle(self, *args: Any, **options: Any) -> None:
        stopping = threading.Event()
        listeners = registered()
        follower = threading.Thread(target=follow_all, args=(listeners, stopping), daemon=True)
        if listeners:
            follower.start()
        connector: Any = app.connector
        try:
            with app.replace_connector(connector.get_worker_connector()) as working:
                working.run_worker(concurrency=CONCURRENCY, shutdown_graceful_timeout=GRACE)
        finally:
            stopping.set()
            if listeners:
                follower.join(GRACE)
