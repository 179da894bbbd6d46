"""Addresses of the day's money."""

from django.urls import path

from lienthong.facilities.fees.views import day, papers

urlpatterns = [
    path("", day.fee_day, name="fee_day"),
    path("close/", day.close_day, name="close_day"),
    path("close/<str:day>.pdf", papers.fee_close_pdf, name="fee_close_pdf"),
    path("receipts/<int:receipt_id>.pdf", papers.fee_receipt_pdf, name="fee_receipt_pdf"),
    path("receipts/<int:receipt_id>/void/", day.void_receipt, name="void_receipt"),
]
