from django.db.models import TextChoices


class DayKind(TextChoices):
    OFF = "off", "nghỉ"
    WORK = "work", "làm việc (làm bù)"
