"""Downloading one file that a portal offers: bounded in size and time, never from a private network."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import IO

import httpx
from django.conf import settings

from lienthong.facilities.documents.rules import LARGEST_FILE
from lienthong.lib.outbound import NotPublic, place_of

CONNECT_SECONDS, TOTAL_SECONDS = 5.0, 60.0


class NotFetched(Exception):
    """Why a file did not come, in words for the page; `final`: asking again would not help."""

    def __init__(self, sentence: str, *, final: bool = False) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.final = final


@contextmanager
def downloaded(url: str) -> Iterator[IO[bytes]]:
    """The file as a temporary one, gone at the end. Raises NotFetched."""
    with tempfile.TemporaryFile() as file:
        try:
            _download(httpx.URL(url), file)
        except NotPublic as error:
            raise NotFetched("địa chỉ nằm trong mạng riêng nên không được tải", final=True) from error
        except httpx.TimeoutException as error:
            raise NotFetched("máy giữ tệp không trả lời kịp") from error
        except httpx.InvalidURL as error:
            raise NotFetched("địa chỉ tệp không đúng", final=True) from error
        except (httpx.HTTPError, OSError) as error:
            raise NotFetched("không kết nối được máy giữ tệp") from error
        file.seek(0)
        yield file


def _download(url: httpx.URL, file: IO[bytes]) -> None:
    """Dial the very address that was checked: a name may answer otherwise the second time."""
    port = url.port or (443 if url.scheme == "https" else 80)
    place = place_of(url.host, port, settings.FILE_NETWORKS, loopback=settings.FILES_FROM_HERE)
    until = monotonic() + TOTAL_SECONDS
    timeout = httpx.Timeout(TOTAL_SECONDS, connect=CONNECT_SECONDS)
    # No proxy of the environment: it would dial where this module may not.
    with httpx.Client(timeout=timeout, trust_env=False, follow_redirects=False) as client:
        request = client.build_request(
            "GET", url.copy_with(host=place), headers={"host": url.netloc.decode()}
        )
        request.extensions["sni_hostname"] = url.host
        answer = client.send(request, stream=True)
        try:
            _demand_success(answer.status_code)
            _copy(answer, file, until)
        finally:
            answer.close()


def _demand_success(status: int) -> None:
    if status == 200:
        return
    gone = status in (401, 403, 404, 410)
    raise NotFetched(f"máy giữ tệp trả lời {status}", final=gone or 300 <= status < 400)


def _copy(answer: httpx.Response, file: IO[bytes], until: float) -> None:
    size = 0
    for part in answer.iter_bytes():
        size += len(part)
        if size > LARGEST_FILE:
            raise NotFetched("tệp lớn hơn mức cho phép (20 MB)", final=True)
        if monotonic() > until:
            raise NotFetched("máy giữ tệp gửi quá chậm")
        file.write(part)
