"""Acts on papers."""

from lienthong.facilities.documents.actions.attach import attach_file
from lienthong.facilities.documents.actions.fetch import fetch_waiting, order_files
from lienthong.facilities.documents.actions.issue import issue_form
from lienthong.facilities.documents.actions.reuse import reuse_attachment
from lienthong.facilities.documents.actions.scan import scan_waiting
from lienthong.facilities.documents.actions.withdraw import withdraw_attachment

__all__ = [
    "attach_file",
    "fetch_waiting",
    "issue_form",
    "order_files",
    "reuse_attachment",
    "scan_waiting",
    "withdraw_attachment",
]
