"""*Credential report*: downloaded, and denied with its sentence."""

from django.urls import reverse

from tests.pages.visitor import Visitor, text_of
from tests.worlds import World, allow


def test_the_report_is_downloaded_as_a_file(world: World, root: Visitor) -> None:
    world.do("CreateUser", UserName="ann")
    url = reverse("credential_report")
    assert "No report was created in the last four hours." in text_of(root.get(url))
    response = root.post(url)
    assert response["Content-Type"] == "text/csv"
    assert response["Content-Disposition"].startswith('attachment; filename="status_reports_')
    assert response.content.decode().splitlines()[2].startswith("ann,arn:aws:iam::")
    assert "Most recent report created" in text_of(root.get(url))


def test_a_user_who_may_not_generate_a_report_sees_the_denial(world: World) -> None:
    world.add_user("ann", allow("iam:GetCredentialReport", "s3:*"))
    page = text_of(Visitor(world, "ann").post(reverse("credential_report")))
    assert "iam:GenerateCredentialReport" in page
