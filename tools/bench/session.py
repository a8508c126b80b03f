"""A session without a browser, with the same messages as Streamlit's own page.

The page sends a `BackMsg` with the query of the URL and the state of every widget. The server answers with
`ForwardMsg`s: a delta for each element, the new query, and finally that the script has ended. Both are
defined in `streamlit.proto`. A widget is recognised by the key at the end of its id, and its options by
their labels.
"""

import asyncio
import json
import re
import time
from dataclasses import dataclass, field
from typing import Any, Final

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

from geo.core.i18n import text
from geo.layer.dataset import Dataset
from geo.layer.filters import FACETS, ProjectFilter

LANGUAGE: Final = "zh"
COUNT: Final = re.compile(r'class="pm-count"[^>]*>\D*([\d,]+) / ([\d,]+)')


@dataclass(eq=False)
class Session:
    """A session of the app; `errors` lists what went wrong, `reruns_ms` how long each rerun took."""

    dataset: Dataset
    query: str = ""
    filter: ProjectFilter = field(default_factory=ProjectFilter)
    reruns_ms: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    received: int = 0
    _socket: ClientConnection | None = None
    _facets: dict[str, Any] = field(default_factory=dict)
    _map: str = ""
    _clicks: int = 0
    _project: str | None = None
    _count: tuple[int, int] | None = None

    async def arrive(self, address: str) -> None:
        """Open the session and load the page."""
        url = address.replace("http", "ws", 1) + "/_stcore/stream"
        self._socket = await connect(
            url, subprotocols=["streamlit"], max_size=None, open_timeout=60
        )
        await self._rerun(self.query)

    async def choose(self, facet: str, codes: tuple[str, ...]) -> None:
        """Choose exactly these values of a facet; check the number of projects that the page shows."""
        self.filter = self.filter.with_codes(facet, codes)
        await self._rerun(self.query, facet)

    async def click(self, project: str) -> None:
        """Select a project on the map."""
        self._project = project
        self._clicks += 1
        await self._rerun(self.query)
        if f"project={project}" not in self.query:
            self.errors.append(f"{project} was not selected: {self.query}")

    async def is_lost_within(self, seconds: float) -> bool:
        """Wait so long, or until the connection is lost; return whether it was."""
        try:
            await asyncio.wait_for(self._socket.wait_closed(), seconds)
        except TimeoutError:
            return False
        return True

    def clear(self) -> None:
        """Reset times and bytes; errors are kept."""
        self.reruns_ms.clear()
        self.received = 0

    async def leave(self) -> None:
        """Close the session."""
        if self._socket:
            await self._socket.close()

    async def _rerun(self, query: str, facet: str = "") -> None:
        """Send what a page sends, read until the script has ended, and check the number of projects."""
        message = BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.context_info.locale = "zh-CN"
        message.rerun_script.context_info.timezone = "Asia/Shanghai"
        message.rerun_script.widget_states.widgets.extend(self._states(facet))
        begun = time.perf_counter()
        await self._socket.send(message.SerializeToString())
        while not self._take(await self._socket.recv()):
            pass
        self.reruns_ms.append((time.perf_counter() - begun) * 1000)
        left = (int(self.filter.mask(self.dataset.frame).sum()), len(self.dataset.projects))
        if self._count != left:
            self.errors.append(f"the page counts {self._count}, not {left}, for {self.filter}")

    def _states(self, changed: str) -> list[WidgetState]:
        states = []
        for facet, element in self._facets.items():
            state = WidgetState(id=element.id)
            values = list(element.raw_values)
            if facet == changed:
                wanted = {text(LANGUAGE, f"{facet}-{code}") for code in self.filter.codes(facet)}
                values = [one for one in element.options if one.split(" · ")[0] in wanted]
            state.string_array_value.data.extend(values)
            states.append(state)
        if self._map and self._clicks:
            picked = {"project": self._project, "click": self._clicks}
            value = json.dumps({"last_active_drawing": picked})
            states.append(WidgetState(id=self._map, json_value=value))
        return states

    def _take(self, payload: str | bytes) -> bool:
        """Handle a message; return whether it is the last one of a rerun."""
        self.received += len(payload)
        message = ForwardMsg.FromString(payload)
        kind = message.WhichOneof("type")
        if kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "script_finished":
            if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                self.errors.append("the script did not compile")
            # A script that was stopped early runs again at once.
            return message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._draw(message.delta.new_element)
        return False

    def _draw(self, element: Any) -> None:
        kind = element.WhichOneof("type")
        if kind == "multiselect":
            key = element.multiselect.id.rpartition("-")[2]
            if key in FACETS:
                self._facets[key] = element.multiselect
        elif kind == "component_instance":
            self._map = element.component_instance.id
        elif kind == "html" and (found := COUNT.search(element.html.body)):
            self._count = (int(found[1].replace(",", "")), int(found[2].replace(",", "")))
        elif (
            kind == "html"
            and 'class="pm-note"' in element.html.body
            # A filter that leaves no project is no error.
            and text(LANGUAGE, "nothing-shown") not in element.html.body
        ):
            self.errors.append(f"the page says of its link: {element.html.body[:200]}")
        elif kind == "exception" or (kind == "alert" and element.alert.format != Alert.INFO):
            self.errors.append(f"the page shows an {kind}: {str(element)[:200]}")
