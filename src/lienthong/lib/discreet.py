"""Log lines without what a citizen told us: a log is read by more people, and kept longer, than the rows."""

import logging
import re

# What a database adds to an error quotes the row ("Key (kind, number)=(…) already exists") or the statement.
_QUOTES = re.compile(r"^(?:DETAIL|CONTEXT|LINE \d+):.*(?:\n[ \t]+\^[ \t]*$)?\n?", re.MULTILINE)
# The secret of a receipt's QR code stands in an address, and addresses stand in logs.
_SECRET = re.compile(r"\b[0-9a-f]{32}\b")
# Identity numbers and telephones; ids of rows are shorter.
_NUMBER = re.compile(r"(?<![\w.-])\d{9,}(?![\w-])")


class DiscreetFormatter(logging.Formatter):
    """Formats as usual, the traceback included, and takes out what `discreet` takes out."""

    def format(self, record: logging.LogRecord) -> str:
        return discreet(super().format(record))


def discreet(text: str) -> str:
    """The text without the rows that a database error quotes, receipt secrets and long numbers.

    >>> discreet("Not Found: /tra-cuu/0123456789abcdef0123456789abcdef/")
    'Not Found: /tra-cuu/…/'
    """
    return _NUMBER.sub("…", _SECRET.sub("…", _QUOTES.sub("", text)))
