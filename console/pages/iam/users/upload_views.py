"""The view models of X.509 signing certificates and SSH public keys."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from console.pages.calls import CallResult, call
from console.pages.iam.users.credential_holders import Dialogs, Holder
from iam import quotas


@dataclass(frozen=True)
class UploadKind:
    """Certificates or SSH keys: AWS's words and the console's for them.

    `word` is a part of the operations' names, `plural` the key of their list, and `part` begins
    the parameters of the ID and the body.
    """

    slug: str
    word: str
    plural: str
    part: str
    title: str
    noun: str
    description: str
    empty: str
    most: int
    made_by: str

    @property
    def id_name(self) -> str:
        return f"{self.part}Id"

    @property
    def body_name(self) -> str:
        return f"{self.part}Body"

    @property
    def upload_title(self) -> str:
        return f"Upload {self.noun}"


CERTIFICATES = UploadKind(
    slug="certificates",
    word="SigningCertificate",
    plural="Certificates",
    part="Certificate",
    title="X.509 Signing certificates",
    noun="X.509 certificate",
    description="Use X.509 certificates to make secure SOAP-protocol requests to some AWS "
    "services. You can have a maximum of two X.509 certificates (active or inactive) at a time.",
    empty="No X.509 certificates",
    most=quotas.SIGNING_CERTIFICATES_PER_USER,
    made_by="openssl req -x509 -newkey rsa:2048 -nodes -days 365 -subj /CN=signing "
    "-keyout private-key.pem -out certificate.pem",
)
SSH_KEYS = UploadKind(
    slug="ssh-keys",
    word="SSHPublicKey",
    plural="SSHPublicKeys",
    part="SSHPublicKey",
    title="SSH public keys for AWS CodeCommit",
    noun="SSH public key",
    description="Use SSH public keys to authenticate access to AWS CodeCommit repositories. You "
    "can have a maximum of five SSH public keys (active or inactive) at a time.",
    empty="No SSH public keys",
    most=quotas.SSH_KEYS_PER_USER,
    made_by="ssh-keygen -t rsa -b 4096 -f codecommit",
)
UPLOADS: Mapping[str, UploadKind] = {one.slug: one for one in (CERTIFICATES, SSH_KEYS)}


@dataclass(frozen=True)
class Uploaded:
    """One certificate or key, with its dialogs."""

    kind: UploadKind
    holder: Holder
    row: Mapping[str, Any]

    @property
    def id(self) -> str:
        return str(self.row[self.kind.id_name])

    @property
    def active(self) -> bool:
        return bool(self.row["Status"] == "Active")

    @property
    def body(self) -> str:
        return str(self.row.get(self.kind.body_name, ""))

    @property
    def dialogs(self) -> Dialogs:
        return self.holder.dialogs("credential_change", self.kind.slug, self.id)

    @property
    def show_url(self) -> str:
        """Return the page that shows an SSH key, which the listing leaves out."""
        return self.holder.url("ssh_key", self.id) if self.kind is SSH_KEYS else ""


@dataclass(frozen=True)
class UploadView:
    """A container of the user's page: its certificates or keys, or why they are not shown."""

    kind: UploadKind
    result: CallResult
    rows: list[Uploaded]
    upload_url: str

    @property
    def count(self) -> int | None:
        """Return the number of rows; None if they may not be listed."""
        return None if self.result.error else len(self.rows)

    @property
    def may_add(self) -> bool:
        return len(self.rows) < self.kind.most


def _shown(request: HttpRequest, holder: Holder, kind: UploadKind) -> UploadView:
    result = call(request, f"iam:List{kind.word}s", **holder.params)
    rows = [Uploaded(kind, holder, row) for row in result.rows(kind.plural)]
    return UploadView(kind, result, rows, holder.url("credential_upload", kind.slug))


def uploads(request: HttpRequest, holder: Holder) -> dict[str, Any]:
    return {"uploads": [_shown(request, holder, kind) for kind in UPLOADS.values()]}
