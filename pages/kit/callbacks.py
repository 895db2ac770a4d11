"""What is done with an answer of a widget that may be gone."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import streamlit as st

Arguments = ParamSpec("Arguments")


def if_there(key: str, take: Callable[Arguments, object]) -> Callable[Arguments, None]:
    """``take`` as the callback of the widget with this key: not called where nothing stands at the key any more.

    What a browser sends just before it has drawn another page holds widgets that the server has taken away since.
    Streamlit calls their callbacks, and no longer knows their keys: reading one would end in a traceback.
    """

    @wraps(take)
    def taken(*args: Arguments.args, **kwargs: Arguments.kwargs) -> None:
        if key in st.session_state:
            take(*args, **kwargs)

    return taken
