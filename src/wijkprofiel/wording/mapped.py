"""What is said of maps: their alternative texts, and what they do not show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from wijkprofiel.model import (
    AreaMap,
    Figure,
    Indicator,
    Level,
    MapArea,
    Profile,
    Status,
)
from wijkprofiel.wording.numbers import printed
from wijkprofiel.wording.words import Words, called


def locator_alt(area_map: AreaMap, profile: Profile, words: Words) -> str:
    """Return where the area lies: its gemeente, its parts, the other wijken.

    Where the map has only the wijk that the area lies in, it says so and marks nothing as the area.
    """
    area = profile.area
    marked = "alt.locator" if area_map.own else "alt.locator_around"
    told = [words(marked, gemeente=_gemeenten(profile, words), name=area.name)]
    if not area.single:
        parts = words.enumerate([part.name for part in area.parts])
        told.append(words("alt.locator_parts", name=area.name, parts=parts))
    told.append(around_note(profile, words))
    others = [w.name for w in area_map.wijken if not (w.own or w.contains_own)]
    if others:
        told.append(words("alt.locator_neighbours", names=words.enumerate(others)))
    return " ".join(filter(None, told))


def choropleth_alt(area_map: AreaMap, indicator: Indicator, profile: Profile, words: Words) -> str:
    """Return the value of every wijk on the map, which have none, and those of what lies inside."""
    wijken = named(area_map.wijken, profile, words)
    known = [w for w in wijken if w.value is not None and w.status is Status.OK]
    missing = [w.name for w in wijken if w.value is None or w.status is not Status.OK]
    facts: dict[str, object] = {
        "gemeente": _gemeenten(profile, words),
        "title": indicator.title,
        "values": _values(known, indicator, words) or words("verdict.none"),
    }
    full = "alt.choropleth" if missing else "alt.choropleth_full"
    told = [words(full, **facts, **({"missing": words.enumerate(missing)} if missing else {}))]
    if area_map.inner:
        inside = _values(area_map.inner, indicator, words)
        told.append(words("alt.choropleth_inside", values=inside))
    told.append(choropleth_around(profile.area.name, area_map, indicator, words))
    return " ".join(filter(None, told))


def named(areas: Sequence[MapArea], profile: Profile, words: Words) -> list[MapArea]:
    """Return areas of one map with names that tell them apart, also from the country."""
    often = Counter(area.name for area in areas)
    return [
        replace(
            a,
            name=words("place.namesake", name=a.name, code=a.code)
            if often[a.name] > 1
            else called(a.name, profile, words),
        )
        for a in areas
    ]


def silhouette_alt(profile: Profile, words: Words) -> str:
    """Return what the outline on the cover is: the area's, or that of the wijk it lies in."""
    area, drawn = profile.area, profile.map
    around = _around(drawn, words)
    if drawn is not None and around and not drawn.own:
        return words("alt.silhouette_around", name=area.name, wijken=around)
    if area.single:
        return words("alt.silhouette", name=area.name)
    parts = [part.name for part in area.parts if not _lost(part.code, part.level, drawn)]
    told = [words("alt.silhouette_parts", name=area.name, parts=words.enumerate(parts))]
    if around:
        told.append(words("alt.silhouette_part", name=area.name, wijken=around))
    return " ".join(told)


def around_note(profile: Profile, words: Words) -> str:
    """Return in which wijk the area lies that has no outline of its own, "" where it has one."""
    drawn = profile.map
    around = _around(drawn, words)
    if drawn is None or not around:
        return ""
    key = "note.approximate_part" if drawn.own else "note.approximate"
    return words(key, name=profile.area.name, wijken=around)


def choropleth_around(name: str, area_map: AreaMap, indicator: Indicator, words: Words) -> str:
    """Return the same below a choropleth, with the figure of that wijk, "" where it is not needed.

    Args:
        name: what the area is called there.
        area_map: the map.
        indicator: what it shows.
        words: the wording.
    """
    if not area_map.around:
        return ""
    level, values = _level(area_map, words), _values(area_map.around, indicator, words)
    key = "choropleth.around_part" if area_map.own else "choropleth.around"
    return words(key, name=name, level=level, values=values)


def _around(area_map: AreaMap | None, words: Words) -> str:
    """Return "de wijk A", "de wijken A en B", or "" where every part has an outline."""
    if area_map is None or not area_map.around:
        return ""
    names = words.enumerate([wijk.name for wijk in area_map.around])
    return words("cover.group", level=_level(area_map, words), names=names)


def _level(area_map: AreaMap, words: Words) -> str:
    return words(f"part.{Level.WIJK.value}.{'one' if len(area_map.around) == 1 else 'many'}")


def _lost(code: str, level: Level, area_map: AreaMap | None) -> bool:
    known = {buurt.code for buurt in area_map.buurten} if area_map is not None else set()
    return level is Level.BUURT and code not in known


def _values(areas: Sequence[MapArea], indicator: Indicator, words: Words) -> str:
    return words.enumerate(
        [
            words(
                "alt.value",
                place=a.name,
                value=printed(_figure(a, indicator), indicator, words).text,
            )
            for a in areas
        ]
    )


def _figure(area: MapArea, indicator: Indicator) -> Figure:
    return Figure(indicator.id, "", area.value, area.status)


def _gemeenten(profile: Profile, words: Words) -> str:
    names = [words("place.gemeente_named", name=g.name) for g in profile.area.gemeenten]
    return words.enumerate(names)
