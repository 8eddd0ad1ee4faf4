"""A text names only what there is, in the world or at AWS."""

import pytest

from console.labs.files import read_lab
from console.labs.trials import StartWorld
from console.labs.trials.gates.names import unknown_names_in_texts
from tests.labs.trials.small_labs import small_folder

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "name",
    [
        "`acme-report`",
        "`intren`",
        "`you/nobody`",
        "`s3:GetObjekt`",
        "`aws:SourceIP4`",
        "`ReadReport`",
        "`aws s3 ls arn:aws:s3:::acme-report`",
        "`arn:aws:iam::{you}:role/Ghost`",
        "`arn:aws:iam::aws:policy/AmazonS3ReadAccess`",
    ],
)
def test_a_text_names_only_what_there_is(tmp_path, name):
    folder = small_folder(tmp_path)
    (folder / "text" / "debrief.md").write_text(f"Look at {name}.\n")

    (fault,) = unknown_names_in_texts(StartWorld(read_lab(folder)))

    assert fault.startswith("text/debrief.md names ")


@pytest.mark.parametrize(
    "name",
    [
        "`acme-reports`",
        "`dev`",
        "`you/dev`",
        "`s3:GetObject`",
        "`s3:Get*`",
        "`aws:PrincipalTag/team`",
        "`StringNotEqualsIfExists`",
        "`PolicyDocument`",
        "`AmazonS3ReadOnlyAccess`",
        "`true`",
        "`MFA`",
        "`aws iam list-users`",
        "`arn:aws:iam::123456789012:role/Else`",
        "`arn:aws:iam::{you}:role/…`",
    ],
)
def test_what_is_there_or_at_aws_may_be_named(tmp_path, name):
    folder = small_folder(tmp_path)
    (folder / "text" / "debrief.md").write_text(f"Look at {name}.\n")

    assert list(unknown_names_in_texts(StartWorld(read_lab(folder)))) == []
