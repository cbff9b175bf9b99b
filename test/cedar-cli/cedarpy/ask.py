"""Asks cedarpy: the folder of policies and schemas as argument; a JSON line each in, the answer as a JSON line out.

cedarpy numbers policies in the order in which they stand, whatever their @id: the ids are read from the text, in that order.
"""

import json
import pathlib
import re
import sys

import cedarpy

folder = pathlib.Path(sys.argv[1])
sets = {}


def load(index):
    text = (folder / f"{index}.cedar").read_text("utf-8")
    ids = [json.loads(each) for each in re.findall(r'^@id\((".*")\)$', text, re.MULTILINE)]
    schema = cedarpy.Schema.from_str((folder / f"{index}.cedarschema").read_text("utf-8"))
    return cedarpy.PolicySet.from_str(text), schema, ids


for line in sys.stdin:
    question = json.loads(line)
    index = question["index"]
    if index not in sets:
        sets[index] = load(index)
    policies, schema, ids = sets[index]
    answer = cedarpy.is_authorized(json.loads(question["request"]), policies, [], schema)
    reasons = [ids[int(each.removeprefix("policy"))] for each in answer.diagnostics.reasons]
    output = {"decision": answer.decision.value, "reasons": reasons, "errors": [str(e) for e in answer.diagnostics.errors]}
    print(json.dumps(output), flush=True)
