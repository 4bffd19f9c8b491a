"""The colours of all that we write and draw."""

from pipeline.domain.status import Status

INK = "#1F2A37"  # text
MUTED = "#5B6470"  # secondary text; contrast with white 6.0
TITLE = "#1F4E79"
CHART = "#3A4654"  # actual figures in charts
LAST_YEAR = "#B8C0CA"
RULE = "#D5DAE1"  # hairlines
GROUND = "#EDF1F5"  # headings
TILE = "#F7F9FC"
INPUT = "#FFF8DC"
INPUT_EDGE = "#C8A200"
ABOVE = "#0072B2"  # variances: blue above, orange below (safe for the colour-blind)
BELOW = "#D55E00"
STATUS_TEXT: dict[Status, str] = {
    "norm": "#00664B",
    "risk": "#7A4F00",
    "behind": "#9C2F00",
    "above": "#0B5394",
    "none": "#5B6470",
}
STATUS_GROUND: dict[Status, str] = {
    "norm": "#DDF1EA",
    "risk": "#FFEFC7",
    "behind": "#FBE0D3",
    "above": "#DCEBFA",
    "none": "#F3F4F6",
}
GREY = STATUS_GROUND["none"]
BELOW_GROUND, ABOVE_GROUND = "#E8A06B", "#7DB5DC"
"""The ends of the heat map's scale, at 50 % and 150 % of the plan: safe for the colour-blind, ink stays readable on
them."""
