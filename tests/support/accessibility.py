"""What axe finds against WCAG 2.2 AA."""

import json

from axe_playwright_python.base import AXE_SCRIPT

OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    # What passes is not reported, and frames are asked one by one.
    "resultTypes": ["violations"],
    "iframes": False,
}


def broken_rules(*parts):
    """Return what axe finds in pages or frames, as (rule, where)."""
    found = []
    for part in parts:
        if not part.evaluate("() => Boolean(window.axe)"):
            part.evaluate(AXE_SCRIPT)
        said = part.evaluate(f"() => axe.run(document, {json.dumps(OPTIONS)})")
        found += said["violations"]
    return [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in found]
