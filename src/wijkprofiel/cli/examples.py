"""The examples in the help texts: lines of ``configs/examples.txt``, and a test runs each."""

from __future__ import annotations

from wijkprofiel.assets import Assets

PATH = "configs/examples.txt"


def every() -> list[str]:
    """Return all examples, one command line each."""
    text = Assets.of(None).find(PATH).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.startswith("wijkprofiel ")]


def examples(command: str) -> str:
    """Return the block of examples under the help text of one command."""
    lines = [line for line in every() if line.split()[1] == command]
    # \b is click's mark for "do not join these lines"
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)
