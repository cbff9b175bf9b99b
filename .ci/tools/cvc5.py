"""A solver on standard input and output: SMT-LIB through the cvc5 library, for tools that expect the cvc5 binary."""

import sys

from cvc5 import InputLanguage, InputParser, Solver, SymbolManager, TermManager

CLOSING = {'"': '"', "|": "|", ";": "\n"}

# In the library the limit for one query is the one that is kept.
NAMES = {"tlimit": "tlimit-per"}
OPTIONS = [argument[2:].split("=", 1) for argument in sys.argv[1:] if argument.startswith("--") and "=" in argument]


def commands(lines):
    """Balanced commands, one at a time, as soon as they are complete."""
    text, depth, closing = [], 0, None
    for line in lines:
        for character in line:
            text.append(character)
            if closing is not None:
                closing = None if character == closing else closing
            elif character in CLOSING:
                closing = CLOSING[character]
            elif character in "()":
                depth += 1 if character == "(" else -1
                if depth == 0:
                    yield "".join(text)
                    text = []


def fresh():
    terms = TermManager()
    solver = Solver(terms)
    for name, value in OPTIONS:
        solver.setOption(NAMES.get(name, name), value)
    return solver, InputParser(solver, SymbolManager(terms))


def answer(text):
    try:
        parser.setStringInput(InputLanguage.SMT_LIB_2_6, text, "stdin")
        return parser.nextCommand().invoke(solver, parser.getSymbolManager())
    except RuntimeError as error:
        return '(error "' + str(error).replace('"', '""') + '")\n'


solver, parser = fresh()
for command in commands(sys.stdin):
    if command.strip() == "(reset)":
        solver, parser = fresh()
        continue
    sys.stdout.write(answer(command))
    sys.stdout.flush()
