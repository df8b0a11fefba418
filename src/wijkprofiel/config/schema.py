"""JSON schemas for the editor, generated from the declared types.

``scripts/make_schema.py`` writes them to ``configs/schema``; a test keeps them in step.
"""

from __future__ import annotations

import json
from typing import Any

from wijkprofiel.config.files import TYPES

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, str]:
    """Return the JSON schema of each kind of config file, by file name, as it is written."""
    return {f"{shelf}.json": _text(shelf) for shelf in TYPES}


def _text(shelf: str) -> str:
    schema: dict[str, Any] = {"$schema": _DRAFT, **TYPES[shelf].model_json_schema()}
    return json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
