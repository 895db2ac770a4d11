"""The tints of a map, for a chart in the browser and for paper: they carry black numbers at 6:1 or more."""

DIVERGING = ((0.0, "#C4709A"), (0.5, "#F4F4F4"), (1.0, "#6BACE6"))
"""Of the Government Analysis Function's palette; place on the scale -> colour. Never red against green."""


def channels(colour: str) -> tuple[int, ...]:
    """Red, green and blue of a colour, 0 to 255."""
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def tint(value: float, centre: float, reach: float) -> str:
    """The colour of a value on a diverging scale from ``centre - reach`` to ``centre + reach``, as #RRGGBB."""
    return shade((value - centre) / (2 * reach) + 0.5, DIVERGING)


def shade(place: float, scale: tuple[tuple[float, str], ...]) -> str:
    """The colour at a place from 0 to 1 on a scale like DIVERGING, as #RRGGBB; its end where the place lies beyond."""
    place = min(max(place, 0.0), 1.0)
    at = max(number for number, (from_, _) in enumerate(scale[:-1]) if place >= from_)
    (low, one), (high, other) = scale[at : at + 2]
    share = (place - low) / (high - low)
    mixed = (round(a + share * (b - a)) for a, b in zip(channels(one), channels(other), strict=True))
    return "#" + "".join(f"{level:02X}" for level in mixed)
