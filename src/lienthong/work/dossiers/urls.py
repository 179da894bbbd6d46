"""Every verb of a dossier has its address."""

from django.urls import path

from lienthong.work.dossiers.views import (
    approvals,
    bulk,
    disputes,
    ending,
    money,
    online,
    others,
    page,
    papers,
    process,
    register,
    waiting,
)

urlpatterns = [
    path("approvals/", approvals.approval_queue, name="approval_queue"),
    path("assign/", bulk.bulk_assign, name="bulk_assign"),
    path("disputes/", disputes.dispute_list, name="dispute_list"),
    path("offer/", bulk.bulk_offer, name="bulk_offer"),
    path("register/", register.register, name="dossier_register"),
    path("register.pdf", register.register_pdf, name="dossier_register_pdf"),
    path("register.xlsx", register.register_sheet, name="dossier_register_sheet"),
    path("<int:dossier_id>/", page.dossier_page, name="dossier_page"),
    path("<int:dossier_id>/receive/", online.receive, name="dossier_receive"),
    path("<int:dossier_id>/assign/", process.assign, name="dossier_assign"),
    path("<int:dossier_id>/take_up/", process.take_up, name="dossier_take_up"),
    path("<int:dossier_id>/propose/", process.propose, name="dossier_propose"),
    path("<int:dossier_id>/submit/", process.submit, name="dossier_submit"),
    path("<int:dossier_id>/approve/", process.approve, name="dossier_approve"),
    path("<int:dossier_id>/send_back/", process.send_back, name="dossier_send_back"),
    path("<int:dossier_id>/complete/", process.complete, name="dossier_complete"),
    path("<int:dossier_id>/return/", ending.return_result, name="dossier_return_result"),
    path("<int:dossier_id>/answer_at_once/", ending.answer_at_once, name="dossier_answer_at_once"),
    path("<int:dossier_id>/refuse/", ending.refuse, name="dossier_refuse"),
    path("<int:dossier_id>/halt/", ending.halt, name="dossier_halt"),
    path("<int:dossier_id>/withdraw/", ending.withdraw, name="dossier_withdraw"),
    path("<int:dossier_id>/extend/", ending.extend, name="dossier_extend"),
    path("<int:dossier_id>/correct/", ending.correct, name="dossier_correct"),
    path(
        "<int:dossier_id>/request_supplement/", waiting.request_supplement, name="dossier_request_supplement"
    ),
    path(
        "<int:dossier_id>/receive_supplement/", waiting.receive_supplement, name="dossier_receive_supplement"
    ),
    path("<int:dossier_id>/request_payment/", waiting.request_payment, name="dossier_request_payment"),
    path("<int:dossier_id>/settle_payment/", waiting.settle_payment, name="dossier_settle_payment"),
    path("<int:dossier_id>/pay/", money.pay, name="dossier_pay"),
    path("<int:dossier_id>/charge/", money.charge, name="dossier_charge"),
    path("<int:dossier_id>/waive/", money.waive, name="dossier_waive"),
    path("<int:dossier_id>/attach/", papers.attach, name="dossier_attach"),
    path("<int:dossier_id>/reuse/", papers.reuse, name="dossier_reuse"),
    path("<int:dossier_id>/control_slip.pdf", papers.control_slip, name="dossier_control_slip"),
    path("<int:dossier_id>/offer/", others.offer, name="dossier_offer"),
    path("<int:dossier_id>/accept/<int:offer_id>/", others.accept, name="dossier_accept"),
    path("<int:dossier_id>/refuse_offer/<int:offer_id>/", others.refuse_offer, name="dossier_refuse_offer"),
    path(
        "<int:dossier_id>/withdraw_offer/<int:offer_id>/",
        others.withdraw_offer,
        name="dossier_withdraw_offer",
    ),
    path("<int:dossier_id>/arbitrate/", disputes.arbitrate, name="dossier_arbitrate"),
    path("<int:dossier_id>/ask_opinion/", others.ask_opinion, name="dossier_ask_opinion"),
    path("<int:dossier_id>/give_opinion/<int:opinion_id>/", others.give_opinion, name="dossier_give_opinion"),
    path(
        "<int:dossier_id>/cancel_opinion/<int:opinion_id>/",
        others.cancel_opinion,
        name="dossier_cancel_opinion",
    ),
]
