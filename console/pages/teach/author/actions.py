"""What is done to a draft as a whole, by POST alone."""

import logging
from io import BytesIO

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from console.labs.administrators import is_administrator
from console.labs.authoring.draft_files import files_of, replace_files
from console.labs.authoring.drafts import DraftRefused, delete_draft
from console.labs.authoring.faults import faults_of
from console.labs.authoring.gate_runs import ask_for_gates, cancel_gates
from console.labs.authoring.publication import list_published, publish_draft
from console.labs.authoring.tries import begin_try, throw_away
from console.labs.files import LabError
from console.labs.files.archives import ArchiveRefused, write_archive
from console.labs.models import LabDraft
from console.pages.teach.author.listing import ArchiveForm, uploaded_files
from console.pages.teach.author.room import author_of, draft_action, draft_page
from console.ui.flash import flash_error, flash_info, flash_success

logger = logging.getLogger(__name__)
_LONGEST_NOTE = 500


@draft_action
@require_POST
def author_gates(request: HttpRequest, draft: LabDraft) -> None:
    """Put the gates into the queue."""
    files = files_of(draft)
    if faults_of(draft.slug, files):
        raise DraftRefused("Fix the files first. The gates need a lab that can be started.")
    ask_for_gates(draft, files, author_of(request))


@draft_action
@require_POST
def author_gates_cancel(request: HttpRequest, draft: LabDraft) -> None:
    if cancel_gates(draft):
        flash_info(request, "The gates are canceled.")


@draft_action
@require_POST
def author_try(request: HttpRequest, draft: LabDraft) -> HttpResponse | None:
    """Make a world of the draft for the instructor alone, and go there."""
    try:
        attempt = begin_try(draft, author_of(request))
    except LabError:
        raise DraftRefused("Fix the files first. No world can be made from them yet.") from None
    except Exception as error:  # whatever a world that nobody has made yet can break
        logger.info("The draft %s cannot be begun.", draft.slug, exc_info=True)
        flash_error(request, f"The world cannot be made. {type(error).__name__}: {error}"[:400])
        return None
    return redirect("attempt", attempt.public_id)


@draft_action
@require_POST
def author_try_end(request: HttpRequest, draft: LabDraft) -> None:
    """Delete the world in which the instructor tried the draft."""
    throw_away(draft, author_of(request))
    flash_success(request, "The world was deleted.")


@draft_action
@require_POST
def author_publish(request: HttpRequest, draft: LabDraft) -> None:
    """Create draft's files the lab that students begin from now on."""
    note = " ".join(request.POST.get("note", "").split())[:_LONGEST_NOTE]
    if not note.isprintable():
        raise DraftRefused("The note contains characters that cannot be typed.")
    version = publish_draft(draft, author_of(request), note)
    flash_success(
        request,
        f"Version {version.number} is published. Attempts already begun keep their version.",
    )


@draft_action
@require_POST
def author_enable(request: HttpRequest, draft: LabDraft) -> None:
    """Put the lab into the lists, or take it out."""
    enabled = request.POST.get("enabled") == "yes"
    list_published(draft, enabled)
    where = "in the lists" if enabled else "no longer listed; attempts continue"
    flash_success(request, f"The lab is {where}.")


@draft_action
@require_POST
def author_share(request: HttpRequest, draft: LabDraft) -> None:
    """Let all instructors work on the draft, or its author alone."""
    if draft.owner_id != request.user.pk and not is_administrator(request.user):
        raise DraftRefused("Only the author decides who works on a draft.")
    draft.shared = request.POST.get("shared") == "yes"
    draft.save(update_fields=["shared"])
    who = "All instructors work on it now." if draft.shared else "Only you see it now."
    flash_success(request, who)


@draft_page
@require_http_methods(["GET", "POST"])
def author_delete(request: HttpRequest, draft: LabDraft) -> HttpResponse:
    """Ask first, then delete the draft."""
    refused = ""
    if draft.owner_id != request.user.pk and not is_administrator(request.user):
        refused = "Only its author deletes a draft."
    elif request.method == "POST":
        try:
            delete_draft(draft)
        except DraftRefused as error:
            refused = str(error)
        else:
            flash_success(request, f"The draft {draft.slug} is deleted.")
            return redirect("author")
    context = {"draft": draft, "refused": refused}
    return render(request, "teach/author/delete.html", context, status=400 if refused else 200)


@draft_page
@require_safe
def author_export(request: HttpRequest, draft: LabDraft) -> HttpResponse:
    """Send the draft's files as a zip file, as `lab export` writes it."""
    del request
    file = BytesIO()
    write_archive(file, draft.slug, files_of(draft))
    response = HttpResponse(file.getvalue(), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{draft.slug}.zip"'
    return response


@draft_action
@require_POST
def author_import(request: HttpRequest, draft: LabDraft) -> None:
    """Put the files of an archive in the place of the draft's: all of them, or nothing."""
    form = ArchiveForm(request.POST, request.FILES)
    if not form.is_valid():
        raise DraftRefused("Choose a zip file first.")
    try:
        _, files = uploaded_files(form)
    except ArchiveRefused as refused:
        raise DraftRefused(str(refused)) from None
    replace_files(draft, files, request.POST.get("seen", ""), author_of(request))
    flash_success(request, f"{len(files)} files replaced the earlier ones.")
