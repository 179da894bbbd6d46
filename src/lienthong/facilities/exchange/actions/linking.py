"""Which case is whose: a row beside the case, written inside the act that opens it."""

from collections.abc import Sequence

from django.db import connection

from lienthong.core.registry.values import Refused

_LINK = """
INSERT INTO exchange_link (client_id, case_id, external_code)
SELECT %s, * FROM unnest(%s::bigint[], %s::text[]) ON CONFLICT DO NOTHING
"""


def link_case(*, client_id: int, case_id: int, external_code: str) -> None:
    """Let a client know a case under its own code. Raises Refused where the code is taken. One statement.

    The client of an actor that is one: `-actor.account_id`.
    """
    link_cases(client_id=client_id, links=[(case_id, external_code)])


def link_cases(*, client_id: int, links: Sequence[tuple[int, str]]) -> None:
    """The same for several: (case, external code). All or none. One statement.

    Ask `access.linked_cases` first; a code that two requests bring at once is refused here for the second one.
    """
    if not links:
        return
    cases, codes = zip(*links, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(_LINK, [client_id, list(cases), list(codes)])
        if cursor.rowcount != len(links):
            raise Refused(
                code="exchange.external_code_taken",
                sentence="Mã hồ sơ của bên gửi đã được dùng cho một hồ sơ khác. Hồ sơ trước vẫn còn nguyên.",
            )
