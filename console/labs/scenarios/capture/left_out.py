"""What a captured scenario leaves out, in words for whoever saves it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from console.services.s3.models import Upload
from iam.models import Account, Event, Sandbox, ServerCertificate, SigningCertificate, SshPublicKey

ALWAYS = (
    "Passwords, access keys and MFA codes: they are there, and each new world has its own.",
    "Dates: when things were made and last used, and the sessions that are open now.",
)
_MOST_NAMES = 3


def _names(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMES
    shown = ", ".join(names[:_MOST_NAMES])
    return f"{shown} and {more} more" if more > 0 else shown


@dataclass
class LeftOut:
    """What was met that no scenario can hold."""

    log_files: bool = False
    terminated: bool = False
    without_profile: bool = False
    provider_keys: bool = False
    braces: bool = False
    large: list[str] = field(default_factory=list)
    with_secrets: list[str] = field(default_factory=list)
    trails: list[str] = field(default_factory=list)
    functions: list[str] = field(default_factory=list)
    statements: list[str] = field(default_factory=list)

    def sentences(self, sandbox: Sandbox) -> tuple[str, ...]:
        """Return what is left out of a sandbox, most important first."""
        found = {
            "What happened: the events that CloudTrail recorded.": _any(Event, sandbox),
            "Log files that CloudTrail delivered.": self.log_files,
            f"Objects that hold a secret of this world: {_names(self.with_secrets)}.": bool(
                self.with_secrets
            ),
            f"Large objects: {_names(self.large)}.": bool(self.large),
            f"Trails that cannot write to their bucket: {_names(self.trails)}.": bool(self.trails),
            f"Functions whose role Lambda cannot assume: {_names(self.functions)}.": bool(
                self.functions
            ),
            f"Permissions of functions for who is gone: {_names(self.statements)}.": bool(
                self.statements
            ),
            "SSH keys and certificates.": any(
                _any(model, sandbox)
                for model in (SshPublicKey, SigningCertificate, ServerCertificate)
            ),
            "Private keys of SAML providers.": self.provider_keys,
            "Which findings of IAM Access Analyzer were archived.": _any_archived(sandbox),
            "Instances that were terminated.": self.terminated,
            "Instance profiles that were deleted while an instance had them.": self.without_profile,
            "Uploads that nobody completed.": _any(Upload, sandbox),
            "How far the clock was moved.": bool(sandbox.clock_offset),
            "Names in braces, such as {issuer}, that stand in a text: they are filled in.": (
                self.braces
            ),
        }
        return (*ALWAYS, *(sentence for sentence, is_so in found.items() if is_so))


def _any_archived(sandbox: Sandbox) -> bool:
    analyzers = (
        Account.in_sandbox(sandbox).exclude(analyzers=[]).values_list("analyzers", flat=True)
    )
    return any(one["archived"] for some in analyzers for one in some)


def _any(
    model: type[Event | Upload | SshPublicKey | SigningCertificate | ServerCertificate],
    sandbox: Sandbox,
) -> bool:
    return bool(model.in_sandbox(sandbox).exists())
