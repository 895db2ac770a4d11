"""Answer: the question that a consultation event shows now, for a phone in the room."""

from pages.frame import frame, joined
from pages.topics.room.answer import phone

view = frame.view()
view.title()
if joined.code():
    phone.draw(view)
else:
    phone.ask_for_code()
