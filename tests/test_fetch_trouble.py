# What services do: docs/sources.md §2 and §4. The server is real, the trouble is made up.

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from suppliers.server import ATOM, HTML, Answer, Asked, Suppliers, always, first, running
from wijkprofiel.errors import SourceError
from wijkprofiel.sources.fetch.bodies import Page, Unusable, count, feature_page, odata_page
from wijkprofiel.sources.fetch.client import Client, Patience, ServiceError

GOOD = b'{"value": [{"ID": 1}]}'
FAST = Patience(tries=3, timeout=30.0, pause=0.01)
DRIP = Answer(GOOD, drip=0.2)
"""Takes more than four seconds as a whole."""
PATH = "/ODataApi/odata/1TAB/TypedDataSet"


@pytest.fixture(name="suppliers")
def _suppliers() -> Iterator[Suppliers]:
    with running(Suppliers(files={PATH: GOOD})) as suppliers:
        yield suppliers


def ask(suppliers: Suppliers, patience: Patience = FAST) -> Page:
    with Client() as client:
        return client.get(suppliers.url + PATH, odata_page, patience)[1]


PASSING = {
    "503 then fine": Answer(b"busy", 503, "text/plain"),
    "500 then fine": Answer(HTML, 500, "text/html"),
    "429 then fine": Answer(b"", 429, headers={"Retry-After": "0"}),
    "Atom instead of JSON": Answer(ATOM, kind="application/atom+xml"),
    "an HTML page with status 200": Answer(HTML, kind="text/html"),
    "an HTML page that says it is JSON": Answer(HTML),
    "an empty body": Answer(b""),
    "a body cut off": Answer(GOOD, cut=9),
    "a body shorter than it claims": Answer(GOOD, length=len(GOOD) + 5),
    "half of the JSON, length and all": Answer(GOOD[:9]),
    "JSON of another shape": Answer(b"[1, 2]"),
    "JSON without rows": Answer(b'{"value": {"ID": 1}}'),
    "an error with status 200": Answer(
        b'{"odata.error": {"message": {"lang": "nl", "value": "Er ging iets mis"}}}'
    ),
    "a slow drip": DRIP,
    "not a byte of JSON": Answer(b"\x00\xff\x00"),
}


@pytest.mark.parametrize("answer", PASSING.values(), ids=PASSING.keys())
def test_trouble_that_passes_is_not_seen(answer: Answer, suppliers: Suppliers) -> None:
    suppliers.trouble.append(first(1, PATH, answer))
    patience = replace(FAST, timeout=3.0) if answer is DRIP else FAST
    assert ask(suppliers, patience).rows == [{"ID": 1}]
    assert len(suppliers.asked) == 2


@pytest.mark.parametrize(
    ("answer", "came"),
    [
        (Answer(HTML, 503, "text/html"), "HTTP 503 (an HTML page ('Onderhoud')), 3 times"),
        (Answer(ATOM), "Atom (XML) instead of JSON, 3 times"),
        (Answer(HTML), "an HTML page ('Onderhoud'), 3 times"),
        (Answer(b""), "an empty answer, 3 times"),
        (Answer(GOOD, cut=9), "a body that breaks off"),
        (Answer(GOOD, length=999), "a body that breaks off"),
        (Answer(GOOD[:-1]), "broken JSON"),
        (Answer(b'{"odata.error": {"message": {"value": "Stuk"}}}'), "an error: Stuk, 3 times"),
        (DRIP, "not complete within 1 s, 3 times"),
    ],
)
def test_trouble_that_stays_names_the_address_what_came_and_what_to_do(
    answer: Answer, came: str, suppliers: Suppliers
) -> None:
    suppliers.trouble.append(always(PATH, answer))
    with pytest.raises(ServiceError) as failure:
        ask(suppliers, replace(FAST, timeout=1.0) if answer is DRIP else FAST)
    assert failure.value.exit_code == 3
    assert failure.value.where == suppliers.url + PATH
    assert came in failure.value.message
    assert "try again later" in str(failure.value.hint)
    assert len(suppliers.asked) == 3


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_an_answer_that_will_not_change_is_asked_once(status: int, suppliers: Suppliers) -> None:
    suppliers.trouble.append(always(PATH, Answer(b"no", status, "text/plain")))
    with pytest.raises(ServiceError, match=f"HTTP {status}") as failure:
        ask(suppliers)
    assert failure.value.status == status
    assert "address in configs/sources" in str(failure.value.hint)
    assert len(suppliers.asked) == 1


def test_a_service_that_is_not_there_is_a_source_error() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/x"
        with Client() as client, pytest.raises(ServiceError, match="no connection") as failure:
            client.get(url, odata_page, FAST)
    assert (failure.value.status, failure.value.exit_code) == (None, 3)


def test_a_service_that_never_answers_is_left_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/x"
        with Client() as client, pytest.raises(ServiceError, match=r"no answer within 0\.2 s"):
            client.get(url, odata_page, Patience(tries=2, timeout=0.2, pause=0.01))


