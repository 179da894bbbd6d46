"""The carrier for SMS and Zalo ZNS: one HTTP request to a provider, whose field names are settings."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx

from lienthong.facilities.notifications.enums import Placeholder, Verdict
from lienthong.facilities.notifications.values import Answer, Parcel

TIMEOUT = 20.0
_NOTHING = Parcel(UUID(int=0), "", "", "")
USUAL_BODY = {"to": "{address}", "text": "{text}", "reference": "{reference}"}


@dataclass(frozen=True, slots=True)
class WebCarrier:
    """A provider by its address. `body` names its fields: every text in it is filled with the parcel's parts.

    `accepted`: what the answer must hold beside a status of 2xx ({"error": 0} for one that says errors in 200s).
    `repeatable`: the provider knows a reference it has had, so that an attempt without an answer is made again.
    """

    url: str
    token: str = ""
    header: str = "Authorization"
    body: Mapping[str, Any] = field(default_factory=lambda: USUAL_BODY)
    accepted: Mapping[str, Any] = field(default_factory=dict)
    repeatable: bool = False
    timeout: float = TIMEOUT

    def send(self, parcel: Parcel) -> Answer:
        """Post the message. What was certainly not handed over may be tried again; the rest is uncertain."""
        try:
            reply = httpx.post(
                self.url,
                json=_filled(self.body, _parts(parcel)),
                headers=self._headers(),
                timeout=self.timeout,
                follow_redirects=False,
            )
        except (
            httpx.ConnectError,
            httpx.ConnectTimeout,
            httpx.PoolTimeout,
            httpx.UnsupportedProtocol,
            httpx.InvalidURL,
        ):
            return Answer(Verdict.DOWN, "Nhà cung cấp không trả lời (không kết nối được).")
        except httpx.HTTPError:
            return Answer(Verdict.UNKNOWN, "Nhà cung cấp nhận tin nhưng không xác nhận.")
        return self._judged(reply)

    def _headers(self) -> dict[str, str]:
        if not self.token:
            return {}
        return {self.header: f"Bearer {self.token}" if self.header == "Authorization" else self.token}

    def _judged(self, reply: httpx.Response) -> Answer:
        code = reply.status_code
        if code in {429, 503}:
            return Answer(Verdict.DOWN, f"Nhà cung cấp hẹn lần sau ({code}).")
        if code in {401, 403, 404, 405} or 300 <= code < 400:
            return Answer(Verdict.DOWN, f"Nhà cung cấp không nhận yêu cầu của đơn vị ({code}).")
        if 400 <= code < 500:
            return Answer(Verdict.REFUSED, f"Nhà cung cấp từ chối tin ({code}).")
        if code >= 500:
            return Answer(Verdict.UNKNOWN, f"Nhà cung cấp báo lỗi, chưa rõ đã nhận tin chưa ({code}).")
        return self._read(reply)

    def _read(self, reply: httpx.Response) -> Answer:
        if not self.accepted:
            return Answer(Verdict.ACCEPTED)
        try:
            said = reply.json()
        except ValueError:
            said = None
        if not isinstance(said, dict) or not set(self.accepted) <= set(said):
            return Answer(Verdict.UNKNOWN, "Nhà cung cấp trả lời không đọc được.")
        wrong = [name for name, value in self.accepted.items() if said[name] != value]
        if not wrong:
            return Answer(Verdict.ACCEPTED)
        # Of the provider's words only a short number is kept: the others may quote the telephone.
        told = str(said[wrong[0]])[:8]
        return Answer(Verdict.REFUSED, f"Nhà cung cấp từ chối tin ({wrong[0]}: {told}).")


def _parts(parcel: Parcel) -> dict[str, str]:
    said = parcel.filling
    international = (
        "84" + parcel.address[1:] if parcel.address.startswith("0") else parcel.address.lstrip("+")
    )
    return {
        "address": parcel.address,
        "address84": international,
        "text": parcel.text,
        "reference": str(parcel.reference),
        "template": parcel.provider_template,
        "code": said.get(Placeholder.CODE, ""),
        "unit": said.get(Placeholder.UNIT, ""),
        "due": said.get(Placeholder.DUE, ""),
        "link": said.get(Placeholder.LINK, ""),
    }


def _filled(shape: Any, parts: Mapping[str, str]) -> Any:
    """The shape with its texts filled, at any depth."""
    if isinstance(shape, Mapping):
        return {name: _filled(value, parts) for name, value in shape.items()}
    if isinstance(shape, list):
        return [_filled(value, parts) for value in shape]
    return shape.format_map(parts) if isinstance(shape, str) else shape


def web_carrier(said: Mapping[str, str]) -> WebCarrier:
    """The provider as the environment describes it. Raises ValueError for a body that cannot be filled."""
    body = json.loads(said["body"]) if said.get("body") else USUAL_BODY
    accepted = json.loads(said["accepted"]) if said.get("accepted") else {}
    if not isinstance(body, dict) or not isinstance(accepted, dict):
        raise ValueError("BODY and ACCEPTED are JSON objects")
    try:
        _filled(body, _parts(_NOTHING))
    except (KeyError, IndexError) as error:
        raise ValueError(f"BODY names a part that no message has: {error}") from error
    return WebCarrier(
        url=said["url"],
        token=said.get("token", ""),
        header=said.get("header") or "Authorization",
        body=body,
        accepted=accepted,
        repeatable=said.get("repeatable") == "1",
    )
