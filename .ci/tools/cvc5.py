#!/usr/bin/env python3
"""A solver on standard input and output: SMT-LIB through the cvc5 library, for tools that expect the cvc5 binary."""

import sys

from cvc5 import InputLanguage, InputParser, Solver, SymbolManager, TermManager

QUOTES = {'"': '"', "|": "|", ";": "\n"}


def commands(lines):
    """Balanced commands, one at a time, as soon as they are complete."""
    text, depth, closing = [], 0, None
    for line in lines:
        for character in line:
            text.append(character)
            if closing is not None:
                closing = None if character == closing else closing
            elif character in QUOTES:
                closing = QUOTES[character]
            elif character in "()":
                depth += 1 if character == "(" else -1
                if depth == 0 and character == ")":
                    yield "".join(text)
                    text = []


def fresh():
    terms = TermManager()
    solver = Solver(terms)
    return solver, InputParser(solver, SymbolManager(terms))


def quoted(error):
    return '(error "' + str(error).replace('"', '""') + '")\n'


solver, parser = fresh()
for text in commands(sys.stdin):
    if text.strip() == "(reset)":
        solver, parser = fresh()
        continue
    try:
        parser.setStringInput(InputLanguage.SMT_LIB_2_6, text, "stdin")
        command = parser.nextCommand()
        answer = command.invoke(solver, parser.getSymbolManager())
    except RuntimeError as error:
        answer = quoted(error)
    sys.stdout.write(answer)
    sys.stdout.flush()
