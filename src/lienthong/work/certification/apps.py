from django.apps import AppConfig


class CertificationConfig(AppConfig):
    name = "lienthong.work.certification"
    label = "certification"
