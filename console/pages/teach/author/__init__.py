"""Labs that are written on the site: drafts, their files, gates and versions."""
