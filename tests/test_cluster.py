"""Builds on other machines: a real scheduler, real workers, a real S3 server, all on loopback."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from altered import project
from sample import config, dataset
from terminal import run
from wijkprofiel.assets import shipped_root
from wijkprofiel.build import carry, manifest
from wijkprofiel.build.plan import Order
from wijkprofiel.build.remote import Remote
from wijkprofiel.build.run import AreaResult, BuildResult, Silent, build, look
from wijkprofiel.build.target import Local, Url, of
from wijkprofiel.errors import ConfigError, ProgramError, SourceError

pytest.importorskip("distributed", reason="the extra wijkprofiel[dask] is not installed")
pytest.importorskip("fsspec", reason="the extra wijkprofiel[dask] is not installed")

from wijkprofiel.build import cluster as clusters  # not without the extra

CSV = Order(("data",), ("csv",))
ONLY = ("--format", "data", "--format", "csv")
SIX = ["WK048402", "WK048403", "stevenshof", "WK054601", "WK054602", "WK054603"]
TWO = SIX[:2]


def make(output: Any, names: list[str], **how: Any) -> BuildResult:
    return build(config(), dataset(), names, output, CSV, **how)


def contents(folder: Path) -> dict[str, str]:
    """Every file below a folder with the hash of its content."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The six areas, built by this process."""
    folder = tmp_path_factory.mktemp("hier")
    assert make(folder, SIX).exit_code == 0
    return folder


def two_of(whole: Path) -> dict[str, str]:
    return {n: h for n, h in contents(whole).items() if n.startswith(("ridderveld", "zegersloot"))}


# --- a cluster --------------------------------------------------------------------------------


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class Machines:
    """A scheduler and its workers, each a process of its own."""

    def __init__(self, folder: Path, workers: int = 0, **env: str) -> None:
        self.folder = folder
        self._started: list[subprocess.Popen[bytes]] = []
        self.address = f"tcp://127.0.0.1:{free_port()}"
        port = self.address.rpartition(":")[2]
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", port)
        self.workers = [self.worker(**env) for _ in range(workers)]
        self.wait(workers)

    def worker(self, *words: str, **env: str) -> subprocess.Popen[bytes]:
        alone = () if "--nanny" in words else ("--no-nanny",)
        own = ("--nthreads", "1", "--local-directory", str(self.folder / "werk"))
        return self._start("worker", self.address, *own, *alone, *words, **env)

    def wait(self, workers: int) -> None:
        from distributed import Client

        with Client(self.address, timeout=60, set_as_default=False) as client:
            if workers:
                client.wait_for_workers(workers, timeout=90)

    def close(self) -> None:
        """End the workers, those with a nanny in peace, and then the scheduler."""
        for process in reversed(self._started):
            end(process)

    def _start(self, *words: str, **env: str) -> subprocess.Popen[bytes]:
        path = os.pathsep.join([*env.pop("first", "").split(), *sys.path])
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", *words, "--no-dashboard"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=os.environ
            | {"PYTHONPATH": path, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
            | env,
        )
        self._started.append(process)
        return process


@cache
def bucket_port() -> int:
    return free_port()


def rights() -> dict[str, str]:
    """What a process must know to write to a bucket of the server that :func:`s3` starts."""
    return {
        "AWS_ACCESS_KEY_ID": "sleutel",
        "AWS_SECRET_ACCESS_KEY": "geheim",
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{bucket_port()}",
        "AWS_DEFAULT_REGION": "us-east-1",
    }


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    """Two workers that may write to a bucket; a test leaves as many as it found."""
    machines = Machines(tmp_path_factory.mktemp("cluster"), workers=2, **rights())
    yield machines
    machines.close()


