"""The administrator's pages of site users."""
