"""What the facilitator's page says. No streamlit."""

from consultation.records import RoomEvent
from pricing.words.numbers import in_days

ABOUT = (
    "Hold a consultation event: put questions to the people in a room, let them answer on their phones without a name "
    "or an account, and keep each answer with the exact price that its author was looking at."
)
LEAD = (
    "You started an event before, or somebody gave you their link? Paste it here. With it, any machine can lead the "
    "event."
)
KEEP = (
    "This is your link as the facilitator. **Copy it now and keep it: it is shown this once**, and nobody can give it "
    "to you again, since only a fingerprint of it is stored. Whoever has it can show, reveal, export and delete. Never "
    "put it on the wall."
)
COUNTS = (
    "Counts are of browsers: somebody with two devices counts twice, and somebody who clears their browser counts anew."
    " A question whose result was revealed takes no answers ever again."
)
HIDDEN = "Only you see this until you reveal it. Mind what the projector shows."
SEATS = "Results by seat are shown only once a question is revealed, and only for seats with 5 answers or more."
NO_LINK = "This is not a facilitator’s link: it ends in 32 letters and digits."
RUNNING = "A question that was shown stays, with its answers. Others can still be left out, added and moved."


def status(event: RoomEvent) -> str:
    """How an event stands, until when it is kept."""
    if event.closed is not None:
        return f"It is closed. Everything is deleted on {in_days(event.delete_on)}, or before if you delete it."
    return f"It is on. Everything is deleted on {in_days(event.delete_on)}, or before if you delete it."
