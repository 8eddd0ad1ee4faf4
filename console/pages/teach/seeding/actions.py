"""What a teacher does with the worlds of a seeding."""

from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from console.classes.audit import Deed, note_action
from console.classes.copies import open_copy
from console.classes.jobs import delete_class_worlds, drop_seeding, make_worlds_of_seeding
from console.classes.models import ClassWorld, Seeding, TeachingRole
from console.classes.seeding.worlds import make_now
from console.pages.teach.class_page import TaughtClass, class_page, render_class_page
from console.pages.teach.seeding.page import found_seeding
from console.ui.flash import flash_error, flash_success

_ASKED = ("anew", "delete", "drop")
_SHOWN = 100


def _selected(request: HttpRequest, seeding: Seeding) -> list[ClassWorld]:
    wanted = request.POST.getlist("selected")[:1000]
    rows = ClassWorld.objects.filter(seeding=seeding, public_id__in=wanted)
    return list(rows.select_related("enrollment__user__profile", "team").order_by("pk"))


def _name(taught: TaughtClass, world: ClassWorld) -> str:
    if world.team:
        return f"Team {world.team.name}"
    return taught.name_of(world.enrollment) if world.enrollment else ""


def _names(taught: TaughtClass, worlds: list[ClassWorld]) -> str:
    names = [_name(taught, one) for one in worlds[:10]]
    more = len(worlds) - len(names)
    return ", ".join(names) + (f" and {more} more" if more else "")


@class_page(TeachingRole.TEACHER)
@require_POST
def seeding_action(request: HttpRequest, taught: TaughtClass, seeding_id: str) -> HttpResponse:
    """Ask first, then make worlds anew or delete them; begin at once what waits."""
    seeding, do = found_seeding(taught, seeding_id), request.POST.get("do", "")
    back = redirect("teach_seeding", taught.course_class.public_id, seeding.public_id)
    if do == "now":
        make_now(seeding)
        make_worlds_of_seeding.enqueue(seeding.pk)
        note_action(taught.course_class, request.user, Deed.SEEDED_WORLDS, f"{seeding.name}, now.")
        return back
    if do not in _ASKED:
        raise Http404
    worlds = _selected(request, seeding) if do != "drop" else list(seeding.worlds.all())
    if not worlds and do != "drop":
        flash_error(request, "Select worlds first.")
        return back
    if "sure" not in request.POST:
        names = [_name(taught, one) for one in worlds] if do != "drop" else []
        context = {
            "seeding": seeding,
            "do": do,
            "worlds": worlds,
            "names": names[:_SHOWN],
            "more": len(names[_SHOWN:]),
        }
        return render_class_page(request, "teach/seeding/sure.html", taught, context)
    return _done(request, taught, seeding, do, worlds)


def _done(
    request: HttpRequest, taught: TaughtClass, seeding: Seeding, do: str, worlds: list[ClassWorld]
) -> HttpResponse:
    course_class = taught.course_class
    if do == "drop":
        drop_seeding.enqueue(seeding.pk)
        note_action(course_class, request.user, Deed.DELETED_A_SEEDING, f"{seeding.name}.")
        flash_success(request, f"{seeding.name} is being deleted, with all its worlds.")
        return redirect("teach_seed", course_class.public_id)
    delete_class_worlds.enqueue(seeding.pk, [one.pk for one in worlds], anew=do == "anew")
    deed = Deed.SEEDED_WORLDS_ANEW if do == "anew" else Deed.DELETED_WORLDS
    note_action(course_class, request.user, deed, f"{seeding.name}: {_names(taught, worlds)}.")
    being = "made again" if do == "anew" else "deleted"
    flash_success(
        request, f"{len(worlds)} of the worlds are being {being}. This takes a few seconds."
    )
    return redirect("teach_seeding", course_class.public_id, seeding.public_id)


@class_page(TeachingRole.ASSISTANT)
@require_POST
def class_world_copy(
    request: HttpRequest, taught: TaughtClass, seeding_id: str, world_id: str
) -> HttpResponse:
    """Copy a student's world for this teacher."""
    seeding = found_seeding(taught, seeding_id)
    rows = ClassWorld.objects.filter(seeding=seeding, public_id=world_id).exclude(sandbox=None)
    world = rows.select_related("enrollment__user__profile", "team").first()
    if world is None or not isinstance(request.user, User):
        raise Http404
    copy = open_copy(world, request.user, _name(taught, world))
    note_action(
        taught.course_class, request.user, Deed.OPENED_A_COPY, seeding.name, world.enrollment
    )
    flash_success(
        request,
        f"This is a copy of {_name(taught, world)}'s world. Nothing you do affects the original.",
    )
    return redirect("teach_copy", taught.course_class.public_id, copy.pk)
