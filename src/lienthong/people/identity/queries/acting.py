"""Who is acting: the account's posts today, and the actor of a request."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from lienthong.core.scope.queries import ask
from lienthong.core.scope.values import Actor
from lienthong.people.identity.rules import duties_of, reach_of

# Own appointments, and posts for which this person is the named substitute of whoever is absent: only while it
# works in that unit itself, or somebody dismissed would go on acting for another.
_POSTS = """
SELECT p.id, p.kind, p.title, p.unit_id, p.body_id, f.name, per.name, per.id, u.code, false AS substitute, a.id
FROM identity_account a
JOIN organisation_person per ON per.id = a.person_id
JOIN organisation_appointment ap ON ap.person_id = per.id AND ap.valid_during @> %(day)s::date
JOIN organisation_post p ON p.id = ap.post_id AND p.valid_during @> %(day)s::date
JOIN organisation_adminunit u ON u.id = p.unit_id
JOIN organisation_unitfact f ON f.unit_id = p.unit_id AND f.valid_during @> %(day)s::date
WHERE a.id = ANY(%(accounts)s::bigint[]) AND a.is_active
UNION ALL
SELECT p.id, p.kind, p.title, p.unit_id, p.body_id, f.name, per.name, per.id, u.code, true, a.id
FROM identity_account a
JOIN organisation_person per ON per.id = a.person_id
JOIN organisation_absence ab ON ab.substitute_id = per.id AND ab.valid_during @> %(day)s::date
JOIN organisation_post p ON p.id = ab.post_id AND p.valid_during @> %(day)s::date
JOIN organisation_adminunit u ON u.id = p.unit_id
JOIN organisation_unitfact f ON f.unit_id = p.unit_id AND f.valid_during @> %(day)s::date
WHERE a.id = ANY(%(accounts)s::bigint[]) AND a.is_active AND EXISTS (
  SELECT FROM organisation_appointment own JOIN organisation_post o ON o.id = own.post_id
  WHERE own.person_id = per.id AND own.valid_during @> %(day)s::date AND o.unit_id = p.unit_id
)
ORDER BY 10, 1
"""


@dataclass(frozen=True, slots=True)
class ActingPost:
    """A post that an account may act from today; `substitute` where it stands in for an absent holder."""

    post_id: int
    kind: str
    title: str
    unit_id: int
    body_id: int
    unit_name: str
    person_name: str
    person_id: int
    unit_code: str
    substitute: bool

    def actor(self, account_id: int) -> Actor:
        """The actor that this account is when it acts from this post."""
        return Actor(
            account_id=account_id,
            person_id=self.person_id,
            post_id=self.post_id,
            unit_id=self.unit_id,
            body_id=self.body_id,
            duties=duties_of(self.kind),
            reach=reach_of(self.kind),
            label=f"{self.person_name} · {self.title} · {self.unit_name}",
            name=self.person_name,
            title=self.title,
        )


def posts_of(account_id: int, day: date) -> list[ActingPost]:
    """The posts an account may act from on a day, own ones first. One statement."""
    return posts_by_account([account_id], day)[account_id]


def posts_by_account(account_ids: Collection[int], day: date) -> dict[int, list[ActingPost]]:
    """The posts that each of these accounts may act from on a day. One statement."""
    found: dict[int, list[ActingPost]] = {account_id: [] for account_id in account_ids}
    for *post, account_id in ask(_POSTS, {"accounts": list(found), "day": day}):
        found[account_id].append(ActingPost(*post))
    return found
