"""What has an hour: run by the worker (procrastinate), each harmless when repeated.

Every task looks for itself whether there is something to do, so that a missed hour is made up at the next one
and no clock's zone matters.
"""

from django.conf import settings
from procrastinate.contrib.django import app

from lienthong.core.scope.values import SYSTEM
from lienthong.facilities.documents.actions import fetch_waiting, scan_waiting
from lienthong.facilities.notifications.actions import erase_addresses, write_digests
from lienthong.facilities.statistics.actions import roll_up_missing
from lienthong.work.stewardship.actions.proving import run_proof
from lienthong.work.stewardship.actions.reporting import produce_reports

LONGEST_QUEUE = 200


@app.periodic(cron="7 * * * *")
@app.task(queueing_lock="roll_up", pass_context=False)
def roll_up(timestamp: int) -> int:
    """Close the figures of the days that are over; returns how many days."""
    return roll_up_missing()


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="rescan", pass_context=False)
def rescan(timestamp: int) -> int:
    """Scan the files that came while there was no scanner; returns how many. Nothing where none is set up."""
    if not settings.CLAMAV_SOCKET:
        return 0
    return sum(scan_waiting(actor=SYSTEM, limit=LONGEST_QUEUE).values())


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="digest", pass_context=False)
def digest(timestamp: int) -> int:
    """Tell every post what it holds that is due, once a working morning; returns how many posts."""
    return write_digests(actor=SYSTEM)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="fetch_files", pass_context=False)
def fetch_files(timestamp: int) -> int:
    """Fetch the files that portals offer by links; returns how many came."""
    return fetch_waiting(actor=SYSTEM, limit=LONGEST_QUEUE)["fetched"]


@app.periodic(cron="37 * * * *")
@app.task(queueing_lock="erase_addresses", pass_context=False)
def erase(timestamp: int) -> int:
    """Erase the addresses of messages that were settled long ago; returns how many."""
    return erase_addresses(actor=SYSTEM)


@app.periodic(cron="30 19 * * *")
@app.task(queueing_lock="prove_register", pass_context=False)
def prove_register(timestamp: int) -> int:
    """Produce the reports that are due, then check the register: 02:30 in Vietnam; returns the run's number.

    The worker's clock is UTC; an hour's difference would change nothing that is found.
    """
    produce_reports(actor=SYSTEM)
    return run_proof(actor=SYSTEM)
