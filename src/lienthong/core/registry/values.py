"""Plain values every room knows: a refusal, and what a room tells of itself (its kinds, its menu entries)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from lienthong.core.lifecycle.values import Lifecycle
    from lienthong.core.scope.values import Actor


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an act is not possible now. `code` is stable; `sentence` is for the person; `article` the law."""

    code: str
    sentence: str
    article: str = ""


class Refused(Exception):
    """An act that was refused; nothing was changed. `status` is what HTTP says of it."""

    def __init__(self, *, code: str, sentence: str, article: str = "", status: int = 409) -> None:
        super().__init__(code)
        self.refusal = Refusal(code, sentence, article)
        self.status = status

    def __reduce__(self) -> tuple[object, ...]:
        """How it crosses to another process: by its own words, whatever the subclass asks for."""
        return (_again, (self.refusal, self.status))

    @classmethod
    def because(cls, refusal: Refusal, status: int = 409) -> "Refused":
        """The exception of a refusal."""
        return cls(code=refusal.code, sentence=refusal.sentence, article=refusal.article, status=status)


def _again(refusal: Refusal, status: int) -> Refused:
    return Refused.because(refusal, status)


class NotFound(Refused):
    """Missing and forbidden look alike."""

    def __init__(self) -> None:
        super().__init__(
            code="not_found",
            sentence="Không tìm thấy, hoặc đơn vị của bạn không được xem.",
            status=404,
        )


@dataclass(frozen=True, slots=True)
class Kind:
    """Loại vụ việc: its word, label and lifecycle, and the URL name of its page (argument: the case's id)."""

    name: str
    label: "StrOrPromise"
    lifecycle: "Lifecycle"
    detail_url_name: str


@dataclass(frozen=True, slots=True)
class NavItem:
    """Mục của thanh điều hướng. `duties`: shown to a post with one of them (none named: to every post).

    `badge` gives the number beside the label for an actor (None: no number).
    """

    label: "StrOrPromise"
    url_name: str
    duties: tuple[str, ...] = ()
    order: int = 100
    badge: "Callable[[Actor], int | None] | None" = None


@dataclass(slots=True)
class Register:
    """What the rooms have told of themselves since the process began."""

    kinds: dict[str, Kind] = field(default_factory=dict)
    nav: dict[str, NavItem] = field(default_factory=dict)


REGISTER = Register()
