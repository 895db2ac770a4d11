"""A callback is not called for a widget that has gone."""

from streamlit.testing.v1 import AppTest


def _page() -> None:
    import streamlit as st

    from pages.kit.callbacks import if_there

    def take(key: str) -> None:
        st.session_state["taken"] = st.session_state[key]

    for key in ("there", "gone"):
        st.button(key, on_click=if_there(key, take), args=(key,))


def test_it_is_called_where_its_key_can_be_read_and_not_where_it_cannot() -> None:
    at = AppTest.from_function(_page)
    at.session_state["there"] = "what stands there"
    at.run()
    at.button[1].click().run()
    assert not at.exception
    assert "taken" not in at.session_state
    at.button[0].click().run()
    assert at.session_state["taken"] == "what stands there"
