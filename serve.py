"""The explorer as a server: app.py behind the quotas of ``pages/kit/cost``. ``make run`` starts it."""

import streamlit as st
from starlette.middleware import Middleware

from pages.kit.cost.quotas import Quotas

app = st.App("app.py", middleware=[Middleware(Quotas)])
