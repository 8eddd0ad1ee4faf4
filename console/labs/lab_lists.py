"""How this site lists labs: which may be begun, and in which order a track has them."""

from django.db import transaction

from console.labs.models import Lab
from console.labs.tracks import whole_tracks


def set_enabled(slug: str, enabled: bool) -> None:
    """Put a lab into the lists, or take it out: then nobody begins it; attempts go on."""
    Lab.objects.update_or_create(slug=slug, defaults={"enabled": enabled})


def move_lab(slug: str, *, up: bool) -> bool:
    """Let a lab change places with its neighbor in the track; return whether it has one."""
    for track in whole_tracks():
        order = [lab.slug for lab in track.labs]
        if slug not in order:
            continue
        place = order.index(slug)
        other = place - 1 if up else place + 1
        if not 0 <= other < len(order):
            return False
        order[place], order[other] = order[other], order[place]
        _store(order)
        return True
    return False


def _store(order: list[str]) -> None:
    with transaction.atomic():
        for place, slug in enumerate(order):
            Lab.objects.update_or_create(slug=slug, defaults={"place": place})
