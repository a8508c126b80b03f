"""The application that `streamlit run app.py` serves: the page, the API and the map's files."""

import logging
import sys
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from streamlit.file_util import get_static_dir

import geo.page.main  # noqa: F401 - loads its many libraries before the first request
from geo.core.i18n import language_of, text
from geo.editions.store import limit_heap, store
from geo.web.routes import routes, setting_faults
from geo.web.same_machine import SameMachineMark
from geo.web.security import SecurityHeaders, reject_other_sites
from geo.web.streamlit_pages import ComponentRewrite


def say_calmly(error: Exception) -> bool:
    """Log an unexpected error, and show a short message on the page instead of a traceback."""
    logging.getLogger(__name__).error("the page failed", exc_info=error)
    st.error(text(language_of(st.context.locale), "error-unexpected"))
    return True


if faults := setting_faults():
    sys.exit("\n".join(map(str, faults)))
limit_heap()
# Load the data before the first request, because checking thousands of projects takes a while.
store.read()

named = st.get_option("server.baseUrlPath").strip("/")
base_path = f"/{named}" if named else ""
front_end = Path(get_static_dir())
local = f"http://{st.get_option('browser.serverAddress')}:{st.get_option('server.port')}"
security = SecurityHeaders(base_path, front_end / "index.html")
app = st.App(
    Path(__file__).parent / "geo" / "page" / "rerun.py",
    routes=routes(base_path, front_end, local),
    middleware=[
        Middleware(security.around),
        Middleware(reject_other_sites),
        Middleware(SameMachineMark),
        Middleware(ComponentRewrite, base_path=base_path),
    ],
    exception_handlers={Exception: security.failed},
    on_script_error=say_calmly,
)
