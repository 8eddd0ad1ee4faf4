"""The lines that hand temporary credentials to programs."""

from dataclasses import dataclass

from iam.catalogue.regions import HOME_REGION


@dataclass(frozen=True)
class Keys:
    """Temporary credentials, as programs want them."""

    access_key_id: str
    secret_access_key: str
    session_token: str


@dataclass(frozen=True)
class CredentialLines:
    """Lines for one kind of program."""

    title: str
    text: str


def shell_lines(keys: Keys, endpoint: str) -> list[CredentialLines]:
    """Return the environment that the AWS CLI and SDKs read, in the words of three shells."""
    values = {
        "AWS_ACCESS_KEY_ID": keys.access_key_id,
        "AWS_SECRET_ACCESS_KEY": keys.secret_access_key,
        "AWS_SESSION_TOKEN": keys.session_token,
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_REGION": HOME_REGION,  # read by most SDKs, and the CLI of today
        "AWS_DEFAULT_REGION": HOME_REGION,  # by boto3, and the CLI before version 2
    }
    lines = {
        "macOS and Linux": [f"export {name}='{value}'" for name, value in values.items()],
        "PowerShell": [f"$Env:{name}='{value}'" for name, value in values.items()],
        "Windows command prompt": [f"SET {name}={value}" for name, value in values.items()],
    }
    return [CredentialLines(shell, "\n".join(text)) for shell, text in lines.items()]


def profile_lines(keys: Keys) -> CredentialLines:
    text = (
        "[rolecall]\n"
        f"aws_access_key_id = {keys.access_key_id}\n"
        f"aws_secret_access_key = {keys.secret_access_key}\n"
        f"aws_session_token = {keys.session_token}"
    )
    return CredentialLines("A profile in ~/.aws/credentials", text)
