"""A sandbox's own identity provider; see README.md."""

from sts.built_in.keys import key_set_of, signing_key
from sts.built_in.names import Name, name_of, named_sandbox
from sts.built_in.people import (
    Entry,
    PersonError,
    add_offer,
    delete_person,
    groups_of,
    is_role_arn,
    offers_of,
    people_of,
    person_by_password,
    person_of,
    remove_offer,
    roles_for,
    save_person,
    set_password,
)
from sts.built_in.signing import (
    claims_for,
    id_token,
    metadata_of,
    response_for,
    statement_for,
)

__all__ = [
    "Entry",
    "Name",
    "PersonError",
    "add_offer",
    "claims_for",
    "delete_person",
    "groups_of",
    "id_token",
    "is_role_arn",
    "key_set_of",
    "metadata_of",
    "name_of",
    "named_sandbox",
    "offers_of",
    "people_of",
    "person_by_password",
    "person_of",
    "remove_offer",
    "response_for",
    "roles_for",
    "save_person",
    "set_password",
    "signing_key",
    "statement_for",
]
