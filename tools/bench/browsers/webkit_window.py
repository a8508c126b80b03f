"""A window of WebKitGTK with nothing in it but a page: run by WebKitWebDriver, with Debian's Python.

WebKit's own test browser has a row of buttons wider than a phone, and when it is driven it writes no messages
of the console. Arguments: the file for these messages, and the width and height of the page.
"""

import os
import sys
from pathlib import Path

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gtk, WebKit2  # noqa: E402 - the versions come first


def main() -> None:
    """Open the window when the driver asks for it, and stay until the driver ends it."""
    log, width, height = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    output = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    for stream in (1, 2):
        os.dup2(output, stream)
    # Nothing is written about a page in an ephemeral context, which is the driver's usual one.
    stored = {
        name: str(log.with_name(name)) for name in ("base_data_directory", "base_cache_directory")
    }
    context = WebKit2.WebContext(website_data_manager=WebKit2.WebsiteDataManager(**stored))
    context.set_automation_allowed(True)
    context.set_preferred_languages(["zh-CN"])

    def new_view(_session: WebKit2.AutomationSession) -> WebKit2.WebView:
        view = WebKit2.WebView(
            web_context=context,
            settings=WebKit2.Settings(enable_write_console_messages_to_stdout=True),
            is_controlled_by_automation=True,
        )
        window = Gtk.Window(default_width=width, default_height=height)
        view.connect("close", Gtk.main_quit)
        window.add(view)
        window.show_all()
        return view

    def started(_context: WebKit2.WebContext, session: WebKit2.AutomationSession) -> None:
        about = WebKit2.ApplicationInfo()
        about.set_name("WebKitGTK")
        about.set_version(
            WebKit2.get_major_version(), WebKit2.get_minor_version(), WebKit2.get_micro_version()
        )
        session.set_application_info(about)
        session.connect("create-web-view", new_view)

    context.connect("automation-started", started)
    Gtk.main()


if __name__ == "__main__":
    main()
