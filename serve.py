"""The explorer as a server: app.py behind the quotas of ``pages/kit/cost``, and a room's phones' question for news.

``make run`` starts it.
"""

import streamlit as st
from starlette.middleware import Middleware

from pages.kit.consultation import news
from pages.kit.cost.quotas import Quotas

app = st.App("app.py", routes=[news.ROUTE], middleware=[Middleware(Quotas)])
