"""A class's settings and teachers."""

from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from console.classes.access import taught_class
from console.classes.archives import archive, bring_class_back
from console.classes.audit import Deed, note_action
from console.classes.jobs import delete_worlds_of_class
from console.classes.models import Teaching, TeachingRole
from console.classes.retention import keep_until
from console.classes.staff import is_last_owner
from console.classes.transfer import may_send_worlds, parts_of_file
from console.pages.teach.class_page import TaughtClass, class_page, render_class_page
from console.pages.teach.classes.forms import SettingsForm, TeacherForm
from console.ui.flash import flash_error, flash_success


def _page(
    request: HttpRequest,
    taught: TaughtClass,
    form: SettingsForm | None = None,
    teacher_form: TeacherForm | None = None,
) -> HttpResponse:
    teachings = Teaching.objects.filter(course_class=taught.course_class).select_related("user")
    is_archived = taught.course_class.archived_at is not None
    settings_form = form or SettingsForm(instance=taught.course_class)
    for field in settings_form.fields.values():
        field.disabled = not taught.may_change
    context = {
        "form": settings_form,
        "teacher_form": teacher_form or TeacherForm(),
        "teachings": teachings.order_by("pk"),
        "may_send_worlds": may_send_worlds(taught.course_class),
        "is_owner": taught.may(TeachingRole.OWNER),
        "may_bring_back": is_archived
        and taught_class(
            request.user, taught.course_class.public_id, TeachingRole.OWNER, archived=True
        ),
    }
    status = 400 if form or teacher_form else 200
    return render_class_page(request, "teach/classes/settings.html", taught, context, status)


@class_page()
@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest, taught: TaughtClass) -> HttpResponse:
    """Show and change a class's name, zone and dates."""
    if request.method == "GET" or not taught.may_change:
        return _page(request, taught)
    form = SettingsForm(request.POST, instance=taught.course_class)
    if not form.is_valid():
        taught.course_class.refresh_from_db()
        return _page(request, taught, form=form)
    form.save()
    detail = ""
    if "keep_until" in form.changed_data:
        day = form.cleaned_data["keep_until"]
        keep_until(taught.course_class, day)
        detail = f"Worlds are kept until {day}." if day else "Worlds are kept."
    note_action(taught.course_class, request.user, Deed.CHANGED_THE_SETTINGS, detail)
    flash_success(request, "The settings are saved.")
    return redirect("teach_settings", taught.course_class.public_id)


@class_page(TeachingRole.OWNER)
@require_POST
def teacher_add(request: HttpRequest, taught: TaughtClass) -> HttpResponse:
    """Let another instructor teach the class, or give one another role."""
    form = TeacherForm(request.POST)
    if not form.is_valid():
        return _page(request, taught, teacher_form=form)
    user: User = form.cleaned_data["username"]
    role = TeachingRole(form.cleaned_data["role"])
    existing = Teaching.objects.filter(course_class=taught.course_class, user=user).first()
    if existing and is_last_owner(existing) and role != TeachingRole.OWNER:
        form.add_error("role", "A class needs an owner. Make somebody else the owner first.")
        return _page(request, taught, teacher_form=form)
    Teaching.objects.update_or_create(
        course_class=taught.course_class, user=user, defaults={"role": role}
    )
    note_action(taught.course_class, request.user, Deed.SET_A_TEACHER, f"{user}: {role.label}.")
    flash_success(request, f"{user} is {role.label.lower()} of this class.")
    return redirect("teach_settings", taught.course_class.public_id)


@class_page(TeachingRole.OWNER)
@require_POST
def teacher_remove(request: HttpRequest, taught: TaughtClass, number: int) -> HttpResponse:
    """Let somebody teach the class no longer."""
    teachings = Teaching.objects.filter(course_class=taught.course_class).select_related("user")
    teaching = teachings.filter(pk=number).first() if number < 2**63 else None
    if teaching is None:
        raise Http404
    if is_last_owner(teaching):
        flash_error(request, "A class needs an owner. Make somebody else the owner first.")
    else:
        teaching.delete()
        note_action(taught.course_class, request.user, Deed.REMOVED_A_TEACHER, f"{teaching.user}.")
        flash_success(request, f"{teaching.user} no longer teaches this class.")
    return redirect("teach_settings", taught.course_class.public_id)


@class_page(TeachingRole.OWNER, archived=True)
@require_safe
def class_export(request: HttpRequest, taught: TaughtClass) -> StreamingHttpResponse:
    """Send the class as a file, with its worlds where that was chosen and they are few."""
    course_class = taught.course_class
    with_worlds = "worlds" in request.GET and may_send_worlds(course_class)
    note_action(course_class, request.user, Deed.EXPORTED_THE_CLASS)
    parts = parts_of_file(course_class, with_worlds=with_worlds)
    response = StreamingHttpResponse(parts, content_type="application/zip")
    name = f"class-{course_class.public_id}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@class_page(TeachingRole.OWNER, archived=True)
@require_POST
def class_archive(request: HttpRequest, taught: TaughtClass) -> HttpResponse:
    """Archive a class, and delete its worlds if that was chosen; or bring it back."""
    course_class, by = taught.course_class, request.user
    if not isinstance(by, User):
        raise Http404
    if course_class.archived_at is not None:
        bring_class_back(course_class, by)
        flash_success(request, "The class is restored.")
    else:
        archive(course_class, by)
        sentence = "The class is archived. Its worlds are kept."
        if request.POST.get("worlds") == "delete":
            delete_worlds_of_class.enqueue(course_class.pk, by.pk)
            sentence = "The class is archived. Its worlds are being deleted; the results stay."
        flash_success(request, sentence)
    return redirect("teach_settings", course_class.public_id)
