"""Messages to citizens and alerts to officers. A message's text holds no personal data; its address stands apart."""

import uuid

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length, Now

from lienthong.facilities.notifications.enums import OPEN_STATES, AlertKind, MessageState, TemplateName
from lienthong.people.parties.enums import ContactChannel

LONGEST = 400
models.CharField.register_lookup(Length)
models.TextField.register_lookup(Length)


class Message(models.Model):
    """Tin báo người nộp (M41): one an event, case and channel, whatever is retried.

    `sending` is committed before the carrier is called; `reference` is derived from case, entry and channel.
    Without a case it is an officer's digest.
    """

    reference = models.UUIDField(unique=True, default=uuid.uuid4)
    case_id = models.BigIntegerField(null=True)
    case_kind = models.CharField(max_length=30, blank=True, default="")
    entry_id = models.BigIntegerField(null=True)
    unit_id = models.BigIntegerField()
    party_id = models.BigIntegerField(null=True)
    template = models.CharField(max_length=12, choices=TemplateName.choices, blank=True, default="")
    channel = models.CharField(max_length=6, choices=ContactChannel.choices)
    code = models.CharField(max_length=60, blank=True, default="")
    subject = models.CharField(max_length=200, blank=True, default="")
    text = models.CharField(max_length=LONGEST, blank=True, default="")
    filling = models.JSONField(default=dict)
    provider_template = models.CharField(max_length=60, blank=True, default="")
    state = models.CharField(max_length=10, choices=MessageState.choices, default=MessageState.WAITING)
    reason = models.CharField(max_length=200, blank=True, default="")
    tries = models.SmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    sending_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case_id", "entry_id", "channel"], name="one_message_a_case_event_and_channel"
            ),
            models.CheckConstraint(name="message_fits", condition=Q(text__length__lte=LONGEST)),
            models.CheckConstraint(
                name="sent_message_has_moment", condition=~Q(state="sent") | Q(sent_at__isnull=False)
            ),
        ]
        indexes = [
            models.Index(
                fields=["channel", "next_try_at", "id"], name="message_waiting", condition=Q(state="waiting")
            ),
            models.Index(fields=["channel"], name="message_sending", condition=Q(state="sending")),
            models.Index(fields=["unit_id", "state", "-id"], name="message_of_unit"),
            # The city looks at what is open of every unit, among all that was ever sent.
            models.Index(fields=["state", "-id"], name="message_open", condition=Q(state__in=OPEN_STATES)),
        ]


class MessageAddress(models.Model):
    """Địa chỉ nhận của một tin: personal data, apart so that it can be erased, and never the city's to see."""

    message = models.OneToOneField(
        Message, on_delete=models.PROTECT, primary_key=True, related_name="contact"
    )
    unit_id = models.BigIntegerField()
    address = models.CharField(max_length=200, blank=True, default="")
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["message"], name="address_kept", condition=~Q(address=""))]


class MessageTemplate(models.Model):
    """Mẫu tin do thành phố đặt: `place` "" for the whole province, else a unit's code. The row that began last counts.

    `provider_template` is the number under which the provider knows the text (Zalo ZNS).
    """

    name = models.CharField(max_length=12, choices=TemplateName.choices)
    place = models.CharField(max_length=12, blank=True, default="")
    text = models.CharField(max_length=LONGEST)
    provider_template = models.CharField(max_length=60, blank=True, default="")
    valid_during = DateRangeField()
    set_by = models.BigIntegerField(null=True)
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="template_fits", condition=Q(text__length__lte=LONGEST) & ~Q(text=""))
        ]
        indexes = [models.Index(fields=["name", "place", "-id"], name="template_newest")]


class MessageRule(models.Model):
    """Quy định gửi tin của tỉnh, thành phố: quiet hours and how long addresses are kept. The newest row counts."""

    quiet_from = models.CharField(max_length=5)
    quiet_to = models.CharField(max_length=5)
    mail_at_night = models.BooleanField(default=False)
    keep_days = models.SmallIntegerField()
    set_by = models.BigIntegerField(null=True)
    set_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="addresses_are_erased", condition=Q(keep_days__gte=1))]


class ChannelHealth(models.Model):
    """Tình trạng kênh gửi: since when a carrier does not answer, and when it is asked again."""

    channel = models.CharField(max_length=6, choices=ContactChannel.choices, primary_key=True)
    down_since = models.DateTimeField(null=True)
    failures = models.IntegerField(default=0)
    reason = models.CharField(max_length=200, blank=True, default="")
    next_try_at = models.DateTimeField(null=True)
    last_sent_at = models.DateTimeField(null=True)


class Alert(models.Model):
    """Tin mới của một vị trí việc làm: the matter by code and procedure; `mark` tells it apart from any other."""

    post_id = models.BigIntegerField()
    unit_id = models.BigIntegerField()
    case_id = models.BigIntegerField(null=True)
    case_kind = models.CharField(max_length=30, blank=True, default="")
    mark = models.CharField(max_length=30)
    kind = models.CharField(max_length=14, choices=AlertKind.choices)
    code = models.CharField(max_length=60, blank=True, default="")
    title = models.TextField(blank=True, default="")
    happened_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post_id", "mark"], name="one_alert_a_post_and_mark")]
        indexes = [
            models.Index(fields=["post_id"], name="alert_unread", condition=Q(read_at__isnull=True)),
            models.Index(fields=["post_id", "-id"], name="alert_of_post"),
            # Asked every ten minutes: whether this morning's digest is written.
            models.Index(fields=["mark"], name="alert_digest", condition=Q(kind=AlertKind.DIGEST)),
        ]


class DigestMail(models.Model):
    """Thư nhận bản tin việc đến hạn của một vị trí: set by the officer, for the post they act from."""

    account_id = models.BigIntegerField()
    post_id = models.BigIntegerField()
    unit_id = models.BigIntegerField()
    email = models.CharField(max_length=200, blank=True, default="")
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account_id", "post_id"], name="one_digest_mail_a_post")
        ]
