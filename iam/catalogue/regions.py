"""The Regions of AWS, and the services that have none.

botocore's lists give codes, names and global services. Which Regions are enabled by default is from
the AWS Account Management Reference Guide, *Enable or disable AWS Regions*, 2026.
"""

import json
from functools import lru_cache
from importlib.resources import files
from typing import Any

HOME_REGION = "us-east-1"
"""The Region of global services, and of a call that names none."""

DEFAULT_REGIONS = (
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
    "ap-south-1",
    "ap-northeast-3",
    "ap-northeast-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-northeast-1",
    "ca-central-1",
    "eu-central-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "eu-north-1",
    "sa-east-1",
)
"""The Regions that are enabled by default, in the order of the console."""


def is_opt_in(region: str) -> bool:
    return region not in DEFAULT_REGIONS


@lru_cache(maxsize=1)
def region_codes() -> frozenset[str]:
    return frozenset(_codes(_standard("partitions", "id")))


@lru_cache(maxsize=1)
def codes_of_all_partitions() -> frozenset[str]:
    """The Regions of every partition, China's and the governments' included."""
    return frozenset(code for one in _partitions("partitions") for code in _codes(one))


def region_name(code: str) -> str:
    """`US East (N. Virginia)`; an opt-in Region goes by its code."""
    return _names().get(code, code)


def region_city(code: str) -> str:
    """`N. Virginia`; an opt-in Region goes by its code."""
    return region_name(code).partition("(")[2].removesuffix(")") or code


def region_label(code: str) -> str:
    """`US East (N. Virginia) us-east-1`; an opt-in Region goes by its code."""
    return code if is_opt_in(code) else f"{region_name(code)} {code}"


def is_global(service: str) -> bool:
    """Whether a service (`iam`, `organizations`) is one for all Regions."""
    return service in _global_services()


@lru_cache(maxsize=1)
def _global_services() -> frozenset[str]:
    services = _standard("endpoints", "partition")["services"]
    return frozenset(name for name, one in services.items() if one.get("isRegionalized") is False)


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    regions = _standard("partitions", "id")["regions"]
    names = {code: regions[code]["description"] for code in DEFAULT_REGIONS}
    return {code: name.replace("Sao Paulo", "São Paulo") for code, name in names.items()}


def _codes(partition: dict[str, Any]) -> list[str]:
    return [code for code in partition["regions"] if not code.endswith("-global")]


def _standard(name: str, key: str) -> dict[str, Any]:
    return next(one for one in _partitions(name) if one[key] == "aws")


def _partitions(name: str) -> list[dict[str, Any]]:
    """One of botocore's lists, read as a file: its loader takes 0.2 s to import."""
    text = files("botocore").joinpath(f"data/{name}.json").read_text(encoding="utf-8")
    partitions: list[dict[str, Any]] = json.loads(text)["partitions"]
    return partitions
