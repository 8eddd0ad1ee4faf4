"""The frame of the S3 pages, and their addresses."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from console.pages.services import S3, related_consoles
from console.ui.navigation import Crumb, Navigation, NavItem, NavSection

SERVICE = "Amazon S3"


def s3_frame(trail: Sequence[tuple[str, str]] = ()) -> dict[str, Any]:
    """Return the frame's context; `trail` (label, URL) stands after *Amazon S3 > Buckets*."""
    buckets = reverse("buckets")
    navigation = Navigation(
        title=SERVICE,
        url=buckets,
        sections=(
            NavSection((NavItem("General purpose buckets", buckets, current=True),)),
            related_consoles(S3),
        ),
    )
    crumbs = [Crumb(SERVICE, buckets), Crumb("Buckets", buckets)]
    crumbs += [Crumb(label, url) for label, url in trail]
    return {"navigation": navigation, "breadcrumbs": crumbs, "region": "", "help_topic": "s3"}


def page_url(name: str, bucket: str, **query: str) -> str:
    """Return the address of one of a bucket's pages; empty parameters are left out."""
    given = {key: value for key, value in query.items() if value}
    url = reverse(name, args=[bucket])
    return f"{url}?{urlencode(given)}" if given else url


def folder_crumbs(bucket: str, prefix: str) -> list[tuple[str, str]]:
    """Return the breadcrumbs of a folder: the bucket, then each part of the prefix."""
    crumbs = [(bucket, page_url("bucket", bucket))]
    path = ""
    for part in prefix.split("/")[:-1]:
        path += f"{part}/"
        crumbs.append((f"{part}/", page_url("bucket", bucket, prefix=path)))
    return crumbs


def folder_of(key: str) -> str:
    """Return the prefix of the folder that contains a key or a folder."""
    head, slash, _ = key.removesuffix("/").rpartition("/")
    return head + slash
