"""A StatLine table as a snapshot: its stamp, its topics, its dimensions and its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from wijkprofiel.errors import SourceError
from wijkprofiel.sources import statline
from wijkprofiel.sources.fetch.bodies import Page
from wijkprofiel.sources.fetch.client import ServiceError
from wijkprofiel.sources.fetch.odata_service import API, TableService, prefixes
from wijkprofiel.sources.fetch.store import packed
from wijkprofiel.sources.fetch.target import Brought, Job, Piece

INFO, PROPERTIES = "TableInfos", "DataProperties"
_LEVELS = ("NL", "GM", "WK", "BU")


def service_of(job: Job) -> TableService:
    """Return the service of a target of kind ``odata-v3``."""
    target = job.target
    return TableService(
        job.client, target.source.url, target.edition.table, job.store, target.patience, job.say
    )


def stamp(job: Job) -> str:
    """Return the stamp of the edition as the service has it now (``TableInfos.Modified``).

    Raises:
        ServiceError: the service does not give it.
    """
    return _modified(service_of(job).fresh(INFO)[1])


def bring(job: Job) -> Brought:
    """Bring one edition into the store: what is there already is not asked again.

    Raises:
        ServiceError: the service does not give all of it; what came is kept.
        SourceError: what came does not fit together.
    """
    service = service_of(job)
    modified = _same_edition(service)
    region, dimensions = _dimensions(service.single(PROPERTIES))
    notes: list[str] = []
    keys: dict[str, list[str]] = {}
    for dimension in (region, *dimensions):
        keys[dimension] = _dimension(service, dimension)
    codes = {key.strip() for key in _keys(service.pages(keys[region]))}
    notes += _strangers(job, codes)
    rows = _rows(service, job, region, codes, _filter(job, service, keys), notes)
    pieces = [
        _piece(job, INFO, "table-info"),
        _piece(job, PROPERTIES, "properties"),
        *(_piece(job, name, "names") for name in keys[region]),
        *(_piece(job, n, "dimension") for name in dimensions for n in keys[name]),
        *(_piece(job, name, "figures", _periods(service, job, name)) for name in rows),
    ]
    return Brought(tuple(pieces), modified, notes=tuple(notes))


def addresses(job: Job) -> Iterator[str]:
    """Yield the first addresses that :func:`bring` asks, for a person who wants to know."""
    service, entity = service_of(job), job.target.source.service.rows
    yield service.address(INFO)
    yield service.address(PROPERTIES)
    if job.target.gemeenten:
        for prefix in prefixes(job.target.gemeenten, job.target.gemeenten):
            where = f"startswith({statline.REGIONS[0]},'{prefix}')"
            yield service.address(entity, where=where)
    else:
        yield service.address(entity, feed=True)


def _same_edition(service: TableService) -> str:
    """Return the edition's stamp; pages of an earlier edition are thrown away."""
    body, page = service.fresh(INFO)
    before = service.store.page(INFO)
    if before is not None and before != body:
        service.say(f"{service.table}: another edition than the half that was there; from scratch")
        service.store.clear()
    service.store.keep(INFO, body)
    return _modified(page)


def _modified(page: Page) -> str:
    return str(page.rows[0].get("Modified") or "") if page.rows else ""


def _dimensions(properties: Page) -> tuple[str, list[str]]:
    """Return the dimension of areas, and the others.

    Raises:
        SourceError: the table has no dimension of areas.
    """
    kinds = {str(r.get("Key", "")): str(r.get("Type", "")) for r in properties.rows}
    found = [key for key, kind in kinds.items() if kind.endswith(("Dimension", "GeoDetail"))]
    for name in statline.REGIONS:
        if name in found:
            return name, [key for key in found if key != name]
    raise SourceError(
        f"has no dimension of areas ({' or '.join(statline.REGIONS)})",
        f"its dimensions are {', '.join(found) or 'none'}",
        where=PROPERTIES,
    )


def _dimension(service: TableService, name: str) -> list[str]:
    """Bring one dimension: through the feed, else through the API in parts."""
    try:
        return service.whole(name)
    except ServiceError as failure:
        if failure.status is None or API not in service.api:
            raise
    if name in statline.REGIONS:
        return service.parts(name, "Key", _LEVELS, "")
    service.single(name)
    return [name]


def _keys(pages: Iterable[Page]) -> Iterator[str]:
    for page in pages:
        for row in page.rows:
            yield str(row.get("Key", ""))


def _strangers(job: Job, codes: set[str]) -> list[str]:
    """Tell which gemeenten the table does not have; a table without any of them is wrong."""
    missing = [code for code in job.target.gemeenten if code not in codes]
    if not missing:
        return []
    edition = job.target.edition
    what = f"{', '.join(missing)}: no gemeente of {edition.table} (division {edition.division})"
    if len(missing) == len(job.target.gemeenten):
        hint = "a gemeente that was merged has another code in another division"
        raise SourceError(what, hint, where=edition.table)
    return [what]


def _filter(job: Job, service: TableService, keys: Mapping[str, list[str]]) -> str:
    """Return the filter of the config as the service writes the values: padded.

    Raises:
        SourceError: the table has no such dimension or value.
    """
    written: list[str] = []
    for dimension, value in job.target.source.filters.items():
        if dimension not in keys:
            hint = "its dimensions are " + ", ".join(keys)
            raise SourceError(f"has no dimension '{dimension}'", hint, where=service.table)
        known = list(_keys(service.pages(keys[dimension])))
        padded = next((key for key in known if key.strip() == value), None)
        if padded is None:
            hint = "it has " + ", ".join(key.strip() for key in known[:20])
            raise SourceError(f"{dimension} has no '{value}'", hint, where=service.table)
        written.append(f"{dimension} eq '{padded}'")
    return " and ".join(written)


def _rows(
    service: TableService, job: Job, region: str, codes: set[str], where: str, notes: list[str]
) -> list[str]:
    """Bring the rows: the whole country through the feed, some gemeenten through the API."""
    target = job.target
    entity = target.source.service.rows
    for select in dict.fromkeys((where, "")) if not target.gemeenten else ():
        try:
            return service.whole(entity, where=select)
        except ServiceError as failure:
            begun = service.store.page(f"{entity}-0001") is not None
            if begun or failure.status is None:
                raise
            with_filter = f" with '{select}'" if select else ""
            notes.append(f"the feed did not give {target.edition.table}{with_filter}: {failure}")
            job.say(notes[-1])
    return service.parts(entity, region, prefixes(codes, target.gemeenten), where)


def _periods(service: TableService, job: Job, name: str) -> tuple[str, ...]:
    edition = job.target.edition
    rows = next(service.pages([name])).rows
    found = {str(row[statline.PERIODS]).strip()[:4] for row in rows if statline.PERIODS in row}
    return tuple(sorted(found)) if found else edition.periods if rows else ()


def _piece(job: Job, name: str, kind: str, periods: tuple[str, ...] = ()) -> Piece:
    target = job.target
    source = target.source
    cut = f", rows of {target.scope_text}" if kind == "figures" else ""
    origin = (
        f"{source.producer}, {source.title}, {target.edition.table} on {source.url}: "
        f"{name}{cut}, the answer of the service as it came."
    )
    return Piece(packed(name), kind, origin, periods)
