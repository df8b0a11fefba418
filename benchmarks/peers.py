"""The same factsheet, made in other ways: uv run --group bench benchmarks/peers.py.

For real areas of the sample, turn about (all ways for the first area, then all for the second
...), so that other work on the machine hits all alike. From a finished profile to a PDF: seconds of
wall and of processor, children included; the first area of every way warms it up and does not
count. What is not on the machine is left out, and said. Prints a table for README.md, which also
says what can be compared and what cannot.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import processes
from peer import browser, content, naive, typesetter

if TYPE_CHECKING:
    from wijkprofiel.config import Config
    from wijkprofiel.documents import Document
    from wijkprofiel.model import Profile
    from wijkprofiel.sources.dataset import Dataset

DOCUMENT = "factsheet"
PAGE = "our texts and drawings alone"
"""No PDF yet: what every way below it spends as well."""
Way = Callable[["Profile"], bytes]


@dataclass
class Made:
    """What one way made of all areas, in turn."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    files: list[bytes] = field(default_factory=list)

    def warm(self, which: str) -> float:
        """Return the median of "wall" or "cpu", without the first where there are more."""
        seconds: list[float] = getattr(self, which)
        return statistics.median(seconds[1:] or seconds)


@dataclass(frozen=True)
class Bench:
    """What all ways are made with.

    Attributes:
        contents: what each area's factsheet says, by slug; ready for those that write no texts.
        folder: for files on the way.
    """

    config: Config
    dataset: Dataset
    contents: dict[str, content.Content]
    folder: Path

    def document(self, profile: Profile) -> Document:
        """Return our document of one area: its texts and its drawings."""
        from wijkprofiel import documents

        return documents.make(profile, self.config.documents[DOCUMENT], self.config)

    def content(self, profile: Profile) -> content.Content:
        """Return what a document says."""
        made = self.document(profile)
        return content.read(made.html, made.title, made.language)


