"""One table of an OData v3 service, brought page by page into a store.

The feed serves a whole table in pages (``odata.nextLink``). The API serves at most 10,000 rows,
sometimes without saying so, knows no ``$skip``, and answers a long filter with HTTP 500: there a
table is asked in parts, ``startswith(<region>,'WK....')``, and a part that is capped is asked in
smaller ones.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from wijkprofiel.errors import SourceError
from wijkprofiel.sources.fetch.bodies import Page, count, odata_page
from wijkprofiel.sources.fetch.client import AT_ONCE, Client, Patience, ServiceError
from wijkprofiel.sources.fetch.store import Store

API, FEED = "/ODataApi/", "/ODataFeed/"
CAP = 10_000
"""Rows that the API serves at most."""

ROUND = 1000
"""A cap is a round number: only a part with so many rows, or a multiple, may have been capped."""

Say = Callable[[str], None]
_FINE = range(200, 300)
_CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class TableService:
    """One table of a service.

    Attributes:
        api: address of the service: ``https://<host>/ODataApi/odata``.
        table: id of the table at the supplier.
        store: where finished pages go.
        say: told of every page that comes.
        too_long: filters that the service could not bear beside that of a part.
    """

    client: Client
    api: str
    table: str
    store: Store
    patience: Patience
    say: Say
    too_long: set[str] = field(default_factory=set)

    def address(self, entity: str, *, feed: bool = False, where: str = "") -> str:
        """Return the address of an entity, as JSON, of the rows that ``where`` selects."""
        base = self.api.rstrip("/") + "/"
        root = base.replace(API, FEED) if feed else base
        select = "&$filter=" + quote(where, safe="(),'") if where else ""
        return f"{root}{self.table}/{entity}?$format=json{select}"

    def whole(self, entity: str, stem: str = "", *, where: str = "") -> list[str]:
        """Bring all rows of an entity through the feed; return the names of its pages.

        Raises:
            ServiceError: the feed does not give them.
            SourceError: fewer or more rows came than the service counts, or rows came twice.
        """
        first = self.address(entity, feed=True, where=where)
        names = self._chain(first, stem or entity)
        self._verify(entity, names, where, feed=True)
        return names

    def parts(self, entity: str, column: str, prefixes: Iterable[str], where: str) -> list[str]:
        """Bring the rows whose ``column`` starts with one of ``prefixes`` through the API.

        Args:
            entity: TypedDataSet, UntypedDataSet or a dimension.
            column: name of the column.
            prefixes: the parts to ask, each apart.
            where: further filter; left out where the service cannot bear the two together.

        Returns:
            The names of the pages, by part.

        Raises:
            ServiceError: the service does not give a part.
            SourceError: a part is capped however small.
        """
        with ThreadPoolExecutor(AT_ONCE) as pool:
            asked = [pool.submit(self._part, entity, column, p, where) for p in prefixes]
            try:
                return [name for part in asked for name in part.result()]
            except BaseException:
                for part in asked:
                    part.cancel()
                raise

    def single(self, entity: str) -> Page:
        """Return the one page of an entity that describes the table; it is asked once.

        Raises:
            ServiceError: the service does not give it.
        """
        return self._page(entity, self.address(entity))

    def fresh(self, entity: str) -> tuple[bytes, Page]:
        """Return body and page of such an entity as the service has it now; it is not kept.

        Raises:
            ServiceError: the service does not give it.
        """
        return self.client.get(self.address(entity), odata_page, self.patience)

    def pages(self, names: Sequence[str]) -> Iterator[Page]:
        """Yield finished pages, one at a time."""
        for name in names:
            body = self.store.page(name)
            if body is None:
                raise SourceError("a finished page is gone", "fetch again", where=name)
            yield odata_page(body)

    def _part(self, entity: str, column: str, prefix: str, where: str) -> list[str]:
        where = "" if where in self.too_long else where
        own = f"startswith({column},'{prefix}')"
        select = f"{own} and {where}" if where else own
        try:
            names = self._chain(self.address(entity, where=select), f"{entity}-{prefix}")
        except ServiceError as failure:
            if failure.status is None or failure.status in _FINE:
                raise
            if _too_many(failure):
                return self._smaller(entity, column, prefix, where)
            if not where:
                raise
            self.say(f"{self.table} {entity}: the service cannot bear '{where}', asked without it")
            self.too_long.add(where)
            return self._part(entity, column, prefix, "")
        if not self._capped(entity, names, select):
            return names
        for name in names:
            self.store.drop(name)
        return self._smaller(entity, column, prefix, where)

    def _smaller(self, entity: str, column: str, prefix: str, where: str) -> list[str]:
        """Ask a capped part in smaller ones: by the next character of the code."""
        if len(prefix) >= len("BU00000000"):
            raise SourceError(
                f"is cut off however small the question ({prefix})",
                "fetch the whole country (--all): the feed is not cut off",
                where=self.address(entity),
            )
        self.say(f"{self.table} {entity}: '{prefix}' is cut off, asked in smaller parts")
        names: list[str] = []
        for character in _CHARACTERS:
            names += self._part(entity, column, prefix + character, where)
        return names

    def _chain(self, first: str, stem: str) -> list[str]:
        """Bring a page and those it leads to; finished ones are not asked again."""
        names: list[str] = []
        seen: set[str] = set()
        url, rows = first, 0
        while url:
            if url in seen:
                raise SourceError("a page names itself as the next one", "try later", where=url)
            seen.add(url)
            name = f"{stem}-{len(names) + 1:04}"
            page = self._page(name, url)
            names.append(name)
            rows += len(page.rows)
            self.say(f"{self.table} {stem}: {len(names)} page(s), {rows} rows")
            url = self._own(page.next, url)
        return names

    def _page(self, name: str, url: str) -> Page:
        body = self.store.page(name)
        if body is not None:
            return odata_page(body)
        body, page = self.client.get(url, odata_page, self.patience)
        self.store.keep(name, body)
        return page

    def _own(self, following: str, url: str) -> str:
        """Return the next address on our own host: a service behind a gateway may name another."""
        if not following:
            return ""
        here = urlsplit(url)
        there = urlsplit(urljoin(url, following))
        query = there.query
        if "$format=" not in query:
            query = f"$format=json&{query}"
        return urlunsplit((here.scheme, here.netloc, there.path, query, ""))

    def _capped(self, entity: str, names: Sequence[str], where: str) -> bool:
        """Whether the service holds back rows of a part without saying so."""
        rows = sum(len(page.rows) for page in self.pages(names))
        if rows == 0 or rows % ROUND:
            return False
        counted = self._count(entity, where, feed=False)
        return counted is None or counted > rows

    def _verify(self, entity: str, names: Sequence[str], where: str, *, feed: bool) -> None:
        mark = f"{names[0]}.verified"
        if (self.store.folder / mark).is_file():
            return
        rows, doubled = _counted(self.pages(names))
        place = self.address(entity, feed=feed, where=where)
        if doubled:
            self.store.clear()
            raise SourceError(
                f"{doubled} rows came twice: the table changed while it was fetched",
                "fetch it again: what has come of it is thrown away",
                where=place,
            )
        counted = self._count(entity, where, feed=feed)
        if counted is not None and counted != rows:
            self.store.clear()
            raise SourceError(
                f"{rows} rows came, and the service counts {counted}",
                "fetch it again: what has come of it is thrown away",
                where=place,
            )
        self.store.write(mark, b"")

    def _count(self, entity: str, where: str, *, feed: bool) -> int | None:
        """Return how many rows the service counts; None where it does not count."""
        url = self.address(f"{entity}/$count", feed=feed, where=where).replace("$format=json&", "")
        url = url.removesuffix("?$format=json")
        try:
            return self.client.get(url, count, self.patience)[1]
        except ServiceError:
            return None


def prefixes(codes: Collection[str], gemeenten: Collection[str]) -> list[str]:
    """Return the parts in which a table is asked: the country, and per gemeente three levels.

    Args:
        codes: all regions of the table.
        gemeenten: codes of the gemeenten; empty: all in ``codes``.
    """
    wanted = set(gemeenten) or {code for code in codes if code.startswith("GM")}
    digits = sorted(code[2:] for code in wanted if code in codes)
    return ["NL", *(f"{level}{number}" for number in digits for level in ("GM", "WK", "BU"))]


def _too_many(failure: ServiceError) -> bool:
    """Whether the service says that it holds back rows, instead of doing so in silence."""
    return f"{CAP}" in failure.message.replace(".", "").replace(",", "")


def _counted(pages: Iterable[Page]) -> tuple[int, int]:
    """Return how many rows there are, and how many of them have the number of another one."""
    rows, numbers = 0, set()
    numbered = 0
    for page in pages:
        rows += len(page.rows)
        for row in page.rows:
            if (number := row.get("ID", row.get("Key"))) is not None:
                numbered += 1
                numbers.add(number)
    return rows, numbered - len(numbers)
