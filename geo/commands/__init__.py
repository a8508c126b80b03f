"""The commands that have a module of their own: each adds itself to the parser and runs.

`add_to(commands)` adds the command and sets `run`; `run(options, home)` returns the exit status.
"""

from typing import Final

from geo.commands import check, datapackage, diff, export, html, init, print_sheet, publish

COMMANDS: Final = (check, datapackage, diff, export, html, init, print_sheet, publish)
