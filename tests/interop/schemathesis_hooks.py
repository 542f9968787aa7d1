"""What `schemathesis` can't make up by itself: rosters, components of rules, and requests without a condition."""

import itertools

import schemathesis
from hypothesis import strategies as st

HEADER = "agent,name,team,from\n"
ROWS = [
    "ana,Ana,vilnius-uzupis,2026-03-01",
    "E1,Ieva,vilnius-uzupis,2026-03-01",
    "E1,,nowhere,yesterday",
    '"E,2","Ona ""O""",vilnius-uzupis,2026-13-41',
    ",,,",
    "\x00,é,,",
]
# Of so many requests that may have a condition, one keeps it: no tag that is made up fits, and behind it nothing happens.
KEPT = 4

schemathesis.openapi.media_type("application/wasm", st.binary(max_size=64))


@schemathesis.hook
def map_body(context, body):
    """Text for the roster becomes rows of one, a row for each of its letters."""
    if context.operation.path != "/v1/roster" or not isinstance(body, str) or body.startswith(HEADER):
        return body
    return HEADER + "\n".join(ROWS[ord(letter) % len(ROWS)] for letter in body[:3])


turns = itertools.count()


@schemathesis.hook
def before_call(_context, case, _kwargs):
    """Lets most requests be without a condition."""
    has_condition = case.headers and any(name.lower().startswith("if-") for name in case.headers)
    if has_condition and next(turns) % KEPT:
        for name in [name for name in case.headers if name.lower().startswith("if-")]:
            del case.headers[name]
