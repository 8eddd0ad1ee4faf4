"""The page on which an owner of a class lets a program hear of it."""

from django import forms
from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from console.classes.audit import Deed, note_action
from console.classes.models import Class, TeachingRole
from console.pages.teach.class_page import TaughtClass, class_page, render_class_page
from console.ui.flash import flash_success
from console.webhooks.deliveries import MOST_OF_CLASS, new_test, new_webhook
from console.webhooks.jobs import send_delivery
from console.webhooks.models import Delivery, Webhook
from console.webhooks.outbound import url_fault


class WebhookForm(forms.Form):
    """Where deliveries go."""

    url = forms.URLField(
        label="Address",
        max_length=500,
        assume_scheme="https",
        help_text="Your program answers with a status from 200 to 299 within ten seconds.",
    )

    def clean_url(self) -> str:
        """Refuse what this site does not call."""
        url: str = self.cleaned_data["url"]
        fault = url_fault(url)
        if fault:
            raise forms.ValidationError(fault)
        return url


def _webhooks(course_class: Class) -> QuerySet[Webhook]:
    newest = Delivery.objects.filter(webhook=OuterRef("pk")).order_by("-pk")
    rows = Webhook.objects.filter(course_class=course_class).order_by("pk")
    return rows.annotate(
        last_made=Subquery(newest.values("made_at")[:1]),
        last_delivered=Subquery(newest.values("delivered_at")[:1]),
        last_error=Subquery(newest.values("error")[:1]),
    )


def _page(
    request: HttpRequest, taught: TaughtClass, form: WebhookForm, secret: str = "", url: str = ""
) -> HttpResponse:
    context = {
        "form": form,
        "webhooks": _webhooks(taught.course_class),
        "secret": secret,
        "url": url,
        "hosts": settings.WEBHOOK_HOSTS,
    }
    status = 400 if form.errors else 200
    return render_class_page(request, "teach/webhooks/page.html", taught, context, status)


@class_page(TeachingRole.OWNER)
@require_http_methods(["GET", "POST"])
def webhooks(request: HttpRequest, taught: TaughtClass) -> HttpResponse:
    """Show the webhooks, and add one: its secret is shown once, on the page that answers."""
    form = WebhookForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, taught, form)
    if taught.course_class.webhooks.count() >= MOST_OF_CLASS:
        form.add_error("url", f"A class has {MOST_OF_CLASS} webhooks at most.")
        return _page(request, taught, form)
    made, secret = new_webhook(taught.course_class, form.cleaned_data["url"])
    note_action(taught.course_class, request.user, Deed.ADDED_A_WEBHOOK, made.url)
    return _page(request, taught, WebhookForm(), secret, made.url)


def _webhook(taught: TaughtClass, webhook_id: str) -> Webhook:
    rows = Webhook.objects.filter(course_class=taught.course_class, public_id=webhook_id)
    found = rows.select_related("course_class").first()
    if found is None:
        raise Http404
    return found


@class_page(TeachingRole.OWNER)
@require_POST
def webhook_try(request: HttpRequest, taught: TaughtClass, webhook_id: str) -> HttpResponse:
    """Send a delivery that reports nothing."""
    delivery = new_test(_webhook(taught, webhook_id))
    send_delivery.enqueue(delivery.pk)
    flash_success(request, "A test is on its way. Reload this page in a few seconds.")
    return redirect("teach_webhooks", taught.course_class.public_id)


@class_page(TeachingRole.OWNER)
@require_POST
def webhook_remove(request: HttpRequest, taught: TaughtClass, webhook_id: str) -> HttpResponse:
    """Let an address hear no more; what is on its way is dropped."""
    webhook = _webhook(taught, webhook_id)
    note_action(taught.course_class, request.user, Deed.REMOVED_A_WEBHOOK, webhook.url)
    webhook.delete()
    flash_success(request, "It no longer receives anything.")
    return redirect("teach_webhooks", taught.course_class.public_id)
