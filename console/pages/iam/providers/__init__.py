"""*Identity providers*: whom outside AWS the account believes."""
