"""Ask the room: who leads a consultation event starts it here, and leads it from any machine with their link."""

from pages.frame import frame
from pages.topics.room.ask_the_room import lead, leading, starting

view = frame.view()
view.title()
secret = lead.secret()
if secret:
    leading.draw(secret)
else:
    starting.draw(view)
