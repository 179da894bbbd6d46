"""Telling citizens and officers: what is registered, queued, sent, set and read."""

from lienthong.facilities.notifications.actions.alerts import mark_read, raise_alert, tell_posts
from lienthong.facilities.notifications.actions.digest import set_digest_mail, write_digests
from lienthong.facilities.notifications.actions.erase import erase_addresses
from lienthong.facilities.notifications.actions.queue import queue_message
from lienthong.facilities.notifications.actions.registering import register_alert, register_message
from lienthong.facilities.notifications.actions.resend import resend_message
from lienthong.facilities.notifications.actions.send import send_waiting
from lienthong.facilities.notifications.actions.templates import set_rule, set_template
from lienthong.facilities.notifications.actions.try_out import send_test

__all__ = [
    "erase_addresses",
    "mark_read",
    "queue_message",
    "raise_alert",
    "register_alert",
    "register_message",
    "resend_message",
    "send_test",
    "send_waiting",
    "set_digest_mail",
    "set_rule",
    "set_template",
    "tell_posts",
    "write_digests",
]
