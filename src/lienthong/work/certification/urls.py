"""Addresses of certification: the counter, the cases, the signing queue, the books."""

from django.urls import path

from lienthong.work.certification.views import books, counter, law, page, papers, queue

urlpatterns = [
    path("", page.certification_list, name="certification_list"),
    path("new/", counter.certification_new, name="certification_new"),
    path("new/fee/", counter.certification_fee, name="certification_fee"),
    path("signing/", queue.signing, name="signing"),
    path("books/", books.certification_books, name="certification_books"),
    path("books/close/", books.close_book_month, name="close_book_month"),
    path("books.pdf", papers.certification_book_pdf, name="certification_book_pdf"),
    path("originals/", books.refused_originals, name="refused_originals"),
    path("originals/add/", law.add_refused_original, name="add_refused_original"),
    path("originals/<str:code>/correct/", law.correct_refused_original, name="correct_refused_original"),
    path("rates/", law.certification_rates, name="certification_rates"),
    path("rates/<str:code>/correct/", law.correct_certification_rate, name="correct_certification_rate"),
    path("<int:certification_id>/", page.certification_page, name="certification_page"),
    path("<int:certification_id>/sign/", page.certification_sign, name="certification_sign"),
    path("<int:certification_id>/return/", page.certification_return, name="certification_return"),
    path("<int:certification_id>/extend/", page.certification_extend, name="certification_extend"),
    path("<int:certification_id>/refuse/", page.certification_refuse, name="certification_refuse"),
    path("<int:certification_id>/withdraw/", page.certification_withdraw, name="certification_withdraw"),
    path(
        "<int:certification_id>/void/<int:item_id>/",
        page.certification_void_number,
        name="certification_void_number",
    ),
    path("<int:certification_id>/attestation.pdf", papers.certification_paper, name="certification_paper"),
    path("<int:certification_id>/slip.pdf", papers.certification_slip, name="certification_slip"),
    path("<int:certification_id>/refusal.pdf", papers.certification_refusal, name="certification_refusal"),
]
