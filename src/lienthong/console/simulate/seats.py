"""Who does which act of a life: the same persons for both loads, found by the register's answer."""

from dataclasses import dataclass

from lienthong.console.simulate.city import City, Place
from lienthong.console.simulate.life import Life
from lienthong.core.scope.values import Actor
from lienthong.mandate.competence.values import Answer
from lienthong.people.organisation.enums import PostKind
from lienthong.work.dossiers.queries import LODGING

# No client of the API has this number.
PORTAL = -1_000_000_000


@dataclass(frozen=True, slots=True)
class Seats:
    """In the unit that is responsible: who holds a matter first, who works on it, who decides, who dispatches."""

    place: Place
    answer: Answer
    holder: Actor
    worker: Actor
    leader: Actor
    head: Actor

    @property
    def is_dispatched(self) -> bool:
        """Whether the register names a head, who gives the matter to a specialist."""
        return self.holder != self.worker


def seats_of(city: City, life: Life, place: Place) -> Seats:
    """The seats of a life's matter in a unit. A statement only when the register is asked for the first time."""
    answer = city.answer(life.procedure, place.card.id)
    crew = place.crew
    holder = crew.posts[answer.post_id or 0]
    workers = crew.specialists(holder.body_id)
    worker = holder if holder in crew.kinds[PostKind.SPECIALIST] else workers[life.number % len(workers)]
    return Seats(
        place, answer, holder, worker, crew.posts[answer.leader_post_id or 0], crew.head(worker.body_id)
    )


def clerk_of(life: Life) -> Actor:
    """The clerk of the unit that takes the dossier in, and hands its result over."""
    return life.home.crew.clerk(life.number)


def portal_of(life: Life) -> Actor:
    """Who sends online dossiers in: a client of the API, addressing the unit."""
    return Actor(
        account_id=PORTAL, unit_id=life.home.card.id, duties=frozenset({LODGING}), label="Cổng mô phỏng"
    )
