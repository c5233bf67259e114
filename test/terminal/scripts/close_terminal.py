#!/usr/bin/python3
"""Closes the terminal while a confirmed createUser is under way; prints how the program ended.

close_terminal.py <moment> <program> ...: the terminal closes as soon as the text <moment> was read.
"""
import os
import pty
import sys

moment, *words = sys.argv[1:]
process, terminal = pty.fork()
if process == 0:
    os.execvp(words[0], words)

seen = b""


def await_text(text):
    global seen
    while text.encode() not in seen:
        seen += os.read(terminal, 4096)
    seen = seen.partition(text.encode())[2]


def line(text):
    os.write(terminal, text.encode() + b"\r")


await_text("aws-cloudhsm>")
line("loginHSM CO admin co12345")
await_text("success on server 2")
line("createUser CU dave dave12345")
await_text("(y/n)?")
line("y")
await_text(moment)
os.close(terminal)
_, status = os.waitpid(process, 0)
print(os.waitstatus_to_exitcode(status))
