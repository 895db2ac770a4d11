"""The store: where it is, its schema, and events and answers in it. Nothing but the door and the command opens it."""
