#!/usr/bin/python3
"""Types the bytes of a file at the first prompt, as fast as the terminal takes them; prints all that it shows.

type_file.py <file> <program> ...: ends with the status of the program.
"""
import os
import pty
import select
import sys

path, *words = sys.argv[1:]
with open(path, "rb") as file:
    typed = file.read()
process, terminal = pty.fork()
if process == 0:
    os.execvp(words[0], words)

os.set_blocking(terminal, False)
shown = b""
prompted = False
while True:
    waiting = typed if prompted else b""
    readable, writable, _ = select.select([terminal], [terminal] if waiting else [], [])
    try:
        if readable:
            shown += os.read(terminal, 65536)
            prompted = prompted or b"aws-cloudhsm>" in shown
        if writable:
            typed = typed[os.write(terminal, typed[:4096]) :]
    except BlockingIOError:
        continue
    except OSError:  # The program has ended.
        break
sys.stdout.buffer.write(shown)
_, status = os.waitpid(process, 0)
sys.exit(os.waitstatus_to_exitcode(status))
