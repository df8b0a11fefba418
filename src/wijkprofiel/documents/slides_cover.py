"""The first slide: the name, the area as a shape or its photo, its people, and who sends it."""

from __future__ import annotations

from markupsafe import Markup

from wijkprofiel.charts import people, tokens
from wijkprofiel.charts import silhouette as silhouette_chart
from wijkprofiel.documents import cover, images
from wijkprofiel.documents.desk import Desk
from wijkprofiel.documents.slides_layout import ROLES, stacked
from wijkprofiel.documents.slides_model import MARGIN, PAGE, Picture, Placed, Slide, Text
from wijkprofiel.documents.slides_opening import shares
from wijkprofiel.documents.slides_page import enlarged, spoken
from wijkprofiel.model import HouseStyle
from wijkprofiel.wording import alt, mapped

NAME_SIZES = (100.0, 84.0, 70.0, 58.0, 50.0, 42.0, 36.0, 30.0)
NAME_WIDTH, NAME_PHOTO = 196.0, 164.0
"""Room for the name, in mm; the second beside a photo."""
NAME_ROOM, NAME_LEADING, NAME_SPARE = 92.0, 0.345, 4.0
SHAPE_SCALE = 190 / 105
"""How much larger the outline stands on the slide than it is drawn: its letters grow along."""
SHAPE_TOP, SHAPE_LOW, SHAPE_WIDE, SHAPE_HIGH = 8.0, 24.0, 190.0, 130.0
"""Top of the outline, and below a rule across the slide; the most that it takes, in mm."""
SHAPE_EDGE, SHAPE_WHITE, SHAPE_NEAR = 14.0, 10.0, 4.0
"""White at the right of the outline, between it and the name, and between it and the line above."""
CROWD, CROWD_WHITE = (205.0, 62.0), 6.0
"""The most that the people take, and the white between them and the lines at their left, in mm."""
PHOTO = 140.0
"""Width of the photo, as high as the slide."""
COVER_TEXT, COVER_LOW = 150.0, 160.0
"""Width and top of the lines under the gemeente."""
LOGOS, LOGOS_EDGE = 1.3, 4.0
"""How much larger a logo is than on paper; the white at both ends of their strip, in mm."""


def cover_slide(desk: Desk) -> Slide:
    """Return the cover: the name as large as fits, what is to be seen, and the sender's logos."""
    area, photo = desk.profile.area, images.photo(desk)
    room = NAME_WIDTH if photo is None else NAME_PHOTO
    size = _name_size(area.name, room, desk)
    credit = f". {photo.credit}" if photo is not None else ""
    texts = [Text(desk.text("cover_line"), "lead"), Text(cover.edition(desk) + credit, "small")]
    return Slide(
        "cover",
        "cover",
        area.name,
        size,
        round(size * NAME_LEADING, 2),
        NAME_ROOM,
        (
            *_pictures(desk, size),
            *stacked(texts, MARGIN, COVER_TEXT, COVER_LOW, desk.measure),
        ),
        spoken(desk, "cover"),
        lead=cover.gemeenten(area, desk),
        kicker=desk.text("kicker"),
        title_width=room + NAME_SPARE,
    )


def dark(desk: Desk) -> bool:
    """Whether the cover is set in paper on ink."""
    return tokens.look(desk.style, "folder_cover", "plain") == "dark"


def _name_size(name: str, room: float, desk: Desk) -> float:
    """The largest size at which the name fits and breaks no word."""
    for size in NAME_SIZES:
        lines = desk.measure.wrap(name, size, room, weight=800)
        widest = max(desk.measure.text_width(line, size, 800) for line in lines)
        if widest <= room and len(lines) * size * NAME_LEADING <= NAME_ROOM:
            return size
    return NAME_SIZES[-1]


def _pictures(desk: Desk, size: float) -> list[Placed]:
    """The photo, or else the outline and the people; then the logos."""
    photo = images.photo(desk)
    if photo is not None:
        picture = Picture(
            images.filling(photo, PHOTO, PAGE[1]), photo.alt, PHOTO, PAGE[1], photo=True
        )
        found = [Placed(picture, round(PAGE[0] - PHOTO, 2), 0.0, PHOTO, PAGE[1])]
    else:
        found = [placed for placed in (_silhouette(desk, size), _crowd(desk)) if placed is not None]
    strip = images.strip(images.logos(desk), NAME_PHOTO, LOGOS, desk, LOGOS_EDGE)
    if strip is not None:
        drawn = Picture(strip.markup, strip.alt, strip.width, strip.height)
        found.append(Placed(drawn, MARGIN, 0.0, strip.width, strip.height))
    return found


def _silhouette(desk: Desk, size: float) -> Placed | None:
    """The outline at the right, beside the name and the line above it, under neither nor a rule."""
    area_map = desk.profile.map
    if area_map is None:
        return None
    lines = desk.measure.wrap(desk.profile.area.name, size, NAME_WIDTH, weight=800)
    widest = max(desk.measure.text_width(line, size, 800) for line in lines)
    above = desk.measure.text_width(desk.text("kicker"), ROLES["lead"][0], 700)
    right = PAGE[0] - SHAPE_EDGE
    width = min(SHAPE_WIDE, right - MARGIN - max(widest + SHAPE_WHITE, above + SHAPE_NEAR))
    title = mapped.silhouette_alt(desk.profile, desk.words)
    drawn = silhouette_chart.silhouette(
        area_map,
        style=_on_cover(desk),
        title=title,
        width=round(width / SHAPE_SCALE, 2),
        height=round(SHAPE_HIGH / SHAPE_SCALE, 2),
        measure=desk.measure,
    )
    top = SHAPE_LOW if dark(desk) else SHAPE_TOP
    return _placed(drawn, round(width, 2), title, (round(right - width, 2), top))


def _crowd(desk: Desk) -> Placed | None:
    if tokens.look(desk.style, "cover", "plane") != "plane" or not desk.inhabited:
        return None
    known = {t.indicator.title: here for t, here, _ in shares(desk) if here is not None}
    title = alt.crowd_alt(known, desk.words)
    right = PAGE[0] + 10
    width = round(min(CROWD[0], right - _beside(desk) - CROWD_WHITE), 2)
    drawn = people.crowd(
        list(known.values()), style=desk.style, title=title, width=width, height=CROWD[1]
    )
    return _placed(drawn, width, title, (right - width, None))


def _beside(desk: Desk) -> float:
    """Return where the lines under the name end, in mm from the left of the slide."""
    pt = ROLES["lead"][0]
    told = (cover.gemeenten(desk.profile.area, desk), desk.text("cover_line"))
    lines = [line for text in told for line in desk.measure.wrap(text, pt, COVER_TEXT)]
    return MARGIN + max(desk.measure.text_width(line, pt) for line in lines)


def _placed(
    drawn: str | Markup, width: float, title: str, at: tuple[float, float | None]
) -> Placed:
    """A drawing at a place; without a top it stands at the foot of the slide."""
    drawing, wide, high = enlarged(drawn, width)
    top = PAGE[1] - high if at[1] is None else at[1]
    picture = Picture(drawing, title, wide, high)
    return Placed(picture, round(at[0], 2), round(top, 2), wide, high)


def _on_cover(desk: Desk) -> HouseStyle:
    """The style on the cover: with light and dark the other way round, where it says so."""
    style = desk.style
    if not dark(desk):
        return style
    ink, paper = tokens.colour(style, "ink"), tokens.paper(style)
    turned = {"silhouette": paper, "on-silhouette": ink, "cover": ink, "ink": paper}
    return style.model_copy(update={"colours": {**style.colours, **turned}})
