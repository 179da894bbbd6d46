"""The actor: who acts, from which post, in which unit. A plain value that every floor may take."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar

Kept = TypeVar("Kept")
# A province has some hundred units and some hundred procedures; more than this is not one day's work.
MOST_KEPT = 20_000


@dataclass(frozen=True, slots=True)
class Actor:
    """Người tác nghiệp: ids (bigint), and the names that papers print.

    `duties` are what the post may do; `reach` whose rows it sees: "unit", "province", "system" or "none".
    `via`: client and token of the program that acts for the post ("" = the officer does); the journal keeps it.
    """

    account_id: int | None
    person_id: int | None = None
    post_id: int | None = None
    unit_id: int | None = None
    body_id: int | None = None
    duties: frozenset[str] = field(default_factory=frozenset)
    reach: str = "unit"
    label: str = ""
    name: str = ""
    title: str = ""
    via: str = ""

    def may(self, duty: str) -> bool:
        """Whether the acting post carries the duty."""
        return duty in self.duties

    @property
    def acting_post(self) -> int:
        """The post an act of a person is done from. Raises RuntimeError for an actor without one."""
        return _demanded(self.post_id, "an act of a person is done from a post")

    @property
    def acting_person(self) -> int:
        """The person who answers for an act with their name. Raises RuntimeError for an actor without one."""
        return _demanded(self.person_id, "an act with a name is done by a person")


def _demanded(found: int | None, sentence: str) -> int:
    if found is None:
        raise RuntimeError(sentence)
    return found


SYSTEM = Actor(account_id=None, reach="system", label="Hệ thống")
ANONYMOUS = Actor(account_id=None, reach="none", label="Khách")


@dataclass(frozen=True, slots=True)
class Register:
    """What a process remembers of the register in one version of it (models.RegisterVersion).

    It may be out of date at any time: an act that rests on it hands `version` to the statement that writes, which
    compares and writes nothing where the register has changed.
    """

    version: int
    _kept: dict[Hashable, Any] = field(default_factory=dict)

    def kept(self, mark: Hashable, read: Callable[[], Kept]) -> Kept:
        """What `read` says, asked once in this version."""
        if mark in self._kept:
            found: Kept = self._kept[mark]
            return found
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        return self._kept.setdefault(mark, read())  # type: ignore[no-any-return]
