"""What a build spends its seconds on: clocks around the functions that are its stages.

Other than a profiler, clocks cost nothing in between. A stage inside another one counts for itself
only: what is written to PDF is no layout, what is read back to be attacked is no attack.
"""

from __future__ import annotations

import contextlib
import importlib
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Function = Callable[..., Any]

STAGES: Mapping[str, tuple[str, ...]] = {
    "profile": ("wijkprofiel.build.area:make_profile",),
    "document": ("wijkprofiel.documents:make",),
    "layout": ("wijkprofiel.render.pdf:render",),
    "write": ("weasyprint.document:Document.write_pdf",),
    "read back": (
        "wijkprofiel.render.paper:read",
        "wijkprofiel.build.readback:texts",
        "wijkprofiel.build.readback:table",
    ),
    "check": ("wijkprofiel.render.check:check", "wijkprofiel.documents.readable:findings"),
    "attack": ("wijkprofiel.build.attack:refuse",),
    "verify": ("wijkprofiel.build.verify:refuse",),
    "files": ("wijkprofiel.build.output:write_all", "wijkprofiel.build.manifest:text"),
}
"""Per stage, the functions it consists of, where a build calls them."""

AREA = "wijkprofiel.build.area:build_area"
"""What a build calls for every area; the stages happen inside."""

REST = "the rest"
"""What no clock saw: the look at what is there, hashes of inputs, the manifest's hashes."""


@dataclass
class Clock:
    """Seconds of this processor by stage, per area.

    Attributes:
        areas: of each area, the seconds of every stage and of the rest.
    """

    areas: list[dict[str, float]] = field(default_factory=list)
    _running: list[str] = field(default_factory=list)
    _since: float = 0.0

    def _book(self) -> None:
        """Book what passed since the last time on the stage that runs."""
        now = time.process_time()
        self.areas[-1][self._running[-1]] += now - self._since
        self._since = now

    @contextlib.contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Book what happens inside on a stage."""
        self._book()
        self._running.append(name)
        try:
            yield
        finally:
            self._book()
            self._running.pop()

    @contextlib.contextmanager
    def around(self) -> Iterator[None]:
        """Put clocks around areas and around every function of every stage, and take them away."""
        places = [(place, self._stage(name)) for name, many in STAGES.items() for place in many]
        with contextlib.ExitStack() as stack:
            for place, timed in [*places, (AREA, self._area)]:
                owner, attribute = _found(place)
                before = getattr(owner, attribute)
                setattr(owner, attribute, timed(before))
                stack.callback(setattr, owner, attribute, before)
            yield

    def _area(self, function: Function) -> Function:
        """Return a function that begins a new area each time it is called."""

        def timed(*given: Any, **named: Any) -> Any:
            self.areas.append(dict.fromkeys((*STAGES, REST), 0.0))
            self._running, self._since = [REST], time.process_time()
            try:
                return function(*given, **named)
            finally:
                self._book()
                self._running = []

        return timed

    def _stage(self, name: str) -> Callable[[Function], Function]:
        """Return what makes a function a part of a stage."""

        def of(function: Function) -> Function:
            def timed(*given: Any, **named: Any) -> Any:
                if not self._running:  # before the first area, or between two
                    return function(*given, **named)
                with self.stage(name):
                    return function(*given, **named)

            return timed

        return of

    def rows(self) -> Iterator[tuple[str, Sequence[float]]]:
        """Yield every stage with its seconds per area, the rest, and all together."""
        for name in (*STAGES, REST):
            yield name, [one[name] for one in self.areas]
        yield "together", [sum(one.values()) for one in self.areas]


def table(clock: Clock) -> Iterator[str]:
    """Yield the lines of a table: first area, then median and least of those after it."""
    yield "| stage | first area | median | least | of the whole |"
    yield "|---|---|---|---|---|"
    rows = {name: (seconds[0], seconds[1:] or seconds) for name, seconds in clock.rows()}
    whole = statistics.median(rows["together"][1])
    for name, (first, warm) in rows.items():
        middle = statistics.median(warm)
        yield f"| {name} | {first:.3f} | {middle:.3f} | {min(warm):.3f} | {middle / whole:.0%} |"


def _found(place: str) -> tuple[Any, str]:
    """Return what holds a function, a module or a class, and its name there."""
    module, name = place.split(":")
    *path, last = name.split(".")
    owner: Any = importlib.import_module(module)
    for step in path:
        owner = getattr(owner, step)
    return owner, last
