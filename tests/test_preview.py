# Nothing here is a figure: what is tested is that a change is seen, shown and told.

from __future__ import annotations

import contextlib
import http.client
import io
import json
import os
import queue
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pikepdf
import pytest

import sample
from terminal import run
from wijkprofiel.assets import Assets, shipped_root
from wijkprofiel.config import load
from wijkprofiel.errors import ConfigError, Problem
from wijkprofiel.preview import Paper, Studio, running
from wijkprofiel.preview.server import Server, Shop

AREA = "alphen-noord"
PAGE = f"{AREA}-web.html"
COVER = "templates/web/omslag.html.j2"
PATIENCE = 120.0
State = dict[str, Any]


# --- a browser, as far as we need one -----------------------------------------------------------


def ask(url: str, path: str, method: str = "GET", host: str = "") -> tuple[int, bytes]:
    """Ask for a path exactly as it is written, with any Host."""
    place = url.removeprefix("http://").rstrip("/")
    connection = http.client.HTTPConnection(place, timeout=PATIENCE)
    try:
        connection.putrequest(method, path, skip_host=True)
        connection.putheader("Host", host or place)
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


class Browser:
    """Listens to the events of a preview."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.states: queue.SimpleQueue[State | None] = queue.SimpleQueue()
        place = url.removeprefix("http://").rstrip("/")
        self._connection = http.client.HTTPConnection(place, timeout=PATIENCE)
        self._connection.request("GET", "/events")
        self._answer = self._connection.getresponse()
        assert self._answer.getheader("Content-Type") == "text/event-stream"
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        for line in self._answer:
            if line.startswith(b"data: "):
                self.states.put(json.loads(line.removeprefix(b"data: ")))
        self.states.put(None)

    def until(self, wanted: Callable[[State], bool]) -> State:
        """Wait for the first state, of those not seen yet, that is wanted."""
        while (state := self.states.get(timeout=PATIENCE)) is not None:
            if wanted(state):
                return state
        raise AssertionError("the preview ended")

    def ended(self) -> bool:
        """Whether the stream ends, after what is still to come."""
        while self.states.get(timeout=PATIENCE) is not None:
            pass
        self._thread.join()
        self._connection.close()
        return True


def paper(state: State) -> State:
    (only,) = state["papers"]
    assert isinstance(only, dict)
    return only


def made(state: State) -> bool:
    return not state["busy"] and bool(state["papers"]) and bool(paper(state)["version"])


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of its own, with one template that differs from nothing yet."""
    shutil.copy(shipped_root() / "configs/wijkprofiel.yaml", tmp_path / "wijkprofiel.yaml")
    (tmp_path / COVER).parent.mkdir(parents=True)
    shutil.copy(shipped_root() / COVER, tmp_path / COVER)
    return tmp_path


@pytest.fixture
def studio(project: Path) -> Studio:
    return Studio(load(Assets.of(project)), sample.dataset(), AREA, ("web",))


@pytest.fixture
def browser(studio: Studio) -> Iterator[Browser]:
    with running(studio) as url:
        yield Browser(url)


# --- live reload --------------------------------------------------------------------------------


def test_a_changed_template_is_told_and_served(browser: Browser, project: Path) -> None:
    first = paper(browser.until(made))
    assert first["name"] == PAGE
    before = ask(browser.url, f"/files/{PAGE}")[1]
    assert b"Proefdruk" not in before
    template = project / COVER
    text = template.read_text(encoding="utf-8")
    template.write_text(text.replace("</h1>", " Proefdruk</h1>", 1), encoding="utf-8")
    second = paper(browser.until(lambda s: made(s) and paper(s)["version"] != first["version"]))
    assert second["problems"] == []
    after = ask(browser.url, f"/files/{PAGE}")[1]
    assert b"Proefdruk</h1>" in after


def test_a_broken_template_is_told_with_its_line_and_the_last_good_page_stays(
    browser: Browser, project: Path
) -> None:
    first = paper(browser.until(made))
    good = ask(browser.url, f"/files/{PAGE}")[1]
    template = project / COVER
    text = template.read_text(encoding="utf-8")
    line = len(text.splitlines()) + 1
    template.write_text(f"{text.rstrip()}\n{{% if %}}\n", encoding="utf-8")
    wrong = paper(browser.until(lambda s: bool(s["papers"]) and bool(paper(s)["problems"])))
    assert [p["where"] for p in wrong["problems"]] == [f"{COVER}:{line}"]
    assert wrong["version"] == first["version"]
    assert ask(browser.url, f"/files/{PAGE}")[1] == good
    template.write_text(text, encoding="utf-8")
    mended = paper(browser.until(lambda s: made(s) and not paper(s)["problems"]))
    assert mended["version"] == first["version"]  # the same text gives the same bytes


