"""What one unit asks of another, as rows: hand-overs and opinions. A row is written when its answer is known."""

from datetime import datetime

from lienthong.console.generate.standing import Standing
from lienthong.console.generate.tables import NULL, moment
from lienthong.console.generate.writer import Writer
from lienthong.console.simulate import words
from lienthong.console.simulate.city import Place
from lienthong.console.simulate.seats import seats_of
from lienthong.core.workdays.queries import calendar_for
from lienthong.facilities.casework.actions.handing import ANSWER_WITHIN
from lienthong.lib.calendar import LimitUnit, TimeLimit, due_at
from lienthong.lib.dates import format_date


def offer_case(writer: Writer, case: Standing, at: datetime) -> None:
    to, case.offered = _other(case), (at, case.seats.head.acting_post)
    case.hand_over = writer.ids["casework.HandOver"].take()
    writer.show(case, to.card.id, "offered")
    told = {"to_unit": to.card.name, "to_unit_id": to.card.id}
    writer.journal(
        case,
        "case.offered",
        case.seats.head,
        at,
        told,
        {"reason": words.OFFER},
        ("hand_over", case.hand_over),
    )


def accept_offer(writer: Writer, case: Standing, at: datetime) -> None:
    to = _other(case)
    offer_row(writer, case, (at, to.crew.chair.acting_post))
    case.sights.setdefault(case.seats.place.card.id, "responsible")
    case.seats = seats_of(writer.city, case.life, to)
    case.holder, case.held_since = case.seats.holder.acting_post, at
    case.hops, case.version = case.hops + 1, case.version + 1
    told = {"unit": to.card.name, "hops": case.hops}
    writer.journal(case, "case.offer_accepted", to.crew.chair, at, told, None, ("hand_over", case.hand_over))


def refuse_offer(writer: Writer, case: Standing, at: datetime) -> None:
    to = _other(case)
    offer_row(writer, case, (at, to.crew.chair.acting_post), words.OFFER_REFUSED)
    told = {"unit": to.card.name, "proposed": case.seats.place.card.name}
    personal = {"reason": words.OFFER_REFUSED}
    writer.journal(
        case, "case.offer_refused", to.crew.chair, at, told, personal, ("hand_over", case.hand_over)
    )


def ask_opinion(writer: Writer, case: Standing, at: datetime) -> None:
    to, case.asked = _other(case), (at, case.seats.worker.acting_post)
    case.consultation = writer.ids["casework.Consultation"].take()
    writer.show(case, to.card.id, "consulted")
    told = {"unit": to.card.name, "due": format_date(_answer_due(at).date())}
    subject = ("consultation", case.consultation)
    writer.journal(
        case, "case.opinion_asked", case.seats.worker, at, told, {"question": words.QUESTION}, subject
    )


def give_opinion(writer: Writer, case: Standing, at: datetime) -> None:
    to = _other(case)
    opinion_row(writer, case, (at, to.crew.chair.acting_post))
    subject = ("consultation", case.consultation)
    writer.journal(
        case,
        "case.opinion_given",
        to.crew.chair,
        at,
        {"unit": to.card.name},
        {"answer": words.OPINION},
        subject,
    )


def offer_row(
    writer: Writer, case: Standing, answered: tuple[datetime, int] | None, refusal: str = ""
) -> None:
    """The offer, open or answered."""
    if case.offered is None:
        return
    (asked, post), case.offered = case.offered, None
    own = str(case.seats.place.card.id)
    state = "refused" if refusal else "accepted" if answered else "offered"
    at, by = (moment(answered[0]), str(answered[1])) if answered else (NULL, NULL)
    writer.add(
        "casework.HandOver", str(case.hand_over), str(case.case_id), own, str(_other(case).card.id), state,
        words.OFFER, moment(due_at(asked, ANSWER_WITHIN, calendar_for())), moment(asked), str(post), at, by,
        refusal, own if refusal else NULL,
    )  # fmt: skip


def opinion_row(writer: Writer, case: Standing, answered: tuple[datetime, int] | None) -> None:
    """The question, open or answered."""
    if case.asked is None:
        return
    (asked, post), case.asked = case.asked, None
    to = _other(case)
    at, by = (moment(answered[0]), str(answered[1])) if answered else (NULL, NULL)
    writer.add(
        "casework.Consultation", str(case.consultation), str(case.case_id), str(to.card.id),
        str(to.crew.chair.post_id), words.QUESTION, moment(asked), str(post), moment(_answer_due(asked)),
        "answered" if answered else "asked", words.OPINION if answered else "", at, by,
    )  # fmt: skip


def _other(case: Standing) -> Place:
    if case.life.other is None:
        raise RuntimeError(f"{case.life.course} needs another unit")
    return case.life.other


def _answer_due(asked: datetime) -> datetime:
    return due_at(asked, TimeLimit(words.ANSWER_DAYS, LimitUnit.WORKING_DAY), calendar_for())
