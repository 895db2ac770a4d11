"""A link as a QR code."""

from dataclasses import dataclass

import segno

QUIET_ZONE = 4
"""Empty modules around a code; readers need four."""
LONG = 300
"""Characters from which the code's mask is settled beforehand: to try all eight takes most of the time, and among
that many squares any of them leaves no large areas of one colour."""
DIAGONALS = 3
TITLE = "QR code that opens this scenario"


@dataclass(frozen=True)
class Code:
    """A QR code: an SVG ``drawing`` that fills whatever it is put in, and how many ``modules`` it has across."""

    drawing: str
    modules: int


def draw(link: str) -> Code | None:
    """The code of a link, black on a white ground of its own; none where the link is too long for any code."""
    try:
        code = segno.make(link, error="m", micro=False, mask=DIAGONALS if len(link) > LONG else None)
    except segno.DataOverflowError:
        return None
    drawing = code.svg_inline(border=QUIET_ZONE, dark="#000000", light="#FFFFFF", omitsize=True, title=TITLE)
    return Code(str(drawing), int(code.symbol_size(border=QUIET_ZONE)[0]))
