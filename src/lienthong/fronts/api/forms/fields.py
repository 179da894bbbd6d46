"""Fields that several bodies share. No control characters: PostgreSQL stores none, and paper shows none."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

LINE = r"^[^\x00-\x1f\x7f]*$"
TEXT = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"

ShortLine = Annotated[str, StringConstraints(max_length=40, pattern=LINE)]
Line = Annotated[str, StringConstraints(max_length=200, pattern=LINE)]
LongLine = Annotated[str, StringConstraints(max_length=400, pattern=LINE)]
Text = Annotated[str, StringConstraints(max_length=2000, pattern=TEXT)]
UnitCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{2,5}$")]
PlaceCode = Annotated[str, StringConstraints(pattern=r"^([0-9]{2,5})?$")]
ExternalCode = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^[\x21-\x7e]+$")]
DossierCode = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=r"^[A-Z0-9.-]+$")]
PaperName = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=LINE)]
Whose = Literal["mine", "unit"]
WorkMark = Annotated[str, StringConstraints(max_length=60, pattern=r"^[0-9T:.+Z_-]*$")]
ChangeMark = Annotated[str, StringConstraints(pattern=r"^([0-9]{1,18}[.][0-9]{1,18})?$")]
Lines = Annotated[int, Field(ge=1, le=100)]
TaskCode = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,40}$")]
Day = Annotated[date, Field(strict=False)]
Url = Annotated[str, StringConstraints(max_length=1000, pattern=r"^https?://[\x21-\x7e]+$")]


class Body(BaseModel):
    """What a request carries: exactly these fields, of exactly these types."""

    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)


class Answer(BaseModel):
    """What goes out."""

    model_config = ConfigDict(extra="forbid")
