"""A metadata document tells who a SAML provider is and what it signs with."""

from datetime import UTC, datetime

import pytest

from iam.federation import BadMetadata, read_metadata
from tests.federation.documents import ENTITY, identity, metadata


def test_metadata_has_entity_certificate_and_address():
    found = read_metadata(metadata())
    assert found.entity_id == ENTITY
    assert found.certificates == (identity().certificate,)
    assert found.sign_in_url == f"{ENTITY}/sso"
    assert found.valid_until == identity().certificate.not_valid_after_utc


def test_metadata_expires_at_its_own_time():
    found = read_metadata(metadata(attributes='validUntil="2027-01-01T00:00:00Z"'))
    assert found.valid_until == datetime(2027, 1, 1, tzinfo=UTC)


def test_a_list_of_entities_is_searched_for_the_provider():
    listed = metadata().split("?>", 1)[1]
    whole = f'<EntitiesDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata">{listed}'
    assert read_metadata(whole + "</EntitiesDescriptor>").entity_id == ENTITY


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("<EntityDescriptor", "<!DOCTYPE a><EntityDescriptor", "document type"),
        ("<EntityDescriptor", "<Entity", "not well-formed"),
        (f'entityID="{ENTITY}"', "", "no entityID"),
        ("IDPSSODescriptor", "SPSSODescriptor", "IDPSSODescriptor"),
        ("SAML:2.0:protocol", "SAML:1.1:protocol", "IDPSSODescriptor"),
        ('use="signing"', 'use="encryption"', "no signing certificate"),
        ("X509Certificate>M", "X509Certificate>!", "cannot be read"),
        ("SingleSignOnService", "SingleLogoutService", "SingleSignOnService"),
        ("WantAuthn", 'validUntil="never" WantAuthn', "no time"),
    ],
)
def test_incomplete_metadata_is_refused(old, new, sentence):
    with pytest.raises(BadMetadata, match=sentence):
        read_metadata(metadata().replace(old, new))
