"""sts:DecodeAuthorizationMessage."""

from iam.authorization import NoMessage, decoded_message
from iam.perform import Call, Params, PermissionCheck, Resolution, Result, reads
from iam.wire.errors import AwsError


def on_any_message(call: Call, params: Params) -> Resolution:
    """Check the action, which has no resource."""
    return Resolution((PermissionCheck("sts:DecodeAuthorizationMessage"),))


def decoded(call: Call, params: Params, _: None) -> str:
    """Decode a message of this account; raises AwsError for any other."""
    try:
        return decoded_message(call.caller, params["EncodedMessage"])
    except NoMessage as error:
        message = "Message is not valid"
        code = "InvalidAuthorizationMessageException"
        raise AwsError(code, message, members=("EncodedMessage",)) from error


@reads("sts:DecodeAuthorizationMessage", on=on_any_message, prepare=decoded)
def decode_authorization_message(call: Call, params: Params, message: str) -> Result:
    """Return why a request of this account was denied, as JSON."""
    return {"DecodedMessage": message}