def test_the_wait_that_a_service_asks_for_is_kept(
    suppliers: Suppliers, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    monkeypatch.setattr("wijkprofiel.sources.fetch.client.time.sleep", waits.append)
    suppliers.trouble.append(first(1, PATH, Answer(b"", 503, headers={"Retry-After": "7"})))
    suppliers.trouble.append(first(1, PATH, Answer(b"", 503, headers={"Retry-After": "86400"})))
    ask(suppliers)
    assert waits == [7.0, 60.0]  # and never longer than a minute


def test_waits_grow(suppliers: Suppliers, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr("wijkprofiel.sources.fetch.client.time.sleep", waits.append)
    suppliers.trouble.append(always(PATH, Answer(b"", 503)))
    with pytest.raises(SourceError):
        ask(suppliers, Patience(tries=5, timeout=5, pause=1))
    assert waits == [0, 2, 4, 8]  # urllib3: backoff_factor * 2 ** (n - 1) from the second on


# --- downloads ------------------------------------------------------------------------------

FILE = "/downloads/kaart.gpkg"
CONTENT = bytes(range(256)) * 4096  # 1 MB


@pytest.fixture(name="shop")
def _shop() -> Iterator[Suppliers]:
    with running(Suppliers(files={FILE: CONTENT})) as suppliers:
        yield suppliers


def download(shop: Suppliers, path: Path, patience: Patience = FAST) -> str:
    with Client() as client:
        return client.download(shop.url + FILE, path, patience)


def test_a_download_that_breaks_goes_on_where_it_was(shop: Suppliers, tmp_path: Path) -> None:
    whole = Answer(CONTENT, headers={"ETag": f'"{len(CONTENT)}"'}, cut=700_000)
    shop.trouble.append(first(1, FILE, whole))
    stamp = download(shop, tmp_path / "kaart.gpkg")
    assert (tmp_path / "kaart.gpkg").read_bytes() == CONTENT
    assert stamp == "Wed, 02 Oct 2024 08:00:00 GMT"
    assert [asked.headers.get("range") for asked in shop.asked] == [None, "bytes=700000-"]
    assert [path.name for path in tmp_path.iterdir()] == ["kaart.gpkg"]


def test_a_download_goes_on_in_a_later_call(shop: Suppliers, tmp_path: Path) -> None:
    shop.trouble.append(first(1, FILE, Answer(CONTENT, headers={"ETag": '"1048576"'}, cut=5000)))
    shop.trouble.append(first(2, FILE, Answer(b"", 503)))
    with pytest.raises(ServiceError):
        download(shop, tmp_path / "kaart.gpkg")
    assert not (tmp_path / "kaart.gpkg").exists()
    download(shop, tmp_path / "kaart.gpkg")
    assert (tmp_path / "kaart.gpkg").read_bytes() == CONTENT
    assert shop.asked[-1].headers["range"] == "bytes=5000-"


@pytest.mark.parametrize("tag", ['"older"', 'W/"1048576"', ""])
def test_another_version_of_the_file_starts_anew(tag: str, shop: Suppliers, tmp_path: Path) -> None:
    headers = {"ETag": tag} if tag else {}
    shop.trouble.append(first(1, FILE, Answer(b"x" * 9000, headers=headers, cut=5000)))
    download(shop, tmp_path / "kaart.gpkg")
    assert (tmp_path / "kaart.gpkg").read_bytes() == CONTENT


def test_a_server_that_sends_another_piece_is_not_believed(shop: Suppliers, tmp_path: Path) -> None:
    shop.trouble.append(first(1, FILE, Answer(CONTENT, headers={"ETag": '"1048576"'}, cut=5000)))
    wrong = {"Content-Range": "bytes 0-1048575/1048576", "ETag": '"1048576"'}
    shop.trouble.append(first(1, FILE, Answer(CONTENT, 206, headers=wrong)))
    download(shop, tmp_path / "kaart.gpkg")
    assert (tmp_path / "kaart.gpkg").read_bytes() == CONTENT


# --- bodies -----------------------------------------------------------------------------------


@pytest.mark.parametrize("body", [b"", b"twaalf", b"-1", HTML, b"3.5"])
def test_a_count_is_a_whole_number_or_unusable(body: bytes) -> None:
    with pytest.raises(Unusable):
        count(body)
    assert count(b"\xef\xbb\xbf17341\n") == 17341


def test_the_next_page_of_features_is_the_one_in_json() -> None:
    links = [
        {"rel": "self", "href": "/a"},
        {"rel": "next", "type": "text/html", "href": "/html"},
        {"rel": "next", "type": "application/geo+json", "href": "/json"},
    ]
    body = {"type": "FeatureCollection", "features": [], "links": links}
    assert feature_page(json.dumps(body).encode()).next == "/json"
    body["type"] = "Feature"
    with pytest.raises(Unusable, match="FeatureCollection"):
        feature_page(json.dumps(body).encode())


def test_no_more_than_three_at_once(suppliers: Suppliers) -> None:
    from concurrent.futures import ThreadPoolExecutor

    def slow(_: Asked) -> Answer:
        return Answer(GOOD, drip=0.005)

    suppliers.trouble.append(slow)
    with Client() as client, ThreadPoolExecutor(8) as pool:
        done = [pool.submit(client.get, suppliers.url + PATH, odata_page, FAST) for _ in range(12)]
        assert all(found.result()[1].rows for found in done)
    assert suppliers.most_at_once == 3
