"""A browser without JavaScript: it fills the form of a page and sends what a browser would."""

from html.parser import HTMLParser
from typing import Any

from tests.pages.visitor import Visitor, text_of

_ON = ("checkbox", "radio")


class _Controls(HTMLParser):
    """The controls of the form with id `policy-form`, in the order of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.inside = False
        self.controls: list[dict[str, Any]] = []
        self._area: dict[str, Any] | None = None
        self._select: dict[str, Any] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: "" if value is None else value for name, value in attrs}
        if tag == "form":
            self.inside = attributes.get("id") == "policy-form"
        if not self.inside:
            return
        if tag == "option":
            self._option(attributes)
        if tag not in {"input", "button", "textarea", "select"}:
            return
        kind = attributes.get("type", "submit" if tag == "button" else "text")
        control = {**attributes, "tag": tag, "type": kind, "on": "checked" in attributes}
        if kind not in _ON and tag != "select":
            control.setdefault("value", "")
        self.controls.append(control)
        if tag == "textarea":
            control["value"], self._area = "", control
        if tag == "select":
            control.pop("value", None)
            self._select = control

    def _option(self, attributes: dict[str, str]) -> None:
        select = self._select
        if select is not None and ("selected" in attributes or "value" not in select):
            select["value"] = attributes.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area["value"] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        if tag == "textarea":
            if self._area is not None:
                self._area["value"] = self._area["value"].removeprefix("\n")
            self._area = None
        if tag == "select":
            self._select = None


class PaperBrowser:
    """A signed-in visitor's page; it goes on as its form is filled and its buttons pressed."""

    def __init__(self, visitor: Visitor, url: str) -> None:
        self.client = visitor.client
        self.url = url
        self.show(self.client.get(url))

    def show(self, response: Any) -> None:
        self.response = response
        parser = _Controls()
        parser.feed(response.content.decode())
        self.controls = parser.controls

    @property
    def text(self) -> str:
        return text_of(self.response)

    def control(self, name: str, value: str | None = None) -> dict[str, Any]:
        found = [
            c for c in self.controls
            if c.get("name") == name and (value is None or c.get("value") == value)
        ]  # fmt: skip
        assert found, f"no control {name}={value}"
        return found[-1]

    def values(self, name: str) -> list[str]:
        return [value for key, value in self.sent() if key == name]

    def tick(self, name: str, value: str = "on", *, on: bool = True) -> "PaperBrowser":
        control = self.control(name, value)
        if control["type"] == "radio":
            for other in self.controls:
                other["on"] = other["on"] and other.get("name") != name
        control["on"] = on
        return self

    def type(self, name: str, value: str) -> "PaperBrowser":
        self.control(name)["value"] = value
        return self

    def sent(self) -> list[tuple[str, str]]:
        return [
            (c["name"], c.get("value", "on" if c["type"] in _ON else "").replace("\n", "\r\n"))
            for c in self.controls
            if c.get("name")
            and c["type"] != "submit"
            and "disabled" not in c
            and (c["on"] or c["type"] not in _ON)
        ]

    def has_button(self, do: str) -> bool:
        return any((c.get("name"), c.get("value")) == ("do", do) for c in self.controls)

    def press(self, do: str, **headers: str) -> "PaperBrowser":
        """Press a button; those of a list of services are there once it is asked for."""
        listing, _, service = do.rpartition(":")
        if service and not self.has_button(do) and "choose" in listing:
            self.press(listing.replace("choose", "services"))
        self.control("do", do)
        data: dict[str, list[str]] = {}
        for name, value in [*self.sent(), ("do", do)]:
            data.setdefault(name, []).append(value)
        self.show(self.client.post(self.url, data, headers=headers))
        return self
