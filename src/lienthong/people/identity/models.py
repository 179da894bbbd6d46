"""Accounts of officers. Citizens have none: they file through the national portal (NĐ 224/2026 Đ.15)."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class AccountRegister(BaseUserManager["Account"]):
    """Creates accounts; allauth and the tests ask for these two names."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> "Account":
        account = self.model(username=username, **fields)
        account.set_password(password)
        account.save()
        return account


class Account(AbstractBaseUser):
    """Tài khoản của cán bộ: one per person; the acting post is chosen in the session."""

    username = models.CharField(max_length=60, unique=True)
    person = models.OneToOneField("organisation.Person", on_delete=models.PROTECT, related_name="account")
    is_active = models.BooleanField(default=True)
    locked_reason = models.CharField(max_length=200, blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = AccountRegister()

    is_staff = False
    is_superuser = False

    def __str__(self) -> str:
        return self.username


class Invitation(models.Model):
    """Phiếu mời, phiếu đặt lại mật khẩu: a code on paper with which an officer sets a password, once.

    Only a digest of the code is kept. A newer one ends the older ones of the same account.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    is_reset = models.BooleanField(default=False)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["account", "-issued_at"], name="invitation_of_account")]
