from django.db.models import TextChoices


class Gate(TextChoices):
    """Whether a look-up may be tried: open, closed for this code, or closed for this address."""

    OPEN = "open"
    CODE = "code"
    ADDRESS = "address"
