#!/usr/bin/python3
"""Signs with a key of the key shell with pexpect, and reads handles and counts out of what it prints.

keys.py <folder> <program> ...: prints as JSON what it read; the folder gets a public key and a signature.
"""
import json
import os
import sys

import pexpect

PROMPT = r"Command:\s"
SUCCESS = "HSM Return: SUCCESS"

folder = sys.argv[1]
child = pexpect.spawn(sys.argv[2], sys.argv[3:], encoding="utf-8", timeout=30)
child.expect(PROMPT)


def command(line):
    """Gives a command and returns what it answered."""
    child.sendline(line)
    child.expect(PROMPT)
    return child.before


def after(words, word):
    """The third word behind one: the number in `public key handle: 7`."""
    return words[words.index(word) + 3]


message, public, signature = (os.path.join(folder, name) for name in ("message", "public.pem", "signature"))
with open(message, "w", encoding="utf-8") as file:
    file.write("a message")

login = command("loginHSM -u CU -s alice -p alice12345")
pair = command("genECCKeyPair -i 2 -l pair").split("returned:", 1)[1].split()
handles = [after(pair, "public"), after(pair, "private")]
exported = command(f"exportPubKey -k {handles[0]} -out {public}")
signed = command(f"sign -f {message} -k {handles[1]} -m 17 -out {signature}")
verified = command(f"verify -f {message} -s {signature} -k {handles[0]} -m 17")
users = [line.split() for line in command("listUsers").splitlines() if " alice " in line.replace("\t", " ")]
child.sendline("exit")
child.expect(pexpect.EOF)
child.close()
counts = {name: text.count(SUCCESS) for name, text in (("login", login), ("sign", signed), ("verify", verified))}
print(json.dumps({"handles": handles, "counts": counts, "exported": SUCCESS in exported, "users": users}))
sys.exit(child.exitstatus)
