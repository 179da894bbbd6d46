from django.urls import path

from lienthong.facilities.documents import views

urlpatterns = [
    path("attachments/<int:attachment_id>/", views.attachment_download, name="attachment_download"),
    path("forms/<int:form_id>.pdf", views.form_pdf, name="form_pdf"),
]
