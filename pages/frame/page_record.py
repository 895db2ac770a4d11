"""What is declared of a page and of its parts: one record each, of which ``pages_list`` holds them all."""

from dataclasses import dataclass

HOME = "start_here"
"""Name of the first page."""


@dataclass(frozen=True)
class Part:
    """A part of a page, behind a tab: its key in links, which never changes, and the title on its tab."""

    key: str
    title: str


@dataclass(frozen=True)
class Page:
    """A page: its file, its place in the menu, and what it asks of the frame.

    Attributes
    ----------
    name : str
        Name of its file, without the ending; also its address.
    title : str
        Its name in the menu, and its own title but where it has a ``heading``.
    menu : str
        Part of the menu that it stands in.
    purpose : str
        What it is for, in a sentence on its card on the first page; empty for the first page itself.
    group : str
        Group of parameters that it draws itself (``panel.draw_own``), so that no panel has them; empty if none.
    lifted : tuple of str
        Parameters of the panel that it draws itself (``panel.draw_lifted``); where there are any, it opens with the
        panel shut, and if it has a panel at all, without the menu.
    parts : tuple of Part
        Its parts, in the order of their tabs; a link names one of them (``part=cash``).
    stepped : bool
        Whether it is gone through step by step; a link gives the number of one (``step=3``).
    panel : bool
        Whether it has the panel; a page that nothing in the panel would move, but for what is lifted, goes without.
    alone : bool
        Whether it stands without the menu: a page for one thumb on a small phone, which leads on by links of its own.
    pictures : bool
        Whether it draws pictures as it opens, before a reader has pinned, guessed or chosen anything.
    brings : bool
        Whether a reader brings people there: it opens whether or not people of their own are here.
    heading : str
        Its title, where that is not its name in the menu.
    """

    name: str
    title: str
    menu: str
    purpose: str
    group: str = ""
    lifted: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    stepped: bool = False
    panel: bool = True
    alone: bool = False
    pictures: bool = True
    brings: bool = False
    heading: str = ""

    @property
    def own_title(self) -> str:
        """The title that stands on it."""
        return self.heading or self.title

    @property
    def path(self) -> str:
        """Its address, beside that of the first page."""
        return "" if self.name == HOME else self.name
