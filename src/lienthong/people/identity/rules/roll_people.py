"""Who is meant by a row of a table of officers: somebody known, somebody new, or nobody can tell."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from lienthong.lib.dates import format_date
from lienthong.lib.text import tone_key
from lienthong.people.identity.rules.accounts import ELSEWHERE, SUBSTITUTE_REFUSED, why_not_username
from lienthong.people.identity.values import Known, PersonRef, RowPlan, Seat
from lienthong.people.organisation.queries import why_not_officer_details

NAME, USER, OWN, AWAY = "Họ và tên", "Tên đăng nhập", "Số định danh", "Người thay"
DETAIL_COLUMNS = {"officer.identity": OWN, "officer.phone": "Điện thoại", "officer.email": "Thư điện tử"}
# A telephone number is written in groups; it is kept without what stands between them.
_AS_DIALLED = str.maketrans("", "", " .-")


class People:
    """The officers of a table: those who are known, and those that its rows bring."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.seat_of = {seat.post_id: seat for seat in known.seats}
        self.by_name: dict[tuple[int, str], dict[int, Seat]] = defaultdict(dict)
        self.by_user: dict[str, Seat] = {}
        # of the rows so far: new officers by name, by user name, by identity number; the row that brought them
        self.names: dict[tuple[int, str], dict[PersonRef, int]] = defaultdict(dict)
        self.users: dict[str, tuple[PersonRef, str, int]] = {}
        self.identities: dict[str, tuple[PersonRef, int]] = {}
        for seat in known.seats:
            if seat.person_id is not None:
                self.by_name[seat.unit_id, tone_key(seat.person)].setdefault(seat.person_id, seat)
                if seat.username:
                    self.by_user[seat.username] = seat
            if seat.next_person_id is not None:
                coming = replace(seat, person_id=seat.next_person_id, person=seat.next_person, username="")
                self.by_name[seat.unit_id, tone_key(coming.person)].setdefault(seat.next_person_id, coming)

    def place(self, plan: RowPlan, values: Mapping[str, Any], seat: Seat | None) -> None:
        """Find who the row's holder is, and what is kept of them; or say why nobody can tell."""
        name, username = values.get("person") or "", (values.get("username") or "").lower()
        if not name:
            if any(values.get(column) for column in ("username", "starts_on", "ends_on", "identity")):
                plan.refuse(
                    "roll.no_name", "Chưa ghi họ tên. Vị trí trống thì để trống cả các ô về người.", NAME
                )
            return
        plan.person, plan.holder = name, self._who(plan, name, username, values.get("identity") or "", seat)
        if plan.problems or plan.holder is None:
            return
        self._account(plan, username, seat)
        self._detail(plan, values)
        if not plan.problems:
            self._remember(plan, username, values.get("identity") or "")

    def _who(
        self, plan: RowPlan, name: str, username: str, identity: str, seat: Seat | None
    ) -> PersonRef | None:
        if username and (known := self._by_username(plan, name, username)) is not None:
            return known
        if identity and (known := self._by_identity(plan, name, identity)) is not None:
            return known
        if plan.problems:
            return None
        if seat is not None and seat.person_id is not None and tone_key(seat.person) == tone_key(name):
            return seat.person_id
        if seat is not None and seat.next_person_id and tone_key(seat.next_person) == tone_key(name):
            return seat.next_person_id
        return self._new(plan, name, username, identity)

    def _by_username(self, plan: RowPlan, name: str, username: str) -> PersonRef | None:
        refusal = why_not_username(username)
        if refusal:
            plan.refuse(refusal.code, refusal.sentence, USER)
            return None
        holder = self.known.accounts.get(username)
        if holder is not None:
            if tone_key(holder.person) != tone_key(name):
                plan.refuse("roll.user_taken", f"Tên đăng nhập {username} là của {holder.person}.", USER)
            else:
                self._why_not_take(plan, holder.person_id, USER)
            return holder.person_id
        if username in self.users:
            ref, former, row = self.users[username]
            if tone_key(former) != tone_key(name):
                plan.refuse(
                    "roll.user_twice", f"Tên đăng nhập {username} đã ghi cho {former} ở dòng {row}.", USER
                )
            return ref
        return None

    def _by_identity(self, plan: RowPlan, name: str, identity: str) -> PersonRef | None:
        if identity in self.known.identities:
            person_id, former = self.known.identities[identity]
            if tone_key(former) != tone_key(name):
                plan.refuse("roll.identity_taken", f"Số định danh này đã ghi cho {former}.", OWN)
            else:
                self._why_not_take(plan, person_id, OWN)
            return person_id
        if identity in self.identities:
            ref, row = self.identities[identity]
            plan.refuse(
                "roll.identity_twice",
                f"Số định danh này đã có ở dòng {row}. Một người giữ hai vị trí thì ghi cùng tên đăng nhập.",
                OWN,
            )
            return ref
        return None

    def _why_not_take(self, plan: RowPlan, person_id: int, column: str) -> None:
        """Who works elsewhere, or left another unit last, is taken by whoever administers that unit too."""
        if not {unit for unit, _above in self.known.places.get(person_id, ())} <= self.known.administered:
            plan.refuse(ELSEWHERE.code, ELSEWHERE.sentence, column)

    def _new(self, plan: RowPlan, name: str, username: str, identity: str) -> PersonRef | None:
        """Somebody new, unless the name is known in the unit and nothing tells the two apart."""
        mark = (plan.unit_id, tone_key(name))
        found = list(self.by_name[mark].values())
        if found and not identity:
            user = f"tên đăng nhập {found[0].username}" if found[0].username else "số định danh của người đó"
            plan.refuse(
                "roll.known_name",
                f"{found[0].person} đang giữ vị trí {found[0].title}. Nếu là người đó, hãy ghi {user}; nếu là người"
                " khác trùng tên, hãy ghi Số định danh.",
                NAME,
            )
            return None
        if self.names[mark] and not identity:
            row = next(iter(self.names[mark].values()))
            plan.refuse(
                "roll.name_twice",
                f"{name} đã có ở dòng {row}. Nếu là một người, hãy ghi cùng tên đăng nhập ở cả hai dòng; nếu là hai"
                " người trùng tên, hãy ghi Số định danh.",
                NAME,
            )
            return None
        return f"user:{username}" if username else f"row:{plan.number}"

    def _account(self, plan: RowPlan, username: str, seat: Seat | None) -> None:
        if not username or username in self.known.accounts:
            return
        if isinstance(plan.holder, int):
            own = {
                s.username for s in self.by_name[plan.unit_id, tone_key(plan.person)].values() if s.username
            }
            if own:
                plan.refuse("roll.user_other", f"Người này đã có tên đăng nhập {', '.join(own)}.", USER)
                return
        if username not in self.users:
            plan.username = username
            plan.notes.append(f"Lập tài khoản {username}; in phiếu mời sau.")

    def _detail(self, plan: RowPlan, values: Mapping[str, Any]) -> None:
        phone = (values.get("phone") or "").translate(_AS_DIALLED)
        given = (values.get("identity") or "", phone, values.get("email") or "")
        kept = self.known.details.get(plan.holder) if isinstance(plan.holder, int) else None
        present = (kept.identity_number, kept.phone, kept.email) if kept else ("", "", "")
        if any(new and new != old for new, old in zip(given, present, strict=True)):
            refusal = why_not_officer_details(*given)
            if refusal:
                plan.refuse(refusal.code, refusal.sentence, DETAIL_COLUMNS[refusal.code])
                return
            plan.detail = given
            plan.notes.append("Ghi thông tin riêng.")

    def _remember(self, plan: RowPlan, username: str, identity: str) -> None:
        if plan.holder is None:
            return
        if username and username not in self.known.accounts:
            self.users.setdefault(username, (plan.holder, plan.person, plan.number))
        if identity:
            self.identities.setdefault(identity, (plan.holder, plan.number))
        if isinstance(plan.holder, str):
            self.names[plan.unit_id, tone_key(plan.person)].setdefault(plan.holder, plan.number)

    def place_substitutes(self, plans: Mapping[int, RowPlan], rows: Mapping[int, Mapping[str, Any]]) -> bool:
        """Find who stands in for whom; True where a row was refused for it, so that others must be looked at."""
        coming = {
            plan.holder for plan in plans.values() if not plan.problems and isinstance(plan.holder, str)
        }
        refused = False
        for number, plan in plans.items():
            asked = [rows[number].get(name) for name in ("substitute", "away_from", "away_until")]
            if plan.problems or not any(asked):
                continue
            if plan.away is None:
                self._away(plan, *asked)
            if plan.away and isinstance(plan.away[2], str) and plan.away[2] not in coming:
                plan.refuse(SUBSTITUTE_REFUSED.code, SUBSTITUTE_REFUSED.sentence, AWAY)
            refused = refused or bool(plan.problems)
        return refused

    def _away(self, plan: RowPlan, substitute: Any, first: Any, last: Any) -> None:
        if plan.holder is None or first is None or last is None or last < first:
            plan.refuse(
                "roll.away",
                "Vắng mặt cần có người giữ vị trí, “Vắng từ ngày” và “Vắng đến hết ngày” không trước đó.",
                "Vắng từ ngày",
            )
            return
        ref = self._stand_in(plan, substitute) if substitute else None
        if plan.problems:
            return
        if ref is not None and ref == plan.holder:
            plan.refuse("absence.own", "Người thay phải là người khác với người vắng mặt.", AWAY)
            return
        until = last + timedelta(days=1)
        seat = self.seat_of.get(plan.post_id or 0)
        if seat is not None and seat.absence_id and seat.away_from and seat.away_until:
            if (seat.away_from, seat.away_until, seat.substitute_id) == (first, until, ref):
                return
            if seat.away_from < until and first < seat.away_until:
                plan.refuse("post.absence_overlaps", "Đã ghi vắng mặt trong thời gian đó.", "Vắng từ ngày")
                return
        plan.away = (first, until, ref)
        plan.notes.append(f"Ghi vắng mặt từ {format_date(first)} đến hết {format_date(last)}.")

    def _stand_in(self, plan: RowPlan, text: str) -> PersonRef | None:
        """The officer of the unit that a user name or a name means."""
        by_user = self.by_user.get(text.lower())
        if by_user is not None and by_user.unit_id == plan.unit_id:
            return by_user.person_id
        if text.lower() in self.users:
            return self.users[text.lower()][0]
        mark = (plan.unit_id, tone_key(text))
        found: list[PersonRef] = [*self.by_name[mark], *self.names[mark]]
        if len(found) == 1:
            return found[0]
        told = "có nhiều người" if found else "không có ai"
        plan.refuse(
            "roll.substitute",
            f"Trong đơn vị {told} là “{text}”. Hãy ghi tên đăng nhập của người thay.",
            AWAY,
        )
        return None
