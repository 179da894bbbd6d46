"""The carrier for mail: SMTP, step by step, so that it is known whether a message was handed over."""

import smtplib
import socket
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import parse_qs, unquote, urlsplit

from lienthong.facilities.notifications.enums import Verdict
from lienthong.facilities.notifications.values import Answer, Parcel

TIMEOUT = 20.0
_DOWN = "Máy chủ thư không trả lời"
_TROUBLES: dict[type[Exception], str] = {
    ssl.SSLError: "chứng thư hoặc mã hóa không hợp lệ",
    socket.gaierror: "không tìm thấy máy chủ",
    TimeoutError: "quá thời gian chờ",
    ConnectionRefusedError: "không kết nối được",
    smtplib.SMTPServerDisconnected: "bị ngắt kết nối",
}


@dataclass(frozen=True, slots=True)
class MailCarrier:
    """An SMTP server by its address: smtp://user:password@host:587?starttls=1, or smtps://…:465.

    Not repeatable: a mail server does not promise to know a Message-ID again.
    """

    url: str
    sender: str
    timeout: float = TIMEOUT
    repeatable: bool = False

    def send(self, parcel: Parcel) -> Answer:
        """Connect, name the parties, hand over. Only after the first byte of the letter is an error uncertain."""
        try:
            parcel.address.encode("ascii")
            letter = self._written(parcel)
        except ValueError:
            return Answer(Verdict.REFUSED, "Địa chỉ thư có ký tự mà máy chủ thư không nhận.")
        try:
            server = self._connect()
        except (OSError, ValueError, smtplib.SMTPException) as error:
            return Answer(Verdict.DOWN, _told(_DOWN, error))
        try:
            return self._hand_over(server, parcel.address, letter)
        finally:
            server.close()

    @property
    def _domain(self) -> str:
        """What we call ourselves: the sender's domain. Asking the resolver instead takes seconds on some hosts."""
        return self.sender.rpartition("@")[2].strip("> ") or "localhost"

    def _connect(self) -> smtplib.SMTP:
        parts = urlsplit(self.url)
        host, port = parts.hostname or "localhost", parts.port or (465 if parts.scheme == "smtps" else 25)
        context = ssl.create_default_context()
        server = (
            smtplib.SMTP_SSL(host, port, self._domain, timeout=self.timeout, context=context)
            if parts.scheme == "smtps"
            else smtplib.SMTP(host, port, self._domain, timeout=self.timeout)
        )
        try:
            if parse_qs(parts.query).get("starttls") == ["1"]:
                server.starttls(context=context)
            server.ehlo_or_helo_if_needed()
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
        except BaseException:
            server.close()
            raise
        return server

    def _hand_over(self, server: smtplib.SMTP, address: str, letter: bytes) -> Answer:
        try:
            for answer in (
                _judged(*server.mail(self.sender), ours=True),
                _judged(*server.rcpt(address)),
                _judged(*server.docmd("DATA"), expected=354),
            ):
                if answer is not None:
                    return answer
        except (OSError, smtplib.SMTPException) as error:
            return Answer(Verdict.DOWN, _told(_DOWN, error))
        return _deliver(server, letter)

    def _written(self, parcel: Parcel) -> bytes:
        letter = EmailMessage()
        letter["From"], letter["To"], letter["Subject"] = self.sender, parcel.address, parcel.subject
        letter["Date"] = formatdate(localtime=True)
        letter["Message-ID"] = make_msgid(parcel.reference.hex, self._domain)
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(parcel.text, charset="utf-8", cte="base64")
        return letter.as_bytes()


def _deliver(server: smtplib.SMTP, letter: bytes) -> Answer:
    """From here on silence means that nobody knows whether the server has taken it."""
    try:
        server.send(_dotted(letter))
        code, words = server.getreply()
    except (OSError, smtplib.SMTPException):
        return Answer(Verdict.UNKNOWN, "Máy chủ thư nhận thư nhưng không xác nhận.")
    return _judged(code, words) or Answer(Verdict.ACCEPTED)


def _judged(code: int, words: bytes, *, expected: int = 250, ours: bool = False) -> Answer | None:
    """None for a yes. `ours`: a refusal of the sender's own name is trouble of the channel, not of the message."""
    if code == expected or (expected == 250 and code == 251):
        return None
    # The server's words quote the address; its numbers do not.
    enhanced = words.decode("ascii", "replace").partition(" ")[0]
    number = f"{code} {enhanced}" if enhanced.count(".") == 2 else str(code)
    if code == 421 or ours:
        return Answer(Verdict.DOWN, f"Máy chủ thư không nhận thư của đơn vị ({number}).")
    if code >= 500:
        return Answer(Verdict.REFUSED, f"Máy chủ thư từ chối địa chỉ hoặc nội dung ({number}).")
    return Answer(Verdict.LATER, f"Máy chủ thư hẹn lần sau ({number}).")


def _dotted(letter: bytes) -> bytes:
    """The letter as it travels: CRLF, a doubled dot at the beginning of a line, a dot at the end."""
    lines = b"\r\n".join(letter.splitlines())
    return lines.replace(b"\r\n.", b"\r\n..") + b"\r\n.\r\n"


def _told(what: str, error: Exception) -> str:
    """What went wrong, in words where there are some: never the server's own, which quote addresses."""
    code = getattr(error, "smtp_code", None)
    words = next(
        (words for kind, words in _TROUBLES.items() if isinstance(error, kind)), type(error).__name__
    )
    return f"{what} ({code or words})."