def main() -> int:
    """Make, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("areas", nargs="*", help="slugs or codes; by default of the project")
    parser.add_argument("--number", type=int, default=6, help="areas, the first one warms up")
    parser.add_argument("--without", action="append", default=[], help="ways to leave out")
    parser.add_argument("--keep", type=Path, help="folder to keep the files of the last area in")
    asked = parser.parse_args()
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        bench, profiles = _ready(asked.areas, asked.number, folder)
        ways = {name: way for name, way in _ways(bench, stack) if name not in asked.without}
        made = _turns(ways, profiles)
    _table(made, bench, profiles[-1])
    if asked.keep:
        asked.keep.mkdir(parents=True, exist_ok=True)
        for name, one in made.items():
            (asked.keep / f"{name.replace(' ', '-').replace(',', '')}.pdf").write_bytes(
                one.files[-1]
            )
    return 0


def _ready(names: list[str], number: int, folder: Path) -> tuple[Bench, list[Profile]]:
    """Return the bench and the profiles, all different; nothing of this is timed."""
    from wijkprofiel import config as configs
    from wijkprofiel.assets import Assets
    from wijkprofiel.build.make import make_profile
    from wijkprofiel.build.plan import Order, plan
    from wijkprofiel.sources import folder as sample

    config = configs.load(Assets.of())
    dataset = sample.load(config)
    tasks = plan(config, dataset, names or list(config.profiles), Order())[:number]
    profiles = [make_profile(config, dataset, task) for task in tasks]
    bench = Bench(config, dataset, {}, folder)
    for profile in profiles:
        bench.contents[profile.area.slug] = bench.content(profile)
    return bench, profiles


# --- the ways -------------------------------------------------------------------------------


def _ways(bench: Bench, stack: contextlib.ExitStack) -> Iterator[tuple[str, Way]]:
    """Yield every way that is there, by name; what must be closed goes on the stack."""
    faces = _faces(bench)
    yield (
        "naive",
        lambda profile: naive.make(bench.contents[profile.area.slug], profile, faces),
    )
    yield PAGE, lambda profile: bench.document(profile).html.encode()
    yield "ours, stock WeasyPrint", lambda profile: _ours(bench, profile, stock=True)
    yield "ours", lambda profile: _ours(bench, profile)
    yield "ours, verified", lambda profile: _verified(bench, profile)
    yield from _typst(bench)
    yield from _chromium(bench, stack)


def _ours(bench: Bench, profile: Profile, *, stock: bool = False) -> bytes:
    from wijkprofiel.render import accelerate, pdf

    with accelerate.without(*(accelerate.known() if stock else ("nothing",))):
        return pdf.render(bench.document(profile), bench.config)


def _verified(bench: Bench, profile: Profile) -> bytes:
    """Make it as a build does: read back, attacked, and compared with its profile."""
    from wijkprofiel.build import attack, formats, verify

    made = formats.pdf(profile, bench.config.documents[DOCUMENT], bench.config)
    name = f"{profile.area.slug}-{DOCUMENT}.pdf"
    attack.refuse({name: made.content}, profile, bench.config, bench.dataset)
    sources = {name: made.source or made.content}
    verify.refuse({name: made.content}, profile, bench.config, sources=sources)
    return made.content


def _typst(bench: Bench) -> Iterator[tuple[str, Way]]:
    try:
        import typst
    except ImportError:
        _say("no Typst here: uv sync --group bench")
        return
    style = bench.config.styles[bench.config.project.style]
    fonts = bench.folder / "fonts"
    fonts.mkdir()
    families = typesetter.true_type(style, bench.config.assets, fonts)
    compiler = typesetter.Typesetter(fonts, families)
    yield f"Typst {typst.__version__}", lambda profile: compiler.make(bench.content(profile))


def _chromium(bench: Bench, stack: contextlib.ExitStack) -> Iterator[tuple[str, Way]]:
    found = browser.executable()
    if found is None:
        _say("no Chromium here: apt-get install chromium")
        return
    assets = bench.config.assets
    printed = stack.enter_context(browser.persistent(found, bench.folder))
    yield (
        "Chromium, kept open",
        lambda profile: printed(browser.page(bench.document(profile), assets)),
    )
    yield (
        "Chromium, per file",
        lambda profile: browser.per_file(
            found, browser.page(bench.document(profile), assets), bench.folder
        ),
    )


def _faces(bench: Bench) -> str:
    """Return the fonts of the house style, as CSS for those that fetch files."""
    style, assets = bench.config.styles[bench.config.project.style], bench.config.assets
    return "\n".join(
        f'@font-face {{ font-family: "{font.family}"; font-weight: {weight}; '
        f'src: url("{assets.find(f"templates/fonts/{file}").resolve().as_uri()}") }}'
        for font in style.fonts
        for weight, file in font.files.items()
    )


# --- turn about -----------------------------------------------------------------------------


def _turns(ways: dict[str, Way], profiles: list[Profile]) -> dict[str, Made]:
    made = {name: Made() for name in ways}
    for number, profile in enumerate(profiles):
        # Each area begins with another way: none always follows the same one.
        names = list(ways)
        for name in names[number % len(names) :] + names[: number % len(names)]:
            cpu, start = processes.spent(), time.perf_counter()
            made[name].files.append(ways[name](profile))
            made[name].wall.append(time.perf_counter() - start)
            made[name].cpu.append(processes.spent() - cpu)
        _say(f"{profile.area.slug}: {', '.join(f'{m.cpu[-1]:.2f}' for m in made.values())}")
    return made


def _table(made: dict[str, Made], bench: Bench, last: Profile) -> None:
    """Print the table: medians per way, and facts of the last area's files."""
    told = bench.contents[last.area.slug]
    drawings = sum(1 for page in told.pages for _ in content.drawings(page))
    if "naive" in made:
        drawn = len(naive.pictures(told, last))
        _say(f"{last.area.slug}: {drawings} drawings in ours, {drawn} figures in the naive one")
    _say(f"machine load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores\n")
    _say("| way | CPU, s | wall, s | × naive | kB | pages | tagged | says PDF/UA | alt texts |")
    _say("|---|---|---|---|---|---|---|---|---|")
    base = made["naive"].warm("cpu") if "naive" in made else float("nan")
    for name, one in made.items():
        size = statistics.median(len(file) for file in one.files) / 1e3
        times = f"{one.warm('cpu'):.2f} | {one.warm('wall'):.2f} | {base / one.warm('cpu'):.1f}"
        _say(f"| {name} | {times} | {size:.0f} | {' | '.join(_facts(one.files))} |")


def _facts(files: list[bytes]) -> list[str]:
    """Return pages of all files; of the last whether it is tagged, PDF/UA, its spoken figures."""
    import pypdfium2

    from wijkprofiel.render import paper

    if not files[-1].startswith(b"%PDF"):
        return ["–"] * 4
    pages = {len(pypdfium2.PdfDocument(file)) for file in files}
    read = paper.read(files[-1])
    alts = sum(1 for tag in read.elements if tag.role == "Figure" and tag.alt.strip())
    told = f"{min(pages)} to {max(pages)}" if len(pages) > 1 else str(pages.pop())
    return [told, _yes(told=read.tagged), _yes(told=read.accessible), str(alts)]


def _yes(*, told: bool) -> str:
    return "yes" if told else "no"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
