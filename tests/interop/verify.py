"""Verifies one webhook with the official PyPI library `standardwebhooks`.

Input: {"secret", "body", "headers"} on stdin. Prints the verified `type`; fails otherwise.
"""

import json
import sys

from standardwebhooks.webhooks import Webhook

request = json.load(sys.stdin)
print(Webhook(request["secret"]).verify(request["body"], request["headers"])["type"])
