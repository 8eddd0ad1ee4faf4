"""Tags in AWS's shape."""

from collections.abc import Mapping


def tag_list(tags: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"Key": key, "Value": value} for key, value in tags.items()]
