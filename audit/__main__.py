"""`python -m audit`: ask now. `report`: write docs/audit.md. `sbom`: write sbom.cdx.json."""

import argparse
import sys
from datetime import UTC, datetime

from audit import REPORT, REQUIREMENTS
from audit.asking import ask
from audit.packages import installed
from audit.report import judge, report
from audit.sbom import write_bill
from geo.writing import write_whole


def main() -> int:
    """Run one of the three; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m audit", description=__doc__)
    parser.add_argument("what", nargs="?", default="ask", choices=("ask", "report", "sbom"))
    what = parser.parse_args().what
    if what == "sbom":
        return write_bill()
    packages = installed(REQUIREMENTS)
    answers = ask(packages)
    if what == "report":
        day = datetime.now(UTC).date().isoformat()
        write_whole(REPORT, report(packages, answers, day))
    return judge(answers)


sys.exit(main())
