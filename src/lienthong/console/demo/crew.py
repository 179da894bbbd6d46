"""The officers of a unit as actors, found by their posts."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import connection

from lienthong.core.scope.values import Actor
from lienthong.people.identity.queries import ActingPost
from lienthong.people.organisation.enums import PostKind

_POSTS = """
SELECT a.id, a.username, p.id, p.kind, p.title, p.unit_id, p.body_id, f.name, per.name, per.id, u.code,
       false
FROM organisation_post p
JOIN organisation_appointment ap ON ap.post_id = p.id AND ap.valid_during @> %(day)s::date
JOIN organisation_person per ON per.id = ap.person_id
JOIN identity_account a ON a.person_id = per.id
JOIN organisation_adminunit u ON u.id = p.unit_id
JOIN organisation_unitfact f ON f.unit_id = u.id AND f.valid_during @> %(day)s::date
WHERE u.code = ANY(%(codes)s) AND u.era = '2025' AND p.valid_during @> %(day)s::date
ORDER BY u.code, p.rank, p.id
"""


@dataclass
class Crew:
    """Officers of one unit: by post, by kind of post, and by user name."""

    code: str
    unit_id: int
    unit_name: str
    posts: dict[int, Actor] = field(default_factory=dict)
    kinds: dict[str, list[Actor]] = field(default_factory=dict)
    usernames: dict[str, str] = field(default_factory=dict)

    @property
    def chair(self) -> Actor:
        return self.kinds[PostKind.CHAIR][0]

    @property
    def administrator(self) -> Actor:
        return self.kinds[PostKind.ADMINISTRATOR][0]

    def clerk(self, number: int = 0) -> Actor:
        clerks = self.kinds[PostKind.ONE_STOP_CLERK]
        return clerks[number % len(clerks)]

    def head(self, body_id: int | None) -> Actor:
        """The head of a department; the Chair where it has none."""
        heads = self.kinds[PostKind.DEPARTMENT_HEAD]
        return next((head for head in heads if head.body_id == body_id), self.chair)

    def specialists(self, body_id: int | None) -> list[Actor]:
        """The specialists of a department; those of the unit where it has none."""
        every = self.kinds[PostKind.SPECIALIST]
        return [one for one in every if one.body_id == body_id] or every


def crews_of(codes: Iterable[str], day: date) -> dict[str, Crew]:
    """The crews of staffed units by code; a unit without accounts is missing. One statement."""
    found: dict[str, Crew] = {}
    with connection.cursor() as cursor:
        cursor.execute(_POSTS, {"codes": list(codes), "day": day})
        for account_id, username, *post in cursor.fetchall():
            acting = ActingPost(*post)
            crew = found.setdefault(
                acting.unit_code, Crew(acting.unit_code, acting.unit_id, acting.unit_name)
            )
            actor = acting.actor(account_id)
            crew.posts[acting.post_id] = actor
            crew.kinds.setdefault(acting.kind, []).append(actor)
            crew.usernames[username] = acting.title
    return found
