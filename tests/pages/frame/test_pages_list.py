"""Every page is one file and one record: neither without the other, every record whole, and a new one is enough."""

from importlib import import_module
from pathlib import Path

import pytest

from pages.frame import menu, pages_list
from pages.frame.page_record import HOME, Page
from pages.frame.pages_list import PAGES
from pricing.scenario import links
from pricing.scenario.scenario import GROUPS, specs
from tests.pages.visit import FOLDS, ROOT, check, copied, visit

TOPICS = ROOT / "pages" / "topics"


def test_every_script_has_a_record_and_every_record_a_script() -> None:
    scripts = {path.stem for path in (ROOT / "pages").glob("*.py")} - {"__init__"}
    assert scripts == set(PAGES)
    assert next(iter(PAGES)) == HOME


@pytest.mark.parametrize("name", PAGES)
def test_every_record_has_what_it_needs(name: str) -> None:
    page = PAGES[name]
    assert (page.name, page.path) == (name, "" if name == HOME else name)
    assert all(word.strip() for word in (page.title, page.menu))
    assert page.purpose.endswith(".") or name == HOME
    assert page.group in ("", *GROUPS)
    assert page.group != "main"
    assert all(specs()[parameter].group == "main" for parameter in page.lifted)
    assert not (page.parts and page.stepped), "a link gives a part or a step"
    assert len(page.parts) != 1, "a page of one part is a page without parts"
    assert len({part.key for part in page.parts}) == len({part.title for part in page.parts}) == len(page.parts)
    assert all(links.NAMED.fullmatch(part.key) for part in page.parts)


def test_no_two_pages_have_a_title_a_purpose_or_a_group_in_common() -> None:
    for field in ("title", "purpose", "group"):
        said = [getattr(page, field) for page in PAGES.values() if getattr(page, field)]
        assert len(set(said)) == len(said), field
    with pytest.raises(ValueError, match="one name"):
        pages_list.by_name(PAGES[HOME], PAGES[HOME])


@pytest.mark.parametrize("name", [name for name, page in PAGES.items() if page.parts])
def test_every_topic_provides_the_parts_of_its_record_and_no_others(name: str) -> None:
    (folder,) = TOPICS.glob(f"*/{name}")
    provided = import_module(f"pages.topics.{folder.parent.name}.{name}.parts").PARTS
    assert set(provided) == {part.key for part in PAGES[name].parts}


def test_topics_stand_in_one_folder_for_each_part_of_the_menu() -> None:
    folders: dict[str, set[str]] = {}
    for words in TOPICS.glob("*/*/*.py"):
        folders.setdefault(PAGES[words.parent.name].menu, set()).add(words.parent.parent.name)
    assert set(folders) == set(pages_list.menu())
    assert all(len(names) == 1 for names in folders.values()), folders
    assert len(set.union(*folders.values())) == len(folders), folders
    assert not [path for path in TOPICS.glob("*.py") if path.name != "__init__.py"]


def test_the_records_stand_in_the_order_of_the_menu() -> None:
    assert [page for pages in pages_list.menu().values() for page in pages] == list(PAGES.values())


NEW = Page("sand", "Sand in the works", "Money and risk", "What a test may want to know.")
SCRIPT = """\
import streamlit as st

from pages.frame import frame

view = frame.view()
st.title("Sand in the works")
st.write(f"An extra £1 pays back £{view.evaluation.payback:.2f}.")
"""


@pytest.fixture
def new_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Page:
    """A page more: one file and one record."""
    for script in (ROOT / "pages").glob("*.py"):
        (tmp_path / script.name).symlink_to(script)
    (tmp_path / "sand.py").write_text(SCRIPT, encoding="utf-8")
    monkeypatch.setattr(menu, "FOLDER", tmp_path)
    monkeypatch.setitem(PAGES, NEW.name, NEW)
    return NEW


def test_one_file_and_one_record_make_a_page(new_page: Page) -> None:
    """It opens by its address with the scenario, is in the menu, on the first page, and in the link to copy."""
    at = visit(new_page.name, need_premium="0.3")
    check(at, new_page.title)
    assert at.slider("need_premium").value == 0.3
    assert "need_premium=0.3" in copied(at)
    assert not at.main.warning
    assert [link.proto.label for link in at.main.get("page_link")][-1] == new_page.title
    first = visit(HOME, unfolded=FOLDS)
    assert not first.exception
    cards = [link.proto.label for link in first.main.get("page_link") if link.proto.icon]
    assert new_page.title in cards
    assert new_page.purpose in [caption.value for caption in first.main.caption]
