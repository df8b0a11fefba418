"""Outlines as a snapshot: a file to download, or the pages of OGC API Features or WFS.

Pages are joined to one GeoJSON per layer. A service may ignore a filter on gemeente, so what came
is filtered again here; the coordinates are as served, and the reader brings them to one system.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from urllib.parse import urlencode, urljoin, urlsplit, urlunsplit

from wijkprofiel.errors import SourceError
from wijkprofiel.sources.boundaries import CRS
from wijkprofiel.sources.fetch.bodies import Page, feature_page
from wijkprofiel.sources.fetch.client import ServiceError
from wijkprofiel.sources.fetch.target import Brought, Job, Piece

PAGE = 1000
"""Features a page: the most that the services give."""

_FOLDER = "pages/"
_GEMEENTE = "gemeentecode"


def bring(job: Job) -> Brought:
    """Bring the outlines of one edition into the store, by the first way that works.

    The whole country: the file, then OGC API Features, then WFS; some gemeenten: the file last.

    Raises:
        SourceError: no way is configured, or none worked; what came is kept.
    """
    failures: list[ServiceError] = []
    for name, way in _ways(job):
        try:
            brought = way(job)
        except ServiceError as failure:
            job.say(f"{job.target.name}: {name} did not work ({failure})")
            failures.append(failure)
        else:
            told = (f"{name} instead: {failure.where}: {failure}" for failure in failures)
            return Brought(brought.pieces, brought.modified, brought.leftover, tuple(told))
    if not failures:
        raise SourceError(
            f"no address is known for the outlines of {job.target.edition.table}",
            "write one under 'service' in configs/sources: features, wfs or downloads",
            where=job.target.source.id,
        )
    raise SourceError.of([problem for f in failures for problem in f.problems], "nothing fetched")


def addresses(job: Job) -> Iterator[str]:
    """Yield the first addresses of the first way, for a person who wants to know."""
    service = job.target.source.service
    for name, _ in _ways(job)[:1]:
        if name == "download":
            yield _download_address(job)
        else:
            first = _features_address if name == "features" else _wfs_address
            yield from (first(job, layer, 0) for layer in service.layers)


def _ways(job: Job) -> list[tuple[str, Callable[[Job], Brought]]]:
    service = job.target.source.service
    ways: list[tuple[str, Callable[[Job], Brought]]] = []
    if service.features:
        ways.append(("features", _features))
    if service.wfs:
        ways.append(("WFS", _wfs))
    if _download_address(job):
        ways.insert(len(ways) if job.target.gemeenten else 0, ("download", _download))
    return ways


# --- a file ---------------------------------------------------------------------------------


def _download_address(job: Job) -> str:
    target = job.target
    return target.filled(target.source.service.downloads.get(target.edition.table, ""))


def _download(job: Job) -> Brought:
    """Download the file of the edition; it is published as it came."""
    url = _download_address(job)
    name = urlsplit(url).path.rpartition("/")[2] or f"{job.target.edition.table}.gpkg"
    path = job.store.folder / name
    stamp_name = f"{name}.stamp"
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        stamp = job.client.download(url, path, job.target.patience)
        job.store.write(stamp_name, stamp.encode())
        job.say(f"{job.target.name}: {name}, {path.stat().st_size / 1e6:.1f} MB")
    mark = job.store.folder / stamp_name
    modified = mark.read_text(encoding="utf-8") if mark.is_file() else ""
    pages = tuple(n for n in job.store.names() if n != name)
    return Brought((Piece(name, "outlines", _origin(job, url, "as it came")),), modified, pages)


# --- pages ----------------------------------------------------------------------------------


def _features(job: Job) -> Brought:
    def following(page: Page, url: str, _: int) -> str:
        return urljoin(url, page.next) if page.next else ""

    return _paged(job, "ogc", _features_address, following)


def _wfs(job: Job) -> Brought:
    def following(page: Page, url: str, came: int) -> str:
        done = came >= page.matched if page.matched is not None else len(page.rows) < PAGE
        return "" if done or not page.rows else _at(url, came)

    return _paged(job, "wfs", _wfs_address, following)


def _features_address(job: Job, layer: str, _: int = 0) -> str:
    url = job.target.filled(job.target.source.service.features, layer=layer)
    wanted = {"f": "json", "limit": str(PAGE)}
    if len(job.target.gemeenten) == 1:
        wanted[_GEMEENTE] = job.target.gemeenten[0]
    return _with(url, wanted)


def _wfs_address(job: Job, layer: str, start: int = 0) -> str:
    url = job.target.filled(job.target.source.service.wfs, layer=layer)
    wanted = {
        "service": "WFS",
        "version": "2.0.0",
        "request": "GetFeature",
        "outputFormat": "application/json",
        "srsName": CRS,
        "count": str(PAGE),
    }
    return _at(_with(url, wanted), start)


def _with(url: str, wanted: dict[str, str]) -> str:
    joint = "&" if "?" in url else "?"
    return f"{url}{joint}{urlencode(wanted, safe=':/')}"


def _at(url: str, start: int) -> str:
    parts = urlsplit(url)
    kept = [p for p in parts.query.split("&") if not p.lower().startswith("startindex=")]
    return urlunsplit(parts._replace(query="&".join([*kept, f"startIndex={start}"])))


def _paged(
    job: Job,
    way: str,
    first: Callable[[Job, str, int], str],
    following: Callable[[Page, str, int], str],
) -> Brought:
    pieces = []
    for layer in job.target.source.service.layers:
        url = first(job, layer, 0)
        names = _pages(job, f"{way}-{layer}", url, following)
        name = f"{layer}.geojson"
        job.store.write(name, _joined(job, names, layer, url))
        cut = f", cut to {job.target.scope_text}" if job.target.gemeenten else ""
        pieces.append(Piece(name, "outlines", _origin(job, url, f"pages joined{cut}")))
    mine = {piece.name for piece in pieces}
    return Brought(tuple(pieces), leftover=tuple(n for n in job.store.names() if n not in mine))


def _pages(
    job: Job, stem: str, first: str, following: Callable[[Page, str, int], str]
) -> list[str]:
    """Bring the pages of one layer; return their names."""
    names: list[str] = []
    seen: set[str] = set()
    came, url = 0, first
    while url:
        if url in seen:
            raise SourceError("a page names an earlier one as the next", "try later", where=url)
        seen.add(url)
        names.append(f"{_FOLDER}{stem}-{len(names) + 1:04}")
        page = _page(job, names[-1], url)
        came += len(page.rows)
        job.say(f"{job.target.name} {stem}: {len(names)} page(s), {came} features")
        url = following(page, url, came)
    return names


def _page(job: Job, name: str, url: str) -> Page:
    body = job.store.page(name)
    if body is not None:
        return feature_page(body)
    body, page = job.client.get(url, feature_page, job.target.patience)
    job.store.keep(name, body)
    return page


def _joined(job: Job, names: list[str], layer: str, url: str) -> bytes:
    """Return one FeatureCollection of all pages: each feature once, ours only.

    Raises:
        SourceError: nothing is left, or a feature does not tell its gemeente.
    """
    features: list[str] = []
    seen: set[str] = set()
    crs = None
    for name in names:
        page = _page(job, name, url)
        crs = crs or page.crs
        for feature in page.rows:
            text = json.dumps(feature, ensure_ascii=False, separators=(",", ":"))
            if text not in seen and _ours(job, feature, url):
                seen.add(text)
                features.append(text)
    if not features:
        raise SourceError(
            f"has no {layer} of {job.target.scope_text}", "look at the codes", where=url
        )
    system = f'"crs":{json.dumps(crs)},' if crs else ""
    head = f'{{"type":"FeatureCollection","name":"{layer}",{system}"features":['
    return (head + ",\n".join(features) + "]}\n").encode()


def _ours(job: Job, feature: dict[str, object], url: str) -> bool:
    if not job.target.gemeenten:
        return True
    found = feature.get("properties")
    properties = found if isinstance(found, dict) else {}
    gemeente = properties.get(_GEMEENTE)
    if gemeente is None:
        known = ", ".join(map(str, properties)) or "none"
        message = f"a feature has no '{_GEMEENTE}'"
        raise SourceError(message, f"its properties are {known}", where=url)
    return str(gemeente).strip() in job.target.gemeenten


def _origin(job: Job, url: str, told: str) -> str:
    source = job.target.source
    title = f"{source.producer}, {source.title}, {job.target.edition.table}"
    return f"{title}: {told}. {url}"
