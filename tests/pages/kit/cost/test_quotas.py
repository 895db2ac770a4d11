"""Pages and files past the limits of a process are refused in a sentence, and what is within them never."""

import asyncio
from collections import deque
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import uploads
from benchmarks.readers import Reader
from pages.kit.cost import limits, quotas
from pages.kit.cost.quotas import REFUSALS, Pace, Quotas, Uploads
from tests.awaited import awaited
from tests.conftest import ROOT, Server
from tests.examples import examples

MB = 10**6


class Held:
    """Streamlit's store of files: what it holds, by visit."""

    def __init__(self) -> None:
        self.files: dict[str, set[str]] = {}

    def get_files(self, visit: str, names: list[str]) -> list[SimpleNamespace]:
        return [SimpleNamespace(file_id=name) for name in names if name in self.files.get(visit, ())]


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Held:
    found = Held()
    monkeypatch.setattr(quotas.runtime, "get_instance", lambda: SimpleNamespace(uploaded_file_mgr=found))
    return found


def scope(path: str, kind: str = "http", method: str = "GET", **headers: str) -> dict[str, Any]:
    told = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"type": kind, "path": path, "method": method, "headers": told}


class Asked:
    """The application behind the quotas, which answers when it is let."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.go_on = asyncio.Event()

    async def __call__(self, asked: Any, receive: Any, send: Any) -> None:
        self.seen.append(asked["path"])
        await self.go_on.wait()
        if asked["type"] == "http":
            await send({"type": "http.response.start", "status": 204, "headers": []})
            await send({"type": "http.response.body", "body": b""})


async def ask(layer: Quotas, asked: dict[str, Any]) -> tuple[int, str]:
    """How a request is answered: status, or code of a closed socket, and words."""
    sent: deque[dict[str, Any]] = deque()

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    await layer(asked, receive, send)
    if not sent:
        return 0, ""
    first = sent[0]
    words = b"".join(one.get("body", b"") for one in sent).decode() or first.get("reason", "")
    return first.get("status") or first["code"], words


def test_a_page_too_many_is_refused_in_a_sentence_and_what_is_open_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_PAGES", 3)

    async def room() -> None:
        app = Asked()
        layer = Quotas(app)
        pages = [asyncio.create_task(ask(layer, scope("/_stcore/stream", "websocket"))) for _ in range(3)]
        await asyncio.sleep(0)
        assert layer.open_pages == 3
        code, words = await ask(layer, scope("/_stcore/stream", "websocket"))
        assert (code, words) == (1013, quotas.FULL)
        status, words = await ask(layer, scope("/glossary", accept="text/html,*/*"))
        assert status == 503
        assert "Please try again" in words
        app.go_on.set()
        assert (await ask(layer, scope("/static/main.js", accept="*/*")))[0] == 204, "those who are in get their files"
        assert (await ask(layer, scope("/_stcore/health", accept="*/*")))[0] == 204
        await asyncio.gather(*pages)
        assert layer.open_pages == 0
        assert (await ask(layer, scope("/glossary", accept="text/html")))[0] == 204

    awaited(room())


def test_few_descriptors_open_fewer_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    for allowed, pages in ((1024, 231), (512, 103), (8192, limits.MOST_PAGES), (-1, limits.MOST_PAGES)):
        monkeypatch.setattr(limits.resource, "getrlimit", lambda _, allowed=allowed: (allowed, allowed))
        assert limits.pages() == pages
        assert allowed < 0 or pages * limits.DESCRIPTORS < allowed


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 11), st.integers(0, 70)), max_size=40))
@examples(60)
def test_no_visit_and_no_process_holds_more_than_its_quota(asked: list[tuple[str, int, int]]) -> None:
    """Against a plain count; files that come again take their own place."""
    store = Held()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quotas.runtime, "get_instance", lambda: SimpleNamespace(uploaded_file_mgr=store))
        patch.setattr(limits, "MOST_BYTES_IN_ALL", 100 * MB)
        uploads, plain = Uploads(), {"a": dict[str, int](), "b": dict[str, int]()}
        for visit, name, megabytes in asked:
            size = megabytes * MB
            others = {one: held for one, held in plain[visit].items() if one != str(name)}
            fits = len(others) < limits.MOST_FILES and sum(others.values()) + size <= limits.MOST_BYTES
            in_all = sum(sum(files.values()) for files in plain.values())
            refused = uploads.refused(visit, str(name), size)
            if refused is None:
                assert fits
                uploads.come.setdefault(visit, {})[str(name)] = size
                plain[visit][str(name)] = size
                store.files.setdefault(visit, set()).add(str(name))
            else:
                assert refused == (503 if fits else 413)
                assert not fits or in_all + size > limits.MOST_BYTES_IN_ALL
        assert all(sum(files.values()) <= limits.MOST_BYTES for files in plain.values())


def test_what_streamlit_has_let_go_counts_no_more(held: Held) -> None:
    uploads = Uploads()
    for number in range(limits.MOST_FILES):
        uploads.come.setdefault("a", {})[str(number)] = 1
    held.files["a"] = {str(number) for number in range(limits.MOST_FILES)}
    assert uploads.refused("a", "one more", 1) == 413
    held.files["a"].discard("3")
    assert uploads.refused("a", "one more", 1) is None
    held.files.clear()
    assert uploads.refused("a", "one more", limits.MOST_BYTES) is None
    assert not uploads.come


def test_what_is_on_its_way_counts_and_an_upload_without_a_length_is_not_taken(held: Held) -> None:
    async def sends() -> None:
        app = Asked()
        layer = Quotas(app)

        async def put(name: str, **headers: str) -> tuple[int, str]:
            return await ask(layer, scope(f"/_stcore/upload_file/a/{name}", method="PUT", **headers))

        for wrong in ({}, {"content_length": "-1"}, {"content_length": "x"}, {"content_length": "9" * 13}):
            assert await put("one", **wrong) == (411, REFUSALS[411])
        large = str(limits.MOST_BYTES * 2 // 3)
        first = asyncio.create_task(put("one", content_length=large))
        await asyncio.sleep(0)
        assert await put("two", content_length=large) == (413, REFUSALS[413])
        assert app.seen == ["/_stcore/upload_file/a/one"], "what is refused never comes to Streamlit"
        app.go_on.set()
        assert (await first)[0] == 204
        assert not layer.uploads.arriving

    awaited(sends())


def test_one_visit_cannot_fill_the_memory_by_invented_files(app_server: Server) -> None:
    """Case S7: one visit put 30 files of 19.5 MB under invented names."""
    data = b"x" * 25_000_000

    async def visit() -> list[int]:
        reader = await Reader.open(app_server.url, "glossary")
        found = [await asyncio.to_thread(uploads.put, app_server.url, reader, f"invented-{k}", data) for k in range(4)]
        await reader.close()
        return found

    statuses = awaited(visit())
    assert statuses == [204, 204, 413, 413]


def test_files_come_in_no_faster_than_at_their_pace_however_many_send(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, waited = [0.0], [0.0]

    async def sleep(seconds: float) -> None:
        waited[0] += seconds
        clock[0] += seconds

    monkeypatch.setattr(quotas, "monotonic", lambda: clock[0])
    monkeypatch.setattr(quotas, "asyncio", SimpleNamespace(sleep=sleep))
    pace = Pace(1000.0)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"x" * 100, "more_body": True}

    async def all_come() -> None:
        senders = [pace.of(receive) for _ in range(5)]
        for _ in range(4):
            for one in senders:
                assert len((await one())["body"]) == 100
        assert clock[0] == pytest.approx((5 * 4 - 1) * 100 / 1000), "the last waits for all others"
        clock[0] = 1000.0  # what was not used long ago lets nobody send faster now
        for one in senders[:2]:
            await one()
        assert waited[0] == pytest.approx(20 * 100 / 1000)

    awaited(all_come())


def test_pages_begin_to_open_at_their_pace_and_one_alone_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr(quotas, "monotonic", lambda: 0.0)
    monkeypatch.setattr(quotas, "asyncio", SimpleNamespace(sleep=sleep))

    async def come() -> None:
        app = Asked()
        app.go_on.set()
        layer = Quotas(app)
        for _ in range(41):
            await ask(layer, scope("/_stcore/stream", "websocket"))
        assert len(app.seen) == 41

    awaited(come())
    assert waits[0] == 0.0
    assert waits[-1] == pytest.approx(40 / limits.VISITS_A_SECOND)


@pytest.mark.parametrize("name", ["deploy/README.md", "deploy/sign-off.md", "SECURITY.md"])
def test_whoever_must_agree_reads_the_limits_that_hold(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for limit in (
        f"{limits.MOST_PAGES} open pages",
        f"{limits.MOST_FILES} files",
        f"{limits.MOST_BYTES // MB} MB",
        f"{limits.MOST_BYTES_IN_ALL // MB} MB",
    ):
        assert limit in text, f"{name} does not say “{limit}”"
