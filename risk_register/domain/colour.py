"""Colours that can be read: contrast as the Web Content Accessibility Guidelines 2.2 reckon it (1.4.3)."""

BLACK, WHITE = "#10161f", "#ffffff"
_LINEAR_BELOW = 0.04045


def luminance(colour: str) -> float:
    """The relative luminance of `#rrggbb`, from 0 (black) to 1 (white)."""
    parts = [int(colour.lstrip("#")[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= _LINEAR_BELOW else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21; text needs 4.5."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def readable_on(ground: str) -> str:
    """Near-black or white, whichever is read better on a ground."""
    return BLACK if contrast(BLACK, ground) >= contrast(WHITE, ground) else WHITE


TEXT = 4.5
"""The contrast that text needs."""


def made_readable(ground: str) -> str:
    """A ground as it is, or so much lighter that words on it have the contrast that text needs."""
    parts = [int(ground.lstrip("#")[place : place + 2], 16) for place in (0, 2, 4)]
    while contrast(readable_on(made := f"#{parts[0]:02x}{parts[1]:02x}{parts[2]:02x}"), made) < TEXT:
        parts = [min(255, part + max(1, (255 - part) // 32)) for part in parts]
    return made
