"""Write configs/schema/*.json from the declared types: uv run scripts/make_schema.py."""

from __future__ import annotations

from wijkprofiel.assets import shipped_root
from wijkprofiel.config.schema import schemas


def main() -> None:
    """Write every schema."""
    folder = shipped_root() / "configs" / "schema"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
