"""A browser at the pages of an identity provider."""

import re
from html import unescape
from typing import Any

from django.test import Client

ROLE = "arn:aws:iam::{}:role/Developers"
PROVIDER = "arn:aws:iam::{}:saml-provider/Corp"


class Portal:
    """Django's test client at one provider."""

    def __init__(self, slug: str) -> None:
        self.client = Client()
        self.root = f"/idp/{slug}/"

    def get(self, path: str = "") -> Any:
        return self.client.get(self.root + path, follow=True)

    def post(self, path: str, **fields: Any) -> Any:
        return self.client.post(self.root + path, fields, follow=True)

    def enter(self, name: str) -> Any:
        return self.post("as", name=name)

    def onward(self, response: Any) -> Any:
        """Send the form that leads to the console, as the browser would."""
        body = response.content.decode()
        fields = dict(re.findall(r'name="(SAMLResponse|RelayState)" value="([^"]*)"', body))
        headers = {"Origin": "http://testserver"}
        plain = {name: unescape(value) for name, value in fields.items()}
        return self.client.post("/signin/saml", plain, headers=headers, follow=True)
