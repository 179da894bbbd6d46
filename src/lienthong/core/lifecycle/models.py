"""States and transitions as rows: the buttons, the POSTs and the database's last guard read one table."""

from django.db import models


class Transition(models.Model):
    """Bước chuyển trạng thái của một loại vụ việc; `duty` says whose act, `basis` which article."""

    kind = models.CharField(max_length=30)
    verb = models.CharField(max_length=40)
    from_state = models.CharField(max_length=30, blank=True)
    to_state = models.CharField(max_length=30)
    duty = models.CharField(max_length=30)
    basis = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "verb", "from_state", "to_state"], name="one_transition_a_verb_and_state"
            )
        ]
