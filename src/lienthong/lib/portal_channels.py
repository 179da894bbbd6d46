"""Cách thức thực hiện (trực tiếp, trực tuyến, bưu chính): the channels cell and its JSON detail."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Channel(StrEnum):
    """Cách thức nộp hồ sơ."""

    COUNTER = "counter"
    ONLINE = "online"
    POST = "post"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {Channel.COUNTER: "Trực tiếp", Channel.ONLINE: "Trực tuyến", Channel.POST: "Dịch vụ bưu chính"}
BY_LABEL = {label: channel for channel, label in LABELS.items()}


@dataclass(frozen=True, slots=True)
class Offer:
    """One entry of the channel detail: a channel with its time, its fee and the portal's remark."""

    channel: Channel
    time: str
    fee: str
    description: str


def known_channels(labels: Iterable[str]) -> tuple[Channel, ...]:
    """The channels named, each once, in the order of the enumeration; unknown names are left out."""
    found = {BY_LABEL[label.strip()] for label in labels if label.strip() in BY_LABEL}
    return tuple(channel for channel in Channel if channel in found)


def read_offers(cell: str) -> tuple[tuple[Offer, ...], bool]:
    """The entries of the JSON cell that are whole, and whether the export cut the cell short."""
    decoder = json.JSONDecoder()
    offers: list[Offer] = []
    position = cell.find("{")
    while position != -1:
        try:
            entry, end = decoder.raw_decode(cell, position)
        except json.JSONDecodeError:
            return tuple(offers), True
        offers.extend(_offer(entry))
        position = cell.find("{", end)
    return tuple(offers), bool(cell) and not cell.rstrip().endswith("]")


def _offer(entry: dict[str, Any]) -> list[Offer]:
    texts = {key: " ".join(str(entry.get(key) or "").split()) for key in ("channel", "time", "fee", "desc")}
    channel = BY_LABEL.get(texts["channel"])
    return [Offer(channel, texts["time"], texts["fee"], texts["desc"])] if channel else []