def test_a_config_that_appears_broken_is_told_with_its_line_and_can_be_mended(
    browser: Browser, project: Path, studio: Studio
) -> None:
    first = paper(browser.until(made))
    figures = studio.dataset
    own = project / f"configs/profiles/{AREA}.yaml"  # the project has no such folder yet
    own.parent.mkdir(parents=True)
    shipped = (shipped_root() / f"configs/profiles/{AREA}.yaml").read_text(encoding="utf-8")
    lines = shipped.splitlines()
    own.write_text("\n".join([*lines, "flauwekul: ja", ""]), encoding="utf-8")
    state = browser.until(lambda s: bool(s["problems"]))
    (problem,) = state["problems"]
    assert problem["where"] == f"configs/profiles/{AREA}.yaml:{len(lines) + 1}"
    assert "flauwekul" in problem["message"]
    assert paper(state)["version"] == first["version"]
    named = shipped.replace("name: Alphen Noord", "name: Alphen Proef", 1)
    assert named != shipped
    own.write_text(named, encoding="utf-8")
    mended = browser.until(lambda s: made(s) and s["area"] == "Alphen Proef")
    assert mended["problems"] == []
    if paper(mended)["version"] == first["version"]:  # the area is told before its files are made
        browser.until(lambda s: made(s) and paper(s)["version"] != first["version"])
    assert studio.dataset is figures  # an area's own text has nothing to do with figures


def test_a_figure_that_a_template_prints_wrong_is_not_shown(studio: Studio, project: Path) -> None:
    table = "templates/web/thema.html.j2"
    text = (shipped_root() / table).read_text(encoding="utf-8")
    assert text.count("p.cell(row.here,") == 1
    wrong = text.replace("p.cell(row.here,", "p.cell(row.country,")
    (project / table).write_text(wrong, encoding="utf-8")
    for _ in studio.make():
        pass
    (page,) = studio.papers.values()
    assert page.content == b""
    # Eenzaam in Alphen Noord 49, in Nederland 47: docs/method.md §3.
    assert "'Eenzaam', here: '47' where the profile has '49'" in {p.message for p in page.problems}


def test_a_bug_in_a_template_is_told_at_its_line_and_ends_nothing(
    studio: Studio, project: Path
) -> None:
    text = (project / COVER).read_text(encoding="utf-8")
    line = len(text.splitlines()) + 1
    (project / COVER).write_text(f"{text.rstrip()}\n{{{{ 1 + 'a' }}}}\n", encoding="utf-8")
    for _ in studio.make():
        pass
    (page,) = studio.papers.values()
    (problem,) = page.problems
    assert problem.where == f"{COVER}:{line}"
    assert problem.message.startswith("TypeError: ")


# --- who may ask for what -------------------------------------------------------------------------


def pdf() -> bytes:
    made = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(100, 50))
        document.save(made)
    return made.getvalue()


@contextlib.contextmanager
def served(**papers: bytes) -> Iterator[Server]:
    """A server with a few files, and nothing that makes them."""
    names = {name.replace("_", "."): content for name, content in papers.items()}
    shop = Shop(
        lambda: {name: Paper(name, "proef", content, "1") for name, content in names.items()},
        lambda: {"problems": [str(Problem("a.yaml:3", "niet goed"))]},
        lambda _: None,
    )
    server = Server(0, shop)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        shop.close()
        server.shutdown()
        server.server_close()
        thread.join()


def test_our_own_page_loads_nothing_from_outside() -> None:
    with served() as server:
        place = server.url.removeprefix("http://").rstrip("/")
        connection = http.client.HTTPConnection(place, timeout=PATIENCE)
        connection.request("GET", "/")
        answer = connection.getresponse()
        text = answer.read().decode()
        policy = answer.getheader("Content-Security-Policy") or ""
        connection.close()
        assert "default-src 'none'" in policy
        assert "http" not in text
        for path in ("/preview.js", "/preview.css"):
            assert f'"{path}"' in text
            assert ask(server.url, path)[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        "/files/../../../../etc/passwd",
        "/files/%2e%2e/%2e%2e/etc/passwd",
        "/files//etc/passwd",
        "/files/..%2fpyproject.toml",
        "/../preview/studio.py",
        "/studio.py",
        "/files/",
        "/pages/a.txt?n=1",
    ],
)
def test_only_what_was_made_is_served(path: str) -> None:
    with served(a_txt=b"van ons") as server:
        assert ask(server.url, "/files/a.txt") == (200, b"van ons")
        assert ask(server.url, path) == (404, b"404 Not Found\n")


