"""*Manage tags* of users, roles and policies: one call to tag, one to untag."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from console.pages.calls import call
from console.pages.forms import AwsForm
from console.pages.iam.entity_pages import EntityPages
from console.pages.iam.navigation import iam_frame
from console.pages.iam.refusals import refused_page
from console.signin.guard import console_page
from console.ui.flash import flash_success
from console.ui.tags import TagsField
from iam.wire.tags import tag_list, tags_of


class TagsForm(AwsForm):
    """The tags as they should be."""

    fields_by_parameter = {"TagKeys": "Tags"}

    Tags = TagsField()


@dataclass(frozen=True)
class TaggedEntity:
    """The entity whose tags are managed: how calls name it, its page and its list."""

    word: str
    named: Mapping[str, str]
    back: str
    place: str


def _save(
    request: HttpRequest, tagged: TaggedEntity, before: Mapping[str, str], form: TagsForm
) -> bool:
    after = tags_of(form.cleaned_data["Tags"])
    kept = {key.lower() for key in after}
    gone = [key for key in before if key.lower() not in kept]
    new = tag_list({k: v for k, v in after.items() if before.get(k) != v})
    changes = (("Untag", "TagKeys", gone), ("Tag", "Tags", new))
    return not any(
        form.send(request, f"iam:{verb}{tagged.word}", **tagged.named, **{parameter: tags}).error
        for verb, parameter, tags in changes
        if tags
    )


def manage_tags(
    request: HttpRequest, tagged: TaggedEntity, trail: Sequence[tuple[str, str]]
) -> HttpResponse:
    """Show the tags as a form, and save what changed."""
    result = call(request, f"iam:List{tagged.word}Tags", **tagged.named)
    if result.error:
        return refused_page(request, result, tagged.place)
    before = tags_of(result.rows("Tags"))
    form = TagsForm(request.POST or None, initial={"Tags": list(before.items())})
    if request.method == "POST" and form.is_valid() and _save(request, tagged, before, form):
        flash_success(request, "Tags updated.")
        return redirect(tagged.back)
    frame = iam_frame(request, tagged.place, trail)
    return render(request, "iam/entities/tags.html", {**frame, "form": form, "back": tagged.back})


@require_http_methods(["GET", "POST"])
@console_page
def entity_tags(request: HttpRequest, kind: EntityPages, name: str) -> HttpResponse:
    named = {kind.parameter: name}
    tagged = TaggedEntity(kind.word, named, f"{kind.url(name)}?tab=tags", kind.plural)
    return manage_tags(request, tagged, kind.trail(name, "Manage tags"))
