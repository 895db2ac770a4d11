"""What a room said: events, their questions and answers, kept in a database; :mod:`.door` is the way in.

Nothing here imports sqlalchemy until a page or a command needs the store.
"""
