"""The courses a dossier can take in the demonstration: every state, and the acts that lead there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lienthong.console.demo.play import Play
from lienthong.facilities.casework.actions.consulting import ask_opinion, give_opinion
from lienthong.facilities.casework.actions.handing import accept_offer, offer_case, refuse_offer
from lienthong.work.dossiers.actions.amending import correct_dossier, extend_dossier
from lienthong.work.dossiers.actions.ending import (
    answer_at_once,
    halt_dossier,
    refuse_dossier,
    return_result,
    withdraw_dossier,
)
from lienthong.work.dossiers.actions.process import (
    approve_dossier,
    assign_dossier,
    complete_dossier,
    propose_dossier,
    send_back_dossier,
    take_up_dossier,
)
from lienthong.work.dossiers.actions.waiting import (
    receive_supplement,
    request_payment,
    request_supplement,
    settle_payment,
)
from lienthong.work.dossiers.values import Lack

# Time limits as the catalogue states them, or as the demonstration's illustrative terms do.
ONE_DAY = ("1.000656", "1.000894", "1.001193", "1.001266", "1.001570", "2.000720", "1.004859", "2.000575")
FEW_DAYS = ("1.001022", "1.004837", "1.004873", "1.001612", "1.000689", "2.002637")
WEEK = ("1.001731", "1.004746", "1.004884", "1.005461", "1.013227", "1.012888", "1.002211")
LONG = ("1.001776", "1.013225", "1.013978", "1.011607", "1.014027", "2.001263", "1.001699", "1.012796")
AT_ONCE = ("2.000815", "2.000884", "2.000942")
PAID = ("2.000635", "2.002516")
DAY = 480
BASIS = "Giá trị minh họa: thành phần hồ sơ của thủ tục"


@dataclass(frozen=True)
class Course:
    """How many dossiers of a busy unit take it, of which procedures, received how many working days ago."""

    count: int
    run: Callable[[Play], object]
    procedures: Sequence[str]
    youngest: int
    oldest: int


def received(play: Play) -> None:
    """Just taken in: nobody has begun."""
    play.receive(channel="post" if play.number % 9 == 0 else "counter")


def assigned(play: Play) -> None:
    """Given to a specialist by the head of the department."""
    play.receive()
    holder, worker = play.holder(), play.worker()
    if holder != worker:
        play.on(holder, assign_dossier, play.minutes(10, 60), to_post_id=worker.post_id)


def taken_up(play: Play) -> None:
    """A specialist works on it."""
    assigned(play)
    play.on(play.worker(), take_up_dossier, play.minutes(10, 90))


def submitted(play: Play, wait: int = 0) -> None:
    """Proposed, and before the leader."""
    taken_up(play)
    propose(play, wait or play.minutes(60, 240))


def propose(play: Play, after: int, *, grants: bool = True) -> None:
    """The specialist proposes and submits in one act."""
    play.on(
        play.worker(),
        propose_dossier,
        after,
        grants=grants,
        text="Hồ sơ đủ thành phần, nội dung phù hợp; đề nghị giải quyết (giá trị minh họa).",
        basis="Quy định của thủ tục (giá trị minh họa)",
        submit=True,
    )


def approved(play: Play, wait: int = 0) -> None:
    """The competent leader has approved."""
    submitted(play, wait)
    play.on(play.holder(), approve_dossier, play.minutes(10, 90))


def completed(play: Play, wait: int = 0) -> None:
    """The result is there and waits at the counter."""
    approved(play, wait)
    complete(play)


def complete(play: Play) -> None:
    """The result gets its number."""
    play.on(
        play.holder(),
        complete_dossier,
        play.minutes(5, 40),
        result_number=f"{play.number:02d}/KQ-MH",
        result_summary="Kết quả minh họa",
    )


def returned(play: Play) -> None:
    """On time, collected at the counter."""
    completed(play)
    hand_out(play)


def hand_out(play: Play) -> None:
    """The applicant pays what is open and collects the result."""
    play.pay(play.minutes(20, 300))
    play.on(play.clerk, return_result, play.minutes(5, 60), returned_to=play.applicant.name)


def returned_late(play: Play) -> None:
    """Finished after the promised date."""
    completed(play, wait=play.minutes(2 * DAY, 3 * DAY))
    hand_out(play)


def answered_at_once(play: Play) -> None:
    """Certified and handed over in one sitting."""
    play.receive(at_once=True)
    play.pay()
    play.on(
        play.clerk,
        answer_at_once,
        play.minutes(3, 15),
        signer_post_id=play.case().answer["leader_post_id"],
        result_number=f"{play.number:02d}/CT-MH",
        result_summary="Chứng thực minh họa",
        returned_to=play.applicant.name,
    )


def lacking(play: Play) -> None:
    """The applicant is asked for what lacks; the clock stands."""
    taken_up(play)
    lacks = [Lack("Bản chính giấy tờ tùy thân để đối chiếu", BASIS)]
    if play.number % 2:
        lacks.append(Lack("Tờ khai còn thiếu chữ ký của người yêu cầu", BASIS))
    play.on(play.worker(), request_supplement, play.minutes(20, 120), lacks=lacks)


def supplemented(play: Play) -> None:
    """What lacked has come; the clock runs on."""
    lacking(play)
    play.on(play.clerk, receive_supplement, play.minutes(DAY // 2, DAY), note="Đã nộp đủ (minh họa)")


def lacking_twice(play: Play) -> None:
    """A second request: counts as late for the national index."""
    supplemented(play)
    lack = Lack("Bản sao giấy tờ chưa rõ, đề nghị nộp lại", BASIS)
    play.on(play.worker(), request_supplement, play.minutes(30, 120), lacks=[lack])


def sent_back(play: Play) -> None:
    """The leader returned the proposal with a reason."""
    submitted(play)
    reason = "Bổ sung căn cứ và dự thảo kết quả trước khi trình lại (minh họa)."
    play.on(play.holder(), send_back_dossier, play.minutes(20, 90), reason=reason)


def payment_waited(play: Play) -> None:
    """The fee is asked for before work goes on."""
    taken_up(play)
    play.on(play.worker(), request_payment, play.minutes(10, 60))


def payment_settled(play: Play) -> None:
    """The fee was paid; the clock runs on."""
    payment_waited(play)
    play.pay(play.minutes(60, 300))
    play.on(play.clerk, settle_payment, 2)


def refused(play: Play) -> None:
    """Not accepted, with the reason and its basis."""
    play.receive()
    reason = Lack("Việc này không thuộc thẩm quyền giải quyết của UBND cấp xã (minh họa)", BASIS)
    guidance = "Nộp tại cơ quan có thẩm quyền (minh họa)."
    play.on(play.clerk, refuse_dossier, play.minutes(10, 60), reasons=[reason], guidance=guidance)


def withdrawn(play: Play) -> None:
    """The applicant took it back."""
    assigned(play)
    play.on(play.clerk, withdraw_dossier, play.minutes(60, 300), reason="Người nộp đề nghị rút (minh họa)")


def halted(play: Play) -> None:
    """Stopped for good by the leader."""
    taken_up(play)
    reason = "Đối tượng của hồ sơ không còn (minh họa)"
    play.on(play.crew().chair, halt_dossier, play.minutes(60, 300), reason=reason, basis=BASIS)


def extended(play: Play) -> None:
    """Late: the unit apologised and named a new date."""
    taken_up(play)
    cause = "Cần xác minh thêm tại thực địa; đơn vị xin lỗi vì chậm trễ (minh họa)."
    head = play.crew().head(play.worker().body_id)
    play.on(head, extend_dossier, play.minutes(2 * DAY, 3 * DAY), days=3, cause=cause)


def corrected(play: Play) -> None:
    """A typing error of the intake was corrected."""
    play.receive()
    reason = "Gõ nhầm khi tiếp nhận (minh họa)"
    play.on(
        play.clerk,
        correct_dossier,
        play.minutes(5, 30),
        name="address",
        value="Số 1, Khu phố 1",
        reason=reason,
    )


def for_neighbour(play: Play) -> None:
    """Taken in here for a neighbouring unit, which works on it (phi địa giới)."""
    play.receive(place=neighbour(play))
    holder, worker = play.holder(), play.worker()
    if holder != worker:
        play.on(holder, assign_dossier, play.minutes(10, 60), to_post_id=worker.post_id)
    play.on(play.worker(), take_up_dossier, play.minutes(10, 90))
    if play.number % 2:
        propose(play, play.minutes(60, 200))
        play.on(play.holder(), approve_dossier, play.minutes(10, 90))
        complete(play)
        hand_out(play)


def offered(play: Play) -> int:
    """Offered to a neighbouring unit; silence never accepts."""
    taken_up(play)
    to = play.stage.crews[neighbour(play)]
    reason = "Địa điểm phát sinh việc nằm trên địa bàn giáp ranh phía bên kia (minh họa)."
    head = play.crew().head(play.worker().body_id)
    offer: int = play.do(
        head,
        offer_case,
        play.minutes(20, 120),
        case_id=play.dossier_id,
        to_unit_id=to.unit_id,
        reason=reason,
    )
    return offer


def offer_refused(play: Play) -> None:
    """The neighbour refused, with a reason; the offerer stays responsible."""
    offer, to = offered(play), play.stage.crews[neighbour(play)]
    reason = "Theo ranh giới, thửa đất thuộc địa bàn đơn vị gửi (minh họa)."
    play.do(
        to.chair,
        refuse_offer,
        play.minutes(60, 300),
        offer_id=offer,
        reason=reason,
        proposed_unit_id=play.home.unit_id,
    )


def offer_accepted(play: Play) -> None:
    """The neighbour took it over; the clock ran on."""
    offer, to = offered(play), play.stage.crews[neighbour(play)]
    play.do(to.chair, accept_offer, play.minutes(60, 300), offer_id=offer)


def opinion_asked(play: Play) -> int:
    """A neighbouring unit is asked for its opinion."""
    taken_up(play)
    asked: int = play.do(
        play.worker(),
        ask_opinion,
        play.minutes(20, 120),
        case_id=play.dossier_id,
        unit_id=play.stage.crews[neighbour(play)].unit_id,
        question="Đề nghị cho ý kiến về hiện trạng khu vực giáp ranh (minh họa).",
        within_days=2,
    )
    return asked


def opinion_given(play: Play) -> None:
    """The opinion came."""
    asked, to = opinion_asked(play), play.stage.crews[neighbour(play)]
    answer = "Đã kiểm tra, không có vướng mắc (minh họa)."
    play.do(to.chair, give_opinion, play.minutes(120, 600), consultation_id=asked, answer=answer)


def neighbour(play: Play) -> str:
    """The other unit of this play."""
    others = sorted(code for code in play.stage.crews if code != play.home.code)
    return others[play.number % len(others)]


BUSY = (
    Course(14, returned, (*ONE_DAY, *FEW_DAYS), 3, 10),
    Course(10, answered_at_once, AT_ONCE, 0, 9),
    Course(4, completed, ONE_DAY, 2, 5),
    Course(3, returned_late, ONE_DAY, 6, 10),
    Course(3, received, ONE_DAY, 0, 0),
    Course(3, received, (*FEW_DAYS, *WEEK), 0, 1),
    Course(4, assigned, (*FEW_DAYS, *WEEK, *LONG), 0, 2),
    Course(6, taken_up, (*WEEK, *LONG), 1, 4),
    Course(3, lacking, (*FEW_DAYS, *WEEK), 2, 6),
    Course(1, supplemented, WEEK, 4, 7),
    Course(1, lacking_twice, WEEK, 6, 9),
    Course(5, submitted, (*FEW_DAYS, *WEEK), 1, 3),
    Course(1, sent_back, WEEK, 2, 3),
    Course(2, approved, (*FEW_DAYS, *WEEK), 1, 2),
    Course(1, payment_waited, PAID, 1, 3),
    Course(1, payment_settled, PAID, 2, 3),
    Course(2, refused, WEEK, 1, 9),
    Course(1, withdrawn, LONG, 3, 9),
    Course(1, halted, LONG, 3, 9),
    Course(3, taken_up, ONE_DAY, 4, 8),
    Course(2, extended, ONE_DAY, 5, 7),
    Course(1, corrected, WEEK, 1, 2),
    Course(3, for_neighbour, (*FEW_DAYS, *WEEK), 1, 5),
    Course(1, offered, LONG, 1, 1),
    Course(1, offer_refused, LONG, 2, 6),
    Course(1, offer_accepted, LONG, 2, 6),
    Course(1, opinion_asked, LONG, 1, 1),
    Course(1, opinion_given, LONG, 3, 6),
)
# Of the other units each takes one or two of these, by their weights.
LIGHT = (
    Course(6, returned, (*ONE_DAY, *FEW_DAYS), 3, 10),
    Course(4, received, (*FEW_DAYS, *WEEK), 0, 1),
    Course(4, taken_up, (*FEW_DAYS, *WEEK), 0, 1),
    Course(4, answered_at_once, AT_ONCE, 0, 9),
    Course(4, submitted, WEEK, 1, 3),
    Course(1, taken_up, ONE_DAY, 3, 6),
)
PROCEDURES = tuple(dict.fromkeys((*ONE_DAY, *FEW_DAYS, *WEEK, *LONG, *AT_ONCE, *PAID)))
