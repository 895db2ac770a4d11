"""The explorer as a server: app.py behind headers, quotas, an answer to addresses that are none, and news of rooms.

``make run`` starts it.
"""

import sys

import streamlit as st
from starlette.middleware import Middleware

from pages.frame.safe_headers import SafeHeaders
from pages.frame.unknown_address import UnknownAddress
from pages.kit.consultation import news
from pages.kit.cost.quotas import Quotas

app = st.App(
    "app.py",
    routes=[news.ROUTE],
    middleware=[Middleware(SafeHeaders), Middleware(Quotas), Middleware(UnknownAddress)],
)

# Seconds for which one reader's work may hold the interpreter while others wait for it; Python's own are ten times as
# many, and an answer asks for it some hundred times.
sys.setswitchinterval(0.0005)
