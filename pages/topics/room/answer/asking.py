"""One question on a phone: a control for its kind, what was kept of the answer, and the way to take it back.

A choice is sent as it is tapped, anything else by a button. What the page says was kept is read from the store anew.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from consultation import door, kinds
from consultation.checks import AGREEMENT, MOST_COMMENT
from consultation.records import Question, RoomAnswer, RoomEvent
from pages.frame import address, menu, own_table_upload, panel
from pages.frame.frame import View
from pages.kit import show
from pages.kit.consultation import words as room_words
from pages.kit.markdown import escape, in_force
from pages.topics.room.answer import words
from pricing.errors import ExplorerError
from pricing.scenario import links
from pricing.scenario.scenario import OWN_TABLE, specs

AT_HAND = ("results_share", "need_premium", "area_multiplier", "metric")
"""Parameters that can be set beside the question for a price."""


@dataclass(frozen=True)
class Asked:
    """A question that takes answers, who is asked, what they have answered so far, and what their panel stands at."""

    event: RoomEvent
    question: Question
    browser: str
    own: RoomAnswer | None
    view: View

    @property
    def control(self) -> str:
        """The key of its control."""
        return f"answer_{self.question.id}"

    @property
    def sent(self) -> str:
        """The key of the choice that was sent last."""
        return f"answer_sent_{self.question.id}"

    @property
    def unsure(self) -> str:
        """The key of a number that was sent and can be read in two ways."""
        return f"answer_unsure_{self.question.id}"

    @property
    def refused(self) -> str:
        """The key of why an answer was refused."""
        return f"answer_refused_{self.question.id}"


def draw(asked: Asked) -> None:
    """The control, then what is kept, or why it is not."""
    own = ASK[asked.question.kind](asked) or asked.own
    refused = st.session_state.get(asked.refused)
    if refused:
        st.error(escape(refused))
    if own is None:
        st.caption("Nothing of yours is kept for this question yet.")
        return
    st.success(f"Kept: {room_words.plain(room_words.of_answer(asked.question, own.value))}")
    st.caption("You may change it until the question is stopped.")
    st.button("Take my answer back", key=f"{asked.control}_back", on_click=take_back, args=(asked,))


def send(asked: Asked, value: object) -> RoomAnswer | None:
    """Send an answer; as it is kept, or None where it was refused: why is said on the page."""
    try:
        kept = door.answer(asked.event.code, asked.question.id, asked.browser, value)
        st.session_state[asked.refused] = ""
    except ExplorerError as problem:
        st.session_state[asked.refused] = str(problem)
        return None
    return kept


def take_back(asked: Asked) -> None:
    """Take an answer back, and let the control stand at none."""
    try:
        door.skip(asked.event.code, asked.question.id, asked.browser)
    except ExplorerError as problem:
        st.session_state[asked.refused] = str(problem)
        return
    st.session_state[asked.refused] = ""
    st.session_state[asked.sent] = None
    st.session_state.pop(asked.unsure, None)
    st.session_state[asked.control] = "" if asked.question.kind == "comment" else None


def pick(asked: Asked, names: tuple[str, ...], first: int) -> RoomAnswer | None:
    """One of several, counted from ``first``. What was tapped while the server was away is sent when it is back.

    Returns the answer, where this run has sent it.
    """
    own = None if asked.own is None else int(asked.own.value) - first
    places = list(range(len(names)))
    chosen = st.radio(
        "Your answer",
        places,
        own,
        format_func=lambda place: escape(names[place]),
        key=asked.control,
        label_visibility="collapsed",
        width="stretch",
    )
    before, kept = st.session_state.setdefault(asked.sent, own), None
    if chosen is not None and chosen != before:
        st.session_state[asked.sent] = chosen
        kept = send(asked, chosen + first)
    if chosen is not None and chosen != own and st.session_state.get(asked.refused):  # a tap on the same is no change
        again = f"{asked.control}_again"
        st.button("Send it again", key=again, width="stretch", on_click=press, args=(asked, chosen + first))
    return kept


def ask_choice(asked: Asked) -> RoomAnswer | None:
    """A guess or a choice."""
    return pick(asked, asked.question.choices, 0)


def ask_agreement(asked: Asked) -> RoomAnswer | None:
    """How far somebody agrees."""
    return pick(asked, tuple(f"{place} – {said}" for place, said in enumerate(AGREEMENT, 1)), 1)


def ask_number(asked: Asked) -> None:
    """A number, typed or counted up and down; the box writes all of its digits, beside its unit."""
    question = asked.question
    st.number_input(
        escape(words.range_of(question)),
        question.low + 0.0,
        question.high + 0.0,
        None if asked.own is None else float(asked.own.value),
        step=question.step + 0.0,
        format="%.12g",
        key=asked.control,
        placeholder="Type a number",
        icon=":material/percent:" if question.unit == "%" else None,
    )
    st.button("Send", key=f"{asked.control}_send", width="stretch", on_click=send_number, args=(asked,))
    unsure = st.session_state.get(asked.unsure)
    if unsure is not None and unsure == st.session_state.get(asked.control):
        draw_meanings(asked, float(unsure))


def send_number(asked: Asked) -> None:
    """Send what the box stands at, unless it can be read in two ways: then ask first, and keep nothing."""
    value = st.session_state.get(asked.control)
    if value is not None and len(meanings(asked.question, value)) > 1:
        st.session_state[asked.unsure] = value
        return
    send_meant(asked, value)


def meanings(question: Question, value: float) -> tuple[float, ...]:
    """What a number in a box may mean, as it would be kept: of 0.35 also 35%, where the question allows that too."""
    as_share = round(100 * value, 9)
    two = question.unit == "%" and 0 < abs(value) < 1 and question.low <= as_share <= question.high
    return tuple(float(kinds.check(question, one)) for one in ((as_share, value) if two else (value,)))


def draw_meanings(asked: Asked, value: float) -> None:
    """The meanings of a number that can be read in two ways, a button each."""
    st.warning(f"{escape(words.digits(value))} can be read in two ways. Which do you mean? It is not sent yet.")
    for place, meant in enumerate(meanings(asked.question, value)):
        st.button(
            escape(room_words.number(asked.question, meant)),
            key=f"{asked.control}_meant_{place}",
            width="stretch",
            on_click=send_meant,
            args=(asked, meant),
        )


def send_meant(asked: Asked, value: float | None) -> None:
    """Send a number, and let the box stand at what is kept of it."""
    st.session_state.pop(asked.unsure, None)
    kept = send(asked, value)
    if kept is not None:
        st.session_state[asked.control] = float(kept.value)


def ask_price(asked: Asked) -> None:
    """The price that the panel stands at: what moves most is here, the rest on the page that sets it."""
    scenario = asked.view.scenario
    event_own = links.read(links.from_url(asked.event.link)).scenario
    st.write(f"You would send this price: {in_force(scenario)}")
    st.caption(show.whose(asked.view.cohort))
    if scenario.price_alone() != event_own.price_alone():
        st.button("Start from the event’s price", key="from_event", on_click=address.use, args=(event_own,))
    for name in AT_HAND:
        panel.control(name, specs()[name], slider=True)
    menu.link_to("set_the_price", label="Set anything else, and come back")
    if scenario.cohort == OWN_TABLE:
        st.caption(words.OWN_TABLE)
    st.button(
        "Send this price",
        key=f"{asked.control}_send",
        width="stretch",
        on_click=press,
        args=(asked, door.price_answer(scenario, own_table_upload.reference())),
    )


def ask_comment(asked: Asked) -> None:
    """A few words."""
    st.text_area(
        "In your own words, without names",
        "" if asked.own is None else str(asked.own.value),
        key=asked.control,
        max_chars=MOST_COMMENT,
        height=140,
    )
    send_button(asked, "Send")
    st.caption("The room sees it only if the facilitator lets it appear.")


def send_button(asked: Asked, label: str) -> None:
    """Sends what the control stands at when it is pressed."""
    st.button(label, key=f"{asked.control}_send", width="stretch", on_click=send_control, args=(asked,))


def press(asked: Asked, value: object) -> None:
    """Send an answer by a button: it is read back from the store as the page is drawn."""
    send(asked, value)


def send_control(asked: Asked) -> None:
    """Send what the control of a question stands at."""
    send(asked, st.session_state.get(asked.control))


ASK: Mapping[str, Callable[[Asked], RoomAnswer | None]] = {
    "guess": ask_choice,
    "choice": ask_choice,
    "agreement": ask_agreement,
    "number": ask_number,
    "price": ask_price,
    "comment": ask_comment,
}
"""Kind of question -> its control; it returns an answer that was sent as it was drawn."""
