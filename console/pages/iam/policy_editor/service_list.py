"""The list of services, which a page gets when its field *Choose a service* has the focus."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from console.signin.guard import console_page
from iam.catalogue import services

_BUTTON = re.compile(r"(choose):([0-9]{1,4})|(st-choose)", re.ASCII)


@console_page
def service_list(request: HttpRequest) -> HttpResponse:
    """Return the services as buttons: of a block, by its number, or of *Edit statement*."""
    named = _BUTTON.fullmatch(request.GET.get("do", ""))
    if named is None:
        raise Http404
    number = int(named[2]) if named[2] else None
    context = {"services": services(), "verb": named[1] or named[3], "number": number}
    return render(request, "iam/policy_editor/_service_list.html", context)
