"""SMT-LIB through the cvc5 library, for tools that start a solver for each question: `cvc5.py SOCKET` answers them all.

Loading the library takes longer than most questions. It is loaded once; each client, which hands over its arguments and its own
standard streams (cvc5.c), is answered in a process of its own.
"""

import os
import re
import signal
import socket
import sys

from cvc5 import InputLanguage, InputParser, Solver, SymbolManager, TermManager

TOKENS = re.compile(r'"[^"]*"|\|[^|]*\||;[^\n]*\n|[()]')

# In the library the limit for one query is the one that is kept.
NAMES = {"tlimit": "tlimit-per"}

# They print nothing, so that they wait for the next command that does.
SILENT = ("(set-", "(declare-", "(define-", "(assert")


def commands(lines):
    """Balanced commands, one at a time, as soon as they are complete; comments between them are left out."""
    text, depth = "", 0
    for line in lines:
        at = len(text)
        text += line
        while token := TOKENS.search(text, at):
            at = token.end()
            depth += {"(": 1, ")": -1}.get(token[0], 0)
            if depth == 0:
                if token[0] == ")":
                    yield text[:at].strip()
                text, at = text[at:], 0


def fresh(options):
    terms = TermManager()
    solver = Solver(terms)
    for name, value in options:
        solver.setOption(NAMES.get(name, name), value)
    return solver, InputParser(solver, SymbolManager(terms))


def answer(solver, parser, text):
    """What the commands print; nothing is done after the first that fails."""
    printed = ""
    try:
        parser.setStringInput(InputLanguage.SMT_LIB_2_6, text, "stdin")
        while not (command := parser.nextCommand()).isNull():
            printed += command.invoke(solver, parser.getSymbolManager())
        return printed
    except RuntimeError as error:
        return printed + '(error "' + str(error).replace('"', '""') + '")\n'


def solve(options, stdin, stdout):
    solver, parser = fresh(options)
    waiting = ""
    for command in commands(stdin):
        if command == "(reset)":
            solver, parser = fresh(options)
            waiting = ""
        elif command.startswith(SILENT):
            waiting += command + "\n"
        else:
            stdout.write(answer(solver, parser, waiting + command))
            stdout.flush()
            waiting = ""


def serve(path):
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path)
        server.listen(64)
        while True:
            client, _ = server.accept()
            if os.fork() == 0:
                try:
                    serve_one(client)
                except (ConnectionError, IndexError):
                    pass  # A tool that has its answer waits for no solver to end.
                finally:
                    os._exit(0)
            client.close()


def serve_one(client):
    message, streams, _, _ = socket.recv_fds(client, 4096, 2)
    arguments = message.decode().split("\0")
    with open(streams[0]) as stdin, open(streams[1], "w") as stdout:
        if "--version" in arguments:
            print(f"This is cvc5 version {Solver(TermManager()).getVersion().decode()}", file=stdout)
        else:
            solve([argument[2:].split("=", 1) for argument in arguments if "=" in argument], stdin, stdout)
    client.send(b"!")


serve(sys.argv[1])
