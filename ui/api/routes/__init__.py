"""A module a subject: what it answers, and the shapes that are its own. `ui.api.roles` says who may call what."""
