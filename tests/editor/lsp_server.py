"""The language server with a scripted model, as a program that a client starts: `lsp_server.py [STORE] [FACTS]`."""

import sys

from scripted_desk import FACTS, ScriptedModel

from checker import Checker, Fact
from checker.decisions import DecisionStore
from checker.editor.lsp.desk import Desk
from checker.editor.lsp.server import make_server
from checker.report import Skipped

if __name__ == "__main__":
    store, facts = [*sys.argv[1:], "", ""][:2]
    desk = Desk(
        Checker(predictor=ScriptedModel()),
        facts=[Fact("ruling", FACTS[0], origin="rulings.txt:7")],
        skipped=[Skipped("rulings.txt:9", "not valid JSON")],
        decisions=DecisionStore.open(store) if store else None,
        by="Ada",
    )
    output, sys.stdout = sys.stdout.buffer, sys.stderr
    make_server(desk, fact_files={"rulings.txt": facts} if facts else {}, wait=0.05).start_io(sys.stdin.buffer, output)
