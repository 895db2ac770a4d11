"""What a consultation event keeps, why, how long, and who can read it: for a data protection officer. No streamlit."""

from collections.abc import Mapping

ABOUT = (
    "For a data protection officer who has to judge a consultation event held with this explorer. It describes what "
    "the software does. Whoever runs this copy of it decides why and for whom it is used, and is answerable for it; "
    "this page is no legal advice and takes the place of no notice of theirs."
)
ROWS = (
    (
        "The event: title, questions, price, dates",
        "To ask the questions and to show what they were about",
        "Everybody with the code of the event",
    ),
    (
        "Each answer: the choice, the number, the price as a link, or the comment",
        "To count answers and to report what the room said",
        "Its author, in the same browser. The room, once revealed: choices as counts, each number as a dot, each price "
        "as a link, without seat or time; a comment once the facilitator lets it appear. The facilitator, at any time, "
        "one by one in the export",
    ),
    (
        "The seat, if it is given",
        "To tell results by seat",
        "Nobody beside its author, for seats with fewer than 5 answers",
    ),
    (
        "The minute of an answer, and the version of the model",
        "To reproduce the figures that its author saw",
        "The facilitator, in the export",
    ),
    (
        "A fingerprint of a random number that the browser keeps, different for each event",
        "To let somebody change an answer, and to count nobody twice",
        "Nobody: it leaves in no export",
    ),
    (
        "A fingerprint of the facilitator’s link",
        "To know who may lead the event",
        "Nobody: the link itself is not stored",
    ),
)
COLUMNS = ("What is kept", "Why", "Who can read it")
PARTS: Mapping[str, tuple[str, ...]] = {
    "What is not kept": (
        "No name, no e-mail address, no account, no address of a device, no kind of device, no place.",
        "Nothing of a cookie. The explorer sets one, “_streamlit_xsrf”: a random number against forged uploads, which "
        "has nothing to do with answers. The network that carries it may set another, to keep a reader with one "
        "process.",
        "No table that a reader uploads. A price that was set on one is kept as its settings and the fingerprint of "
        "the table.",
        "No guess at the story and no change of a price, unless a reader came through the link of an event and the "
        "facilitator is asking that very question.",
        "Nothing of an answer is written to a log or stands in an error message.",
    ),
    "Whether it is personal data": (
        "Answers are stored without names, but a comment may name somebody, a rare seat may point to one person, and "
        "the database shows whoever can read it which answers came from one browser. Treat an event as personal data.",
        "Comments are free text. The page asks for none with names; the facilitator reads each before the room does, "
        "and can leave it hidden. A hidden comment is still in the files for spreadsheets and programs.",
        "Answers may touch on offences where a person speaks of their own experience of the system. Say in the room "
        "that this is not asked for.",
    ),
    "What is held back from small groups": (
        "Results by seat are shown only once a question is revealed or the event closed, only for seats with 5 answers "
        "or more, and never so that subtracting gives a smaller one back. Exports keep to the same rule.",
        "A file that was downloaded is the facilitator's to keep and to delete. The server forgets its own copy of it "
        "some minutes after the visit; until then it stands at an address that is worked out from the file, which "
        "nobody without the file can do.",
        "Files are sorted by random ids: no order says who answered first. Times are cut to the minute.",
    ),
    "Where it is, and how it is guarded": (
        "In one database of whoever runs this copy: a file in the data folder of the account that runs it, readable by "
        "that account alone, or a PostgreSQL server that they name. Nothing is sent to anybody else.",
        "Whoever has the code of the event can answer and see what was revealed. Whoever has the facilitator’s link "
        "can see every answer, export and delete. The link holds 128 random bits; it travels behind the # of the "
        "address, which a browser sends to no server with a request, and is kept by the tab that opened it.",
        "Over plain http, as in a local network, whoever can listen in on that network can read what passes. Use https "
        "wherever the network is not your own.",
        "Whoever administers the machine can read the database.",
    ),
    "How long, and how to have it deleted": (
        "The facilitator sets a date 30 to 365 days ahead, 90 days unless they say otherwise. On that day the event "
        "goes with all its answers. The facilitator can delete it before.",
        "Whoever answered can take each answer back while its question is open, in the same browser. Afterwards nobody "
        "can tell which answer was theirs, so it cannot be found again for them.",
        "Copies that were exported, and backups of the machine, are not deleted by this. They have to be looked after "
        "by whoever made them. Bringing a file up to date copies it first; the copy is deleted once "
        "all is well.",
        "Deleting the site’s data in a browser deletes its random number.",
    ),
}
ASK = (
    "What only whoever runs this copy can add: who the controller is and how to reach them, the lawful basis, whether "
    "somebody processes data for them, and whom to complain to."
)
