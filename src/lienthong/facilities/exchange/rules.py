"""What a client may be, when a try is repeated, how a message is signed: pure functions."""

import base64
import hashlib
import hmac
import random
from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from lienthong.core.registry.values import Refusal
from lienthong.core.scope.values import Actor
from lienthong.facilities.exchange.enums import ApiScope, ClientKind
from lienthong.people.identity.enums import Duty

TOKEN_PREFIX = "lt_"
SECRET_PREFIX = "whsec_"
LONGEST_TOKEN = timedelta(days=400)
MOST_PER_MINUTE = 60_000
DESK = frozenset({ApiScope.DESK_READ, ApiScope.DESK_ACT})

# The back-off of one event, the tries after which it is stuck, and how long a former secret still signs.
FIRST_WAIT = timedelta(seconds=1)
LONGEST_WAIT = timedelta(hours=1)
MOST_TRIES = 13
FORMER_SECRET = timedelta(days=7)
# After so many rounds without one success the receiver is left in peace, and then asked with one event only.
PATIENCE = 3
LONGEST_PEACE = timedelta(minutes=10)


def why_not_manage(actor: Actor) -> Refusal | None:
    """Clients, tokens and what leaves are the city's business."""
    if actor.reach == "system" or actor.may(Duty.CITY):
        return None
    return Refusal(
        "exchange.duty", f"Việc này thuộc vị trí có nhiệm vụ “{Duty.CITY.label}”. Nhờ cán bộ thành phố làm."
    )


def why_not_register(*, name: str, kind: str, scopes: Collection[str], rate: int) -> Refusal | None:
    """A client has a name, a kind, at least one known scope and a rate."""
    if not name.strip():
        return Refusal("exchange.client_name", "Hãy ghi tên bên kết nối.")
    if kind not in ClientKind.values:
        return Refusal("exchange.client_kind", "Loại bên kết nối không có trong danh mục.")
    if not 1 <= rate <= MOST_PER_MINUTE:
        return Refusal("exchange.client_rate", "Số lượt gọi mỗi phút phải từ 1 đến 60.000.")
    return why_not_scopes(scopes, ApiScope.values)


def why_not_scopes(scopes: Collection[str], allowed: Collection[str]) -> Refusal | None:
    """A token opens something, and nothing that its client may not."""
    if not scopes:
        return Refusal("exchange.no_scope", "Hãy chọn ít nhất một phạm vi.")
    if foreign := sorted(set(scopes) - set(allowed)):
        return Refusal(
            "exchange.scope", f"Phạm vi {', '.join(foreign)} không thuộc những gì bên kết nối này được phép."
        )
    return None


def why_not_issue(
    *,
    scopes: Collection[str],
    allowed: Collection[str],
    expires_at: datetime,
    at: datetime,
    active: bool,
    has_officer: bool,
) -> Refusal | None:
    """A token ends within a year or so; one that acts at a desk names the officer for whom."""
    if not active:
        return Refusal("exchange.client_stopped", "Bên kết nối đang ngừng; cho hoạt động lại rồi cấp mã.")
    if not at < expires_at <= at + LONGEST_TOKEN:
        return Refusal("exchange.expiry", "Hạn của mã truy cập phải sau hôm nay và không quá 400 ngày.")
    if bool(DESK & set(scopes)) != has_officer:
        return Refusal(
            "exchange.officer",
            "Phạm vi thao tác tại bàn làm việc phải kèm tài khoản và vị trí; các phạm vi khác thì không.",
        )
    return why_not_scopes(scopes, allowed)


def why_not_address(url: str, *, plain_allowed: bool) -> Refusal | None:
    """An address to which something may be sent: https, a host, no name and password in it."""
    try:
        parts = urlsplit(url)
        shaped = bool(parts.hostname) and parts.port != 0
    except ValueError:
        shaped = False
    if not shaped or parts.scheme not in {"https", "http"} or "@" in parts.netloc:
        return Refusal(
            "exchange.url", "Địa chỉ nhận phải có dạng https://tên-máy/đường-dẫn, không kèm mật khẩu."
        )
    if parts.scheme == "http" and not plain_allowed:
        return Refusal(
            "exchange.url_plain", "Địa chỉ nhận phải là https để nội dung không bị đọc trên đường."
        )
    return None


def wait_after(tries: int, chance: float | None = None) -> timedelta:
    """How long to wait after a number of failed tries: doubling, bounded, with jitter (50 to 100 %)."""
    share = 0.5 + (random.random() if chance is None else chance) / 2
    return min(FIRST_WAIT * (1 << min(tries - 1, 20)), LONGEST_WAIT) * share


def asked_wait(words: str, at: datetime) -> timedelta | None:
    """The time for which a receiver asks to be left alone (Retry-After: seconds, or an HTTP date), bounded.

    None where it asks for none, or says it in no way that the standard has.
    """
    if words.isascii() and words.isdecimal():
        asked = timedelta(seconds=min(int(words[:10]), LONGEST_WAIT.total_seconds()))
    else:
        try:
            until = parsedate_to_datetime(words)
        except (ValueError, OverflowError):
            return None
        asked = (until if until.tzinfo else until.replace(tzinfo=UTC)) - at
    return min(asked, LONGEST_WAIT) if asked > timedelta() else None


def peace_after(failures: int) -> timedelta | None:
    """How long a receiver that took nothing in so many rounds is left alone; None: not yet."""
    if failures < PATIENCE:
        return None
    return min(timedelta(seconds=1 << min(failures - PATIENCE, 20)), LONGEST_PEACE)


def digest_of(raw: str) -> str:
    """What is kept of a token. It is random and long, so a plain digest is enough."""
    return hashlib.sha256(raw.encode()).hexdigest()


def secret_of(salt: str, installation_key: str) -> bytes:
    """The signing secret of a subscription: drawn, not stored."""
    return hmac.digest(installation_key.encode(), f"lienthong.exchange.webhook:{salt}".encode(), "sha256")


def told_secret(secret: bytes) -> str:
    """The secret as the receiver's engineers enter it."""
    return SECRET_PREFIX + base64.b64encode(secret).decode()


def signatures(secrets: Sequence[bytes], *, message_id: str, timestamp: int, body: bytes) -> str:
    """The header `webhook-signature`: one signature a valid secret, the newest first."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    marks = [base64.b64encode(hmac.digest(secret, signed, "sha256")).decode() for secret in secrets]
    return " ".join(f"v1,{mark}" for mark in marks)
