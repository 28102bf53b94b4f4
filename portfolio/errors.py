"""The errors that a user can meet. Each message says what happened, to which file or field, and what to do."""


class ContrathequeError(Exception):
    """Root of every expected error; its text is shown to the user as it is."""


class InvalidValue(ContrathequeError, ValueError):
    """A value does not have the form that its field asks for."""


class NotFound(ContrathequeError, LookupError):
    """A contract, document or counterparty was asked for that the register does not hold."""


class NotAllowed(ContrathequeError, PermissionError):
    """Somebody asked for what their role does not let them do. ``needs`` is the least role that may."""

    def __init__(self, needs: str) -> None:
        super().__init__(f"This needs the role {needs}; ask an administrator for it.")
        self.needs = needs
