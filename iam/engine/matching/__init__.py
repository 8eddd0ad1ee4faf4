"""How texts, elements and condition operators match a request."""