class AfterFirst(Silent):
    """Ends a process as soon as one area is done."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process

    def finished(self, result: AreaResult, done: int, total: int) -> None:  # noqa: ARG002  # of Watch
        if done == 1:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()


def test_a_worker_that_is_killed_half_way_takes_nothing_along(
    cluster: Machines, whole: Path, tmp_path: Path
) -> None:
    victim = cluster.worker()
    cluster.wait(3)
    result = make(tmp_path / "uit", SIX, watch=AfterFirst(victim), scheduler=cluster.address)
    assert victim.returncode == -signal.SIGKILL
    assert result.failures == ()
    assert contents(tmp_path / "uit") == contents(whole)
    assert [str(path) for path in result.areas[0].written] == [
        str(tmp_path / "uit/ridderveld/ridderveld-data.csv"),
        str(tmp_path / "uit/ridderveld/manifest.json"),
    ]
    again = make(tmp_path / "uit", SIX, scheduler=cluster.address)
    assert (again.written, len(again.kept)) == ((), 6)


def test_a_scheduler_that_goes_away_leaves_what_was_written(whole: Path, tmp_path: Path) -> None:
    own = Machines(tmp_path / "cluster", workers=1)
    try:
        with pytest.raises(SourceError, match=own.address) as caught:
            make(tmp_path / "uit", SIX, watch=AfterFirst(own.scheduler), scheduler=own.address)
    finally:
        own.close()
    assert "the same command makes the rest" in str(caught.value.hint)
    there = contents(tmp_path / "uit")
    assert there
    assert there.items() < contents(whole).items()
    assert make(tmp_path / "uit", SIX).exit_code == 0
    assert contents(tmp_path / "uit") == contents(whole)


DIES = """
import os, signal
from distributed import WorkerPlugin

class Dies(WorkerPlugin):
    def transition(self, key, start, finish, **kwargs):
        if "zegersloot" in str(key) and finish == "executing":
            os.kill(os.getpid(), signal.SIGKILL)

async def dask_setup(worker):
    await worker.plugin_add(Dies())
