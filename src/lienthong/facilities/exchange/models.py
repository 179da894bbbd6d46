"""Clients of the API and their tokens; the dossiers they know; where status changes are sent, and what left."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from lienthong.facilities.exchange.enums import ClientKind, DeliveryState


class Client(models.Model):
    """Bên kết nối (NĐ 118/2025/NĐ-CP): a system outside that lodges dossiers and is told their course.

    `unit_ids` empty: every unit of the province. A client acts under the account number -id, so that the journal
    says who acted and keys are the client's own. `sandbox`: a client that is only being tried out; the API
    refuses it outside of a demonstration.
    """

    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=10, choices=ClientKind.choices)
    scopes = ArrayField(models.CharField(max_length=30))
    unit_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    rate_per_minute = models.IntegerField(default=600)
    sandbox = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    registered_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(name="client_rate_is_positive", condition=Q(rate_per_minute__gt=0))
        ]

    def __str__(self) -> str:
        return self.name


class ClientToken(models.Model):
    """Mã truy cập của bên kết nối: shown once; only its SHA-256 is kept.

    A token with a `desk:` scope names the account and post for which it acts. `hint`: its last four characters.
    """

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=4)
    scopes = ArrayField(models.CharField(max_length=30))
    account_id = models.BigIntegerField(null=True)
    post_id = models.BigIntegerField(null=True)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="token_names_account_and_post",
                condition=Q(account_id__isnull=True, post_id__isnull=True)
                | Q(account_id__isnull=False, post_id__isnull=False),
            )
        ]


class Link(models.Model):
    """Hồ sơ mà một bên kết nối được biết: the client's own code of a case. Without a link it is told nothing."""

    case = models.OneToOneField("casework.Case", on_delete=models.PROTECT, related_name="+")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    external_code = models.CharField(max_length=100)
    linked_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "external_code"], name="one_case_an_external_code")
        ]


class Subscription(models.Model):
    """Nơi nhận thông báo trạng thái của một bên kết nối: an address, and what is told there.

    The signing secret is kept nowhere: it is drawn from `salt` with the installation's key; `former_salt` signs
    too until `former_until_at`. `failures`: rounds in a row without one success; `held_until_at`: the receiver is
    left in peace until then. `pause_reason` says why nothing is sent ("" = it is).
    """

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="subscriptions")
    url = models.URLField(max_length=300)
    verbs = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    salt = models.CharField(max_length=64)
    former_salt = models.CharField(max_length=64, blank=True, default="")
    former_until_at = models.DateTimeField(null=True)
    is_active = models.BooleanField(default=True)
    pause_reason = models.CharField(max_length=300, blank=True, default="")
    failures = models.IntegerField(default=0)
    held_until_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    subscribed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "url"], name="one_subscription_a_url")]


class Delivery(models.Model):
    """Thông báo gửi ra ngoài: one journal entry for one subscription, sent until the receiver has it.

    Sent in the order of the case. `claimed_until_at`: a worker is sending it; after that another may.
    """

    subscription = models.ForeignKey(Subscription, on_delete=models.PROTECT, related_name="deliveries")
    entry_id = models.BigIntegerField()
    case_id = models.BigIntegerField()
    verb = models.CharField(max_length=60)
    payload = models.JSONField()
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    tries = models.IntegerField(default=0)
    next_try_at = models.DateTimeField()
    claimed_until_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=10, blank=True, default="")
    error = models.CharField(max_length=300, blank=True, default="")
    status = models.IntegerField(null=True)
    created_at = models.DateTimeField(db_default=Now())
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subscription", "entry_id"], name="one_delivery_an_entry")
        ]
        indexes = [
            models.Index(
                fields=["subscription", "case_id", "id"],
                name="delivery_open_of_case",
                condition=~Q(state="delivered"),
            ),
            models.Index(
                fields=["subscription", "next_try_at", "id"],
                name="delivery_waiting",
                condition=Q(state="waiting"),
            ),
            models.Index(fields=["subscription", "state", "-id"], name="delivery_newest"),
        ]
