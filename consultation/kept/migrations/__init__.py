"""How the store's tables came to be what they are: one module a step in ``versions``, which Alembic runs in order."""
