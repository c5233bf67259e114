#!/usr/bin/python3
"""Manages the users of one HSM with pexpect, and parses listUsers by splitting it at blanks, six words a user.

users.py <program> ...: prints the users as JSON, one list a look.
"""
import json
import sys

import pexpect

PROMPT = "aws-cloudhsm>"
CONFIRM = r"Do you want to continue\(y/n\)\?"
DECIDE = r"Retry/Ignore/Abort\?\(R/I/A\)"

child = pexpect.spawn(sys.argv[1], sys.argv[2:], encoding="utf-8", timeout=30)
child.expect(["Connection to one of servers failed, exiting...", PROMPT])


def command(line):
    """Gives a command and returns what it answered."""
    child.sendline(line)
    child.expect(PROMPT)
    return child.before


def confirmed(line, problems):
    """Gives a command, says y, and aborts where one of the problems comes; returns it, or None."""
    child.sendline(line)
    child.expect(CONFIRM)
    child.sendline("y")
    outcome = child.expect([PROMPT, *problems])
    if outcome == 0:
        return None
    child.expect(DECIDE)
    child.sendline("A")
    child.expect(PROMPT)
    return problems[outcome - 1]


def users():
    """The rows of listUsers."""
    words = command("listUsers").split()
    rows = words[words.index("2FA") + 1 :]
    return [rows[at : at + 6] for at in range(0, len(rows), 6)]


CREATE_PROBLEMS = [
    "This user is already created",
    "invalid user type",
    "Invalid input data/params",
    "min pswd len 7 and max pswd len 32",
]
CHANGE_PROBLEMS = ["user doesn't exist", "min pswd len 7 and max pswd len 32"]

looks = [users()]
assert "HSM Error" in command("loginHSM CO admin co12345")
assert "loginHSM success" in command("loginHSM PRECO admin password")
assert confirmed("changePswd PRECO admin officer12345", CHANGE_PROBLEMS) is None
assert "logoutHSM success" in command("logoutHSM")
assert "loginHSM success" in command("loginHSM CO admin officer12345")
assert confirmed("createUser CU dave dave12345", CREATE_PROBLEMS) is None
assert confirmed("createUser CU dave dave12345", CREATE_PROBLEMS) == CREATE_PROBLEMS[0]
assert confirmed("createUser XX erin erin12345", CREATE_PROBLEMS) == CREATE_PROBLEMS[1]
assert confirmed("createUser CU er-in erin12345", CREATE_PROBLEMS) == CREATE_PROBLEMS[2]
assert confirmed("createUser CU erin short", CREATE_PROBLEMS) == CREATE_PROBLEMS[3]
assert confirmed("changePswd CU erin erin12345", CHANGE_PROBLEMS) == CHANGE_PROBLEMS[0]
assert confirmed("changePswd CU dave short", CHANGE_PROBLEMS) == CHANGE_PROBLEMS[1]
looks.append(users())
assert "deleteUser success" in command("deleteUser CU dave")
looks.append(users())
child.sendline("quit")
child.expect(pexpect.EOF)
child.close()
print(json.dumps(looks))
sys.exit(child.exitstatus)
