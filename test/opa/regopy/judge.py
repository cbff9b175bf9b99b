"""Judges requests with regopy: the folder of a bundle as argument; a JSON line each in, the decision as a JSON line out.

regopy 1.5.2 leaves the escapes of strings in JSON text as they are written (`count("\\"")` is 2): data and input are both handed
over as text, in which Ambit writes each string in one way, so that equal strings are equal.
"""

import json
import pathlib
import sys

from regopy import Interpreter

folder = pathlib.Path(sys.argv[1])
rego = Interpreter()
rego.add_data_json((folder / "data.json").read_text("utf-8"))
for path in sorted(folder.glob("rego/**/*.rego")):
    rego.add_module(str(path.relative_to(folder)), path.read_text("utf-8"))
bundle = rego.build("data.ambit.decision", [])

for line in sys.stdin:
    rego.set_input_term(line)
    output = rego.query_bundle(bundle)
    expressions = json.loads(str(output)).get("expressions", []) if output.ok() else []
    print(json.dumps(expressions[0] if expressions else {"error": str(output)}), flush=True)