"""


def test_an_area_that_kills_workers_fails_alone(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clusters, "PATIENCE", 300.0)  # workers start while the build waits
    preload = tmp_path / "sterft.py"
    preload.write_text(DIES)
    machines = Machines(tmp_path / "cluster")
    try:
        machines.worker("--nanny", "--preload", str(preload))  # comes back
        machines.worker("--preload", str(preload))  # does not
        result = make(tmp_path / "uit", SIX[:4], scheduler=machines.address)
    finally:
        machines.close()
    assert [area.slug for area in result.failures] == ["zegersloot"]
    assert isinstance(result.failures[0].error, ProgramError)
    assert "ended" in result.failures[0].error.message
    assert {name.partition("/")[0] for name in contents(tmp_path / "uit")} == {
        "ridderveld", "stevenshof", "binnenstad-noord",
    }  # fmt: skip
    assert contents(tmp_path / "uit").items() < contents(whole).items()


def test_a_projects_own_files_travel(cluster: Machines, tmp_path: Path) -> None:
    root = project(tmp_path / "project")
    style = root / "templates/web/page.css"
    style.parent.mkdir(parents=True)
    shipped = shipped_root() / "templates/web/page.css"
    style.write_text(shipped.read_text(encoding="utf-8") + "\n.eigen-huis { color: #123456 }\n")
    # The PDF too: what is drawn there is, byte for byte, what is drawn here.
    words = ("build", "ridderveld", "--format", "web", "--format", "factsheet")
    here = run(*words, "-o", "hier", cwd=root)
    assert here.code == 0, here.err
    shared = f"file://{root}/daar"
    there = run(*words, "-o", shared, "--scheduler", cluster.address, cwd=root)
    assert there.code == 0, there.err
    assert "eigen-huis" in (root / "daar/ridderveld/ridderveld-web.html").read_text()
    assert "ridderveld/ridderveld-factsheet.pdf" in contents(root / "daar")
    assert contents(root / "daar") == contents(root / "hier")
    assert [path.name for path in (root / "daar").iterdir()] == ["ridderveld"]


# --- that is not fit for it -------------------------------------------------------------------


def test_a_worker_with_another_program_is_told_before_anything_runs(
    cluster: Machines, tmp_path: Path
) -> None:
    tree = tmp_path / "elders"
    shutil.copytree(
        Path(carry.__file__).parents[1], tree / "src/wijkprofiel",
        ignore=shutil.ignore_patterns("__pycache__"),
    )  # fmt: skip
    for name in ("templates", "configs", "data"):
        (tree / name).symlink_to(shipped_root() / name)
    with (tree / "src/wijkprofiel/tables.py").open("a") as file:
        file.write("# een andere versie\n")
    other = cluster.worker(first=str(tree / "src"))
    try:
        cluster.wait(3)
        outcome = run(
            "build", *TWO, *ONLY, "-o", "uit", "--scheduler", cluster.address, cwd=tmp_path
        )
    finally:
        end(other)
    assert outcome.code == 2
    assert "modules of the program" in outcome.err
    assert outcome.err.count("tcp://127.0.0.1") == 1  # the others make the same
    assert contents(tmp_path / "uit") == {}


def test_a_scheduler_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "CONNECT", 1.0)
    address = f"tcp://127.0.0.1:{free_port()}"
    outcome = run("build", *TWO, *ONLY, "-o", "uit", "--scheduler", address, cwd=tmp_path)
    assert outcome.code == 3
    assert f"no scheduler answers at {address}" in outcome.err
    wrong = run("build", *TWO, *ONLY, "-o", "uit", "--scheduler", "ergens://x", cwd=tmp_path)
    assert wrong.code == 2
    assert "is no address of a scheduler" in wrong.err
    both = run("build", *TWO, "--scheduler", address, "--jobs", "2", cwd=tmp_path)
    assert both.code == 2


def test_a_scheduler_without_workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "PATIENCE", 0.5)
    machines = Machines(tmp_path)
    try:
        with pytest.raises(SourceError, match="has no workers"):
            make(tmp_path / "uit", TWO, scheduler=machines.address)
    finally:
        machines.close()


@pytest.mark.parametrize(
    ("gone", "output", "extra"),
    [
        ("distributed", "uit", "wijkprofiel[dask]"),
        ("fsspec.core", "memory://uit", "wijkprofiel[dask]"),
        ("s3fs", "s3://emmer/uit", "wijkprofiel[s3]"),
    ],
)
def test_what_is_not_installed_is_told_with_how_to_install_it(
    gone: str, output: str, extra: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = vars(sys.modules["fsspec.registry"])["_registry"]
    monkeypatch.delitem(known, "s3", raising=False)  # loaded by another test
    monkeypatch.setitem(sys.modules, gone, None)
    outcome = run(
        "build", *TWO, *ONLY, "-o", output, "--scheduler", "tcp://127.0.0.1:1", cwd=tmp_path
    )
    assert outcome.code == 2, outcome.err
    assert f"uv add '{extra}'" in outcome.err


def test_a_build_here_knows_neither_dask_nor_fsspec(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        f"sys.argv = ['wijkprofiel', 'build', 'ridderveld', *{ONLY!r}, '-o', {str(tmp_path)!r}]\n"
        "from wijkprofiel.cli import main\n"
        "try:\n"
        "    main()\n"
        "finally:\n"
        "    print({'dask', 'distributed', 'fsspec', 's3fs'} & set(sys.modules))\n"
    )
    env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", code], check=False, env=env, capture_output=True, text=True
    )
    assert done.stdout.splitlines()[-1] == "set()", done.stderr


# --- a bucket ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """An S3 server of its own process; yields what is needed to write to it."""
    for name in ("s3fs", "moto", "flask_cors"):
        pytest.importorskip(name, reason="the extra wijkprofiel[s3] or the dev group is missing")
    port = bucket_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=tmp_path_factory.mktemp("s3"),
    )
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        except OSError:
            time.sleep(0.1)
    else:
        pytest.fail("the server of the bucket did not start within a minute")
    yield rights()
    end(server)


@pytest.fixture
def bucket(s3: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty bucket, and the right to write to it."""
    import boto3

    for name, value in s3.items():
        monkeypatch.setenv(name, value)
    name = f"emmer-{free_port()}"
    boto3.client("s3").create_bucket(Bucket=name)
    return name


def objects(bucket: str) -> dict[str, str]:
    """Every object of the bucket with the hash of its content, asked of the server itself."""
    import boto3

    client = boto3.client("s3")
    found = client.list_objects_v2(Bucket=bucket).get("Contents", [])
    return {
        one["Key"]: hashlib.sha256(
            client.get_object(Bucket=bucket, Key=one["Key"])["Body"].read()
        ).hexdigest()
        for one in found
    }


def test_workers_write_to_a_bucket_themselves(
    cluster: Machines, bucket: str, whole: Path, tmp_path: Path
) -> None:
    words = ("build", *TWO, *ONLY, "-o", f"s3://{bucket}/site")
    outcome = run(*words, "--scheduler", cluster.address, cwd=tmp_path)
    assert outcome.code == 0, outcome.err
    assert f"s3://{bucket}/site/ridderveld/ridderveld-data.csv" in outcome.out.splitlines()
    assert objects(bucket) == {f"site/{name}": h for name, h in two_of(whole).items()}