@pytest.mark.parametrize("host", ["example.org", "example.org:80", "127.0.0.1", "127.0.0.1.nip.io"])
def test_another_host_is_refused(host: str) -> None:
    with served(a_txt=b"van ons") as server:
        for path in ("/", "/files/a.txt", "/events"):
            assert ask(server.url, path, host=host) == (403, b"403 Forbidden\n")
        port = server.server_address[1]
        assert ask(server.url, "/files/a.txt", host=f"localhost:{port}")[0] == 200


def test_nothing_but_reading_is_possible() -> None:
    with served(a_txt=b"van ons") as server:
        for method in ("POST", "PUT", "DELETE"):
            assert ask(server.url, "/files/a.txt", method=method)[0] == 501


def test_only_this_machine_can_reach_it() -> None:
    with served() as server:
        assert server.server_address[0] == "127.0.0.1"
        assert server.socket.getsockname()[0] == "127.0.0.1"


def test_a_page_of_a_pdf_is_a_picture() -> None:
    with served(a_pdf=pdf()) as server:
        status, body = ask(server.url, "/pages/a.pdf?n=1&v=1")
        assert status == 200
        assert body.startswith(b"\x89PNG\r\n")
        width, height = (int.from_bytes(body[i : i + 4], "big") for i in (16, 20))
        assert (width, height) == (160, 80)  # 100 by 50 points, 1.6 pixels each
        for wrong in ("0", "2", "-1", "x", "", "²"):
            assert ask(server.url, f"/pages/a.pdf?n={quote(wrong)}")[0] == 404


def test_a_taken_port_is_told_with_what_to_do() -> None:
    with served() as server, pytest.raises(ConfigError) as told:
        Server(server.server_address[1], server.shop)
    assert told.value.hint == "take a free one: --port 0"


# --- the end --------------------------------------------------------------------------------------


def test_it_ends_without_leaving_a_thread_a_port_or_a_browser_behind(studio: Studio) -> None:
    before = set(threading.enumerate())
    with running(studio) as url:
        browser = Browser(url)
        browser.until(made)
        assert ask(url, "/")[0] == 200
    assert browser.ended()
    ours = {t.name for t in set(threading.enumerate()) - before if not t.name.startswith("Thread")}
    assert ours == set()
    port = int(url.rstrip("/").rsplit(":", 1)[1])
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=5)


def test_ctrl_c_ends_the_command_well(project: Path) -> None:
    code = "from wijkprofiel.cli import main; main()"
    command = [sys.executable, "-u", "-c", code, "preview", AREA, "--format", "data", "--port", "0"]
    child = subprocess.Popen(
        command, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert child.stdout is not None
        url = child.stdout.readline().strip()
        assert url.startswith("http://127.0.0.1:")
        assert ask(url, "/")[0] == 200
        os.kill(child.pid, signal.SIGINT)
        _, err = child.communicate(timeout=PATIENCE)
    finally:
        child.kill()
    assert child.returncode == 0
    assert err.splitlines()[-1] == "stopped"


# --- once -----------------------------------------------------------------------------------------


def test_once_tells_what_was_made_and_writes_nothing(project: Path) -> None:
    before = sorted(project.rglob("*"))
    outcome = run("preview", AREA, "--format", "data", "--format", "csv", "--once", cwd=project)
    assert outcome.code == 0, outcome.err
    assert outcome.out.startswith(f"{AREA}-data.csv: ")
    assert sorted(project.rglob("*")) == before


def test_once_fails_with_the_line_of_a_broken_template(project: Path) -> None:
    (project / COVER).write_text("{% if %}", encoding="utf-8")
    outcome = run("preview", AREA, "--format", "web", "--once", cwd=project)
    assert outcome.code == 1
    assert outcome.out == f"{PAGE}: not as it should be\n"
    assert f"error: {COVER}:1  " in outcome.err


@pytest.mark.parametrize(
    ("words", "said"),
    [(["nergenshuizen"], "nergenshuizen"), ([AREA, "--format", "flyer"], "'flyer' is not a")],
)
def test_a_wrong_name_ends_with_2(words: list[str], said: str, tmp_path: Path) -> None:
    for extra in (["--once"], ["--port", "0"]):
        outcome = run("preview", *words, *extra, cwd=tmp_path)
        assert (outcome.code, outcome.out) == (2, "")
        assert said in outcome.err
