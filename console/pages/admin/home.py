"""The administrator's first page: storage and load at a glance."""

from uuid import UUID

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from console.administration.load import activities, load_average, queue, storage
from console.administration.record import note_administration
from console.pages.admin.frame import render_admin_page
from console.pages.admin.guard import for_administrators
from console.queue.retries import try_now
from console.ui.flash import flash_error, flash_success


@for_administrators
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show how the site is, and the way to all rows."""
    context = {
        "storage": storage(),
        "activities": activities(),
        "queue": queue(),
        "load": load_average(),
        "apps": admin.site.get_app_list(request),
    }
    return render_admin_page(request, "administration/home.html", context)


@for_administrators
@require_POST
def job_retry(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """Let a job that failed run again."""
    if try_now(job_id):
        note_administration(request.user, "retried a job", job_id)
        flash_success(request, "The job is tried again in a second.")
    else:
        flash_error(request, "This job has not failed, or it no longer exists.")
    return redirect("admin_home")
