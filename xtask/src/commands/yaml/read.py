"""Reads files of YAML as YAML 1.1 and prints {path: [document, ...]} as JSON.

What JSON cannot hold, such as a date that was meant to be text, is an error.
"""

import json
import sys

import yaml

found = {}
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        found[path] = list(yaml.safe_load_all(file))
json.dump(found, sys.stdout, allow_nan=False)
