"""Look up known vulnerabilities; `report` writes docs/audit.md, `sbom` writes deploy/sbom.cdx.json."""

import argparse
import sys
from datetime import UTC, datetime

from geo.core.files import write_atomically
from tools.audit import REPORT, REQUIREMENTS
from tools.audit.packages import installed
from tools.audit.report import judge, report
from tools.audit.sbom import write_bill
from tools.audit.vulnerabilities import ask


def main() -> int:
    """Run one of the three commands; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.audit", description=__doc__)
    parser.add_argument("what", nargs="?", default="ask", choices=("ask", "report", "sbom"))
    what = parser.parse_args().what
    if what == "sbom":
        return write_bill()
    packages = installed(REQUIREMENTS)
    answers = ask(packages)
    if what == "report":
        day = datetime.now(UTC).date().isoformat()
        write_atomically(REPORT, report(packages, answers, day))
    return judge(answers)


sys.exit(main())
