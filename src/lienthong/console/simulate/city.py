"""The city as a load needs it: its units with their officers and weights, what people ask for, who answers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import accumulate
from random import Random

from lienthong.console.demo.crew import Crew, crews_of
from lienthong.core.workdays.queries import calendar_for
from lienthong.lib.calendar import TimeLimit, WorkCalendar
from lienthong.mandate.competence.queries import responsible_for
from lienthong.mandate.competence.values import Answer
from lienthong.mandate.procedures.queries import limits_for, search_catalogue, why_not_usable
from lienthong.mandate.procedures.values import Terms
from lienthong.people.organisation.queries import units_of_province
from lienthong.people.organisation.values import UnitCard
from lienthong.people.parties.values import PaperDraft, PartyDraft
from lienthong.work.dossiers.queries import limit_at

# How often people come for what: assumptions of the simulation, not figures of any office.
FIELD_WEIGHTS = {"Chứng thực": 40.0, "Hộ tịch": 34.0, "Bảo trợ xã hội": 8.0, "Đất đai": 4.0}
OTHER_FIELDS = 3.0
FREQUENT = {
    "2.000815": 9.0, "2.000884": 5.0, "2.000635": 6.0, "1.001193": 5.0, "1.000894": 3.0,
    "1.000656": 3.0, "1.004873": 5.0, "1.001612": 3.0, "1.001776": 3.0,
}  # fmt: skip
WEIGHT_OF_TYPE = {"ward": 1.0, "commune": 0.7, "special_zone": 0.15}
CATALOGUE = 1000
ONLINE, POST, COUNTER = "online", "post", "counter"


@dataclass(frozen=True)
class Place:
    """A unit of the city: its card, its officers, and how much of the load comes to it."""

    card: UnitCard
    crew: Crew
    weight: float

    @property
    def code(self) -> str:
        return self.card.code


@dataclass
class City:
    """Units, catalogue and calendar on one day; who answers is asked once for each task and unit."""

    places: dict[str, Place]
    terms: dict[str, Terms]
    calendar: WorkCalendar
    on: date
    answers: dict[tuple[str, int], Answer] = field(default_factory=dict)

    def answer(self, procedure: str, unit_id: int) -> Answer:
        """Who is responsible; one statement for each task and unit."""
        found = self.answers.get((procedure, unit_id))
        if found is None:
            found = self.answers[procedure, unit_id] = responsible_for(procedure, unit_id, self.on)
        return found

    def limit(self, procedure: str, channel: str) -> tuple[TimeLimit, str]:
        """The time limit that a dossier of this procedure takes, and its cut-off hour."""
        return limit_at(limits_for(self.terms[procedure], channel), 0)

    def choose(self, rng: Random, channel: str) -> str:
        """A procedure of this channel, by how often people come for it."""
        codes, sums = self._menu.get(channel) or self._menu[COUNTER]
        return rng.choices(codes, cum_weights=sums)[0]

    @cached_property
    def _menu(self) -> dict[str, tuple[list[str], list[float]]]:
        menu = {}
        for channel in (COUNTER, ONLINE, POST):
            codes = [code for code, one in self.terms.items() if channel in one.channels]
            if codes:
                menu[channel] = (codes, list(accumulate(map(self._weight, codes))))
        return menu

    def _weight(self, code: str) -> float:
        own = self.terms[code].field
        siblings = sum(FREQUENT.get(c, 1.0) for c, one in self.terms.items() if one.field == own)
        return FIELD_WEIGHTS.get(own, OTHER_FIELDS) * FREQUENT.get(code, 1.0) / siblings


def load_city(province: str, on: date, codes: Sequence[str] = ()) -> City:
    """The city's staffed units (all, or those of the codes) and what can be taken in on a day."""
    cards = [card for card in units_of_province(province, on) if not codes or card.code in codes]
    crews = crews_of([card.code for card in cards], on)
    places = {
        card.code: Place(card, crews[card.code], _weight_of(card)) for card in cards if card.code in crews
    }
    return City(places, stated_terms(on), calendar_for(), on)


def stated_terms(on: date) -> dict[str, Terms]:
    """The procedures whose time is stated and that a counter can take in on a day. One statement."""
    rows = [row.terms for row in search_catalogue("", on, "", CATALOGUE)]
    return {one.procedure_code: one for one in rows if why_not_usable(one, COUNTER, on) is None}


def citizen(number: int) -> PartyDraft:
    """A visibly fictitious citizen, up to eleven million of them: no province has the code 000."""
    born = date(1950 + number % 55, 1 + number % 12, 1 + number % 28)
    man = number % 2 == 0
    century = 0 if born.year < 2000 else 2
    card = f"000{century + (0 if man else 1)}{born.year % 100:02d}{number % 1_000_000:06d}"
    return PartyDraft(
        name=f"Công dân {number:04d}",
        papers=(PaperDraft("citizen_card", card),),
        born_on=born,
        sex="male" if man else "female",
        address=f"Số {number % 90 + 1}, Khu phố {number % 3 + 1}",
        phone=f"0900{number % 1_000_000:06d}",
    )


def _weight_of(card: UnitCard) -> float:
    """Bigger and smaller units: drawn once for each code, so that every run has the same."""
    return WEIGHT_OF_TYPE.get(card.unit_type, 0.7) * Random(card.code).lognormvariate(0.0, 0.4)