def test_a_bucket_is_brought_up_to_date(bucket: str, whole: Path, tmp_path: Path) -> None:
    target = of(f"s3://{bucket}")
    assert len(make(target, TWO, jobs=2).written) == 4
    assert objects(bucket) == two_of(whole)
    again = make(target, TWO)
    assert (again.written, len(again.kept)) == ((), 2)
    folder = target.area("ridderveld")
    folder.remove(["ridderveld-data.csv", "niets.pdf"])
    folder.set_aside({"ridderveld-data.csv": b"verkeerd"})
    assert f"{manifest.NAME}" in folder.names()
    assert look(config(), dataset(), TWO, target, CSV).todo == ("ridderveld",)
    changed = run("build", "--changed", "-o", f"s3://{bucket}", cwd=tmp_path)
    assert changed.code == 0, changed.err
    assert "1 of them unchanged" in changed.err
    assert objects(bucket) == two_of(whole)
    why = run("explain-build", "ridderveld", *ONLY, "-o", f"s3://{bucket}", cwd=tmp_path)
    assert "ridderveld-data.csv  is what it should be" in why.out


def test_a_bucket_that_cannot_be_written_to_is_told_before_the_run(
    bucket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    absent = run("build", *TWO, *ONLY, "-o", "s3://er-is-geen-emmer/site", cwd=tmp_path)
    assert absent.code == 2
    assert "cannot write to s3://er-is-geen-emmer/site" in absent.err
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "geen"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    import s3fs

    s3fs.S3FileSystem.clear_instance_cache()
    nobody = run("build", *TWO, *ONLY, "-o", f"s3://{bucket}/site", cwd=tmp_path)
    s3fs.S3FileSystem.clear_instance_cache()
    assert nobody.code == 2, nobody.err
    assert "AWS_ACCESS_KEY_ID" in nobody.err
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "sleutel")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "geheim")
    assert objects(bucket) == {}


# --- other places -----------------------------------------------------------------------------


def test_what_only_this_process_sees_is_written_by_it(cluster: Machines, whole: Path) -> None:
    import fsspec

    memory = fsspec.filesystem("memory")
    for name, how in (("hier", {"jobs": 2}), ("daar", {"scheduler": cluster.address})):
        result = make(f"memory://{name}", TWO, **how)
        found = {
            path.removeprefix(f"/{name}/"): hashlib.sha256(memory.cat_file(path)).hexdigest()
            for path in memory.find(f"/{name}")
        }
        assert found == two_of(whole)
        assert result.documents[0] == Url(f"memory://{name}/ridderveld/ridderveld-data.csv")


def test_what_an_output_means() -> None:
    assert of("uit") == of(Path("uit")) == Local(Path("uit"))
    assert of("file:///srv/een%20map") == Local(Path("/srv/een map"), everywhere=True)
    assert of("s3://emmer/map/") == Remote("s3://emmer/map")
    assert (of("s3://emmer").everywhere, of("memory://x").everywhere) == (True, False)
    with pytest.raises(ConfigError, match="outside"):
        of("s3://emmer").area("../elders")
    with pytest.raises(ConfigError, match="cannot be written to"), of("onzin://x").writing():
        pass


def test_a_folder_that_another_machine_does_not_share(tmp_path: Path) -> None:
    with of(tmp_path.as_uri()).writing() as target:
        target.check()
        assert isinstance(target, Local)
        elsewhere = replace(target, aside=tmp_path / "elders")
        with pytest.raises(ConfigError, match="not the same folder there"):
            elsewhere.check()
    assert list(tmp_path.iterdir()) == []


def test_what_another_build_wrote_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    """What comes back from a worker was made upon a manifest that is not there any more."""
    with Local(tmp_path).writing() as target:
        before = carry.seen(target.area("wijk"))
        carried = carry.Carried({"wijk": before})
        carried.area("wijk").write({"wijk-data.csv": b"ours", manifest.NAME: b"ours"})
        target.area("wijk").write({manifest.NAME: b"theirs"})
        assert not carry.do(carried.deeds, target, "wijk", before)
        assert contents(tmp_path) == {
            f"wijk/{manifest.NAME}": hashlib.sha256(b"theirs").hexdigest()
        }
        now = carry.seen(target.area("wijk"))
        assert now.manifest == b"theirs"
        assert carry.do(carried.deeds, target, "wijk", now)
    assert (tmp_path / "wijk/wijk-data.csv").read_bytes() == b"ours"
