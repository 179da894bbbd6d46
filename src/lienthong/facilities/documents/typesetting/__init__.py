"""The papers of the one-stop shop as PDF: the seven forms, a fee receipt and the day's close."""

from lienthong.facilities.documents.typesetting.measures import MEASURES, Measure
from lienthong.facilities.documents.typesetting.render import qr_svg, render
from lienthong.facilities.documents.typesetting.words import amount_in_words

__all__ = ["MEASURES", "Measure", "amount_in_words", "qr_svg", "render"]
