"""Clients, tokens, links and subscriptions; telling, sending and sending again."""

from lienthong.facilities.exchange.actions.clients import register_client, resume_client, stop_client
from lienthong.facilities.exchange.actions.linking import link_case, link_cases
from lienthong.facilities.exchange.actions.resending import resend_all, resend_delivery
from lienthong.facilities.exchange.actions.sending import send_due
from lienthong.facilities.exchange.actions.subscriptions import (
    pause_subscription,
    resume_subscription,
    rotate_secret,
    subscribe,
)
from lienthong.facilities.exchange.actions.telling import register_teller, write_deliveries
from lienthong.facilities.exchange.actions.tokens import issue_token, revoke_token

__all__ = [
    "issue_token",
    "link_case",
    "link_cases",
    "pause_subscription",
    "register_client",
    "register_teller",
    "resend_all",
    "resend_delivery",
    "resume_client",
    "resume_subscription",
    "revoke_token",
    "rotate_secret",
    "send_due",
    "stop_client",
    "subscribe",
    "write_deliveries",
]
