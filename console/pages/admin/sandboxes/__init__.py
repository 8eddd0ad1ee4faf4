"""The administrator's pages of sandboxes."""
