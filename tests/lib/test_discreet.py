"""No personal data in the log, not even in the traceback of a fault of ours."""

import logging
import sys

from lienthong.lib.discreet import DiscreetFormatter, discreet

DUPLICATE = (
    'psycopg.errors.UniqueViolation: duplicate key value violates unique constraint "parties_paper"\n'
    "DETAIL:  Key (kind, number)=(citizen_card, 079190000123) already exists.\n"
    "django.db.utils.IntegrityError: …"
)
SYNTAX = (
    'psycopg.errors.SyntaxError: syntax error at or near "Công"\n'
    "LINE 1: INSERT INTO parties_party VALUES (Công dân 0123)\n"
    "                                          ^\n"
    "after"
)


def test_the_row_that_an_error_quotes_is_left_out() -> None:
    assert discreet(DUPLICATE).splitlines() == [DUPLICATE.splitlines()[0], DUPLICATE.splitlines()[2]]


def test_the_statement_that_an_error_quotes_is_left_out() -> None:
    assert discreet(SYNTAX).splitlines() == [SYNTAX.splitlines()[0], "after"]


def test_secrets_and_numbers_of_people_are_left_out_and_ids_stay() -> None:
    secret = "0123456789abcdef" * 2
    assert discreet(f"Too Many Requests: /tra-cuu/{secret}/") == "Too Many Requests: /tra-cuu/…/"
    assert discreet("ValueError: '079190000123'") == "ValueError: '…'"
    assert discreet("Not Found: /dossiers/1234567/") == "Not Found: /dossiers/1234567/"


def test_the_traceback_goes_through_it_too() -> None:
    try:
        raise ValueError("0900000123")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, __file__, 1, "Lỗi %s", ("/a/",), sys.exc_info())
    text = DiscreetFormatter("%(levelname)s %(message)s").format(record)
    assert text.startswith("ERROR Lỗi /a/\nTraceback")
    assert text.endswith("ValueError: …")
