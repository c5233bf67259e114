import { test } from "vitest";
import { expectRefused } from "./refused.ts";

/** A whole configuration around a user, an HSM, or lines behind them. No message may repeat a password of it. */
const withUser = (user: string) => cluster(`    users:\n      - ${user}\n`);
const withPassword = (password: string) => withUser(`{ id: 1, type: CO, name: admin, password: ${password} }`);
const withHsm = (hsm: string) => `clusters:\n  - id: cluster-a\n    hsms:\n      - ${hsm}\n`;
const cluster = (members: string) =>
  `clusters:\n  - id: cluster-a\n${members}    hsms:\n      - { id: hsm-a, hostname: 10.9.0.1 }\n`;
const withCluster = (members: string) =>
  `${cluster("")}  - id: cluster-b\n${members}    hsms: [{ id: hsm-b, hostname: 10.9.0.2 }]\n`;

const inQuotes = "must be text: put it in quotes";
const port = "clusters[0].hsms[0].port must be a whole number from 1 to 65535";
const host = "clusters[0].hsms[0].hostname";
const user = "clusters[0].users[0]";
const password = `${user}.password`;
const passwordLength = `${password} must have 7 to 32 characters (characters outside ASCII count as several)`;
const userName = `${user}.name must be 1 to 31 letters, digits or underscores`;
const startsOddly = "a value that begins with this character must be in quotes";
const unclosed = "something opened above is not closed: look for a missing }, ], quote or comma";

const mistakes: readonly (readonly [what: string, marked: string, words: string])[] = [
  ["nothing", "▶", "the file is empty: list clusters (YAML) or servers (.cfg) in it"],
  [
    "comments only",
    "▶# later\n",
    "the file has no value: it must be a group of keys (home, dialect, clusters, faults)",
  ],
  ["a word", "▶hello\n", "the file must be a group of keys (home, dialect, clusters, faults)"],
  ["a list", "▶- hello\n", "the file must be a group of keys (home, dialect, clusters, faults)"],
  ["no clusters", "▶home: x\n", "clusters is missing"],
  ["an empty list of clusters", "clusters: ▶[]\n", "clusters must list at least one cluster"],
  ["clusters without a value", "clusters:▶\n", "clusters has no value: it must be a list"],
  ["clusters that are no list", "clusters:\n  ▶id: a\n", "clusters must be a list"],
  ["a misspelt key", `${cluster("")}▶homee: x\n`, "the file has an unknown key: did you mean home?"],
  [
    "an unknown key",
    cluster("    ▶colour: red\n"),
    "clusters[0] has an unknown key: known keys are id, region, cloneOf, passwordCost, certificates, e2e, users, keys, minimums, maxKeys, hsms",
  ],
  [
    "users before the certificates",
    cluster("    certificates: pending\n    users:\n      ▶- { id: 1, type: CO, name: admin, password: secret-1 }\n"),
    "clusters[0].users must wait until the certificates are stored: remove it, or certificates: pending",
  ],
  [
    "an unknown state of certificates",
    cluster("    certificates: ▶soon\n"),
    "clusters[0].certificates must be signed or pending",
  ],
  ["an unknown e2e", cluster("    e2e: ▶on\n"), "clusters[0].e2e must be unchecked or checked"],
  ["a key that is a list", `▶[a]: 2\n${cluster("")}`, "a key must be one word"],
  [
    "a key given twice",
    withUser("{ id: 1, type: CO, name: admin, ▶name: bob, password: secret-1 }"),
    "this key is given twice: remove one",
  ],
  [
    "a home that only shells know",
    `home: ▶~hsm/hsms\n${cluster("")}`,
    "home may begin with ~/ but with no other ~: write the folder out",
  ],
  ["a home of nothing", `home: ▶''\n${cluster("")}`, "home must name a folder"],
  [
    "a home that would be carried out by a terminal",
    `home: ▶"./\\e]0;PWNED\\a"\n${cluster("")}`,
    "home must not contain control or invisible characters",
  ],
  [
    "a home that turns the line around",
    `home: ▶"a\\u202eb"\n${cluster("")}`,
    "home must not contain control or invisible characters",
  ],
  ["29 HSMs", hsms(28, "▶"), "clusters[0].hsms[28] is one too many: a cluster has at most 28 HSMs"],
  ["a region that is a number", cluster("    region: ▶9\n"), `clusters[0].region ${inQuotes}`],
  [
    "a cost out of range",
    cluster("    passwordCost: ▶9\n"),
    "clusters[0].passwordCost must be a whole number from 10 to 20",
  ],
  ["no HSMs", "clusters:\n  - ▶id: a\n", "clusters[0].hsms is missing"],
  ["an empty list of HSMs", "clusters:\n  - id: a\n    hsms: ▶[]\n", "clusters[0].hsms must list at least one HSM"],
  [
    "an HSM that is a word",
    withHsm("▶hsm-a"),
    "clusters[0].hsms[0] must be a group of keys (id, hostname, port, address, state, users, keys, minimums)",
  ],
  ["an HSM without a hostname", withHsm("▶{ id: hsm-a }"), `${host} is missing`],
  [
    "an id with a blank",
    withHsm("{ id: ▶'hsm a', hostname: h }"),
    "clusters[0].hsms[0].id must be 1 to 64 letters, digits, dots, underscores or hyphens",
  ],
  ["a hostname that is a number", withHsm("{ id: hsm-a, hostname: ▶10 }"), `${host} ${inQuotes}`],
  [
    "a hostname with a blank",
    withHsm("{ id: hsm-a, hostname: ▶10. 9.0.1 }"),
    `${host} must be a host name or an address, IPv6 without brackets`,
  ],
  [
    "a hostname that leads out of home",
    withHsm("{ id: hsm-a, hostname: ▶../h }"),
    `${host} must be a host name or an address, IPv6 without brackets`,
  ],
  [
    "a hostname too long for a file",
    withHsm(`{ id: hsm-a, hostname: ▶${"h".repeat(201)} }`),
    `${host} must be a host name or an address, IPv6 without brackets`,
  ],
  [
    "a hostname with its port",
    withHsm("{ id: hsm-a, hostname: ▶10.9.0.1:2225 }"),
    `${host} must not contain the port: give it under port`,
  ],
  ["a hostname without a value", withHsm("{ id: hsm-a, hostname: ▶}"), `${host} has no value: it must be text`],
  ["port 0", withHsm("{ id: hsm-a, hostname: h, port: ▶0 }"), port],
  ["port 65536", withHsm("{ id: hsm-a, hostname: h, port: ▶65536 }"), port],
  ["a fraction of a port", withHsm("{ id: hsm-a, hostname: h, port: ▶22.5 }"), port],
  ["a port in quotes", withHsm("{ id: hsm-a, hostname: h, port: ▶'2225' }"), `${port}: remove the quotes`],
  ["a port that is a word", withHsm("{ id: hsm-a, hostname: h, port: ▶https }"), port],
  ["users that are a group", cluster("    users:\n      ▶{ id: 1 }\n"), "clusters[0].users must be a list"],
  [
    "a user that is a line",
    withUser("▶admin secret-1"),
    `${user} must be a group of keys (id, type, name, password, publicKey, twoFactor, loginFailures)`,
  ],
  [
    "a user id that is a word",
    withUser("{ id: ▶one, type: CO, name: admin, password: secret-1 }"),
    `${user}.id must be a whole number from 1 to 1024`,
  ],
  [
    "user id 0",
    withUser("{ id: ▶0, type: CO, name: admin, password: secret-1 }"),
    `${user}.id must be a whole number from 1 to 1024`,
  ],
  [
    "user id 1025",
    withUser("{ id: ▶1025, type: CO, name: admin, password: secret-1 }"),
    `${user}.id must be a whole number from 1 to 1024`,
  ],
  [
    "a user type in small letters",
    withUser("{ id: 1, type: ▶co, name: admin, password: secret-1 }"),
    `${user}.type must be one of PRECO, PCO, CO, CU, AU; case matters`,
  ],
  ["a user without a type", withUser("▶{ id: 1, name: admin, password: secret-1 }"), `${user}.type is missing`],
  ["a user name with a hyphen", withUser("{ id: 1, type: CO, name: ▶ad-min, password: secret-1 }"), userName],
  [
    "a user name of 32 letters",
    withUser(`{ id: 1, type: CO, name: ▶${"a".repeat(32)}, password: secret-1 }`),
    userName,
  ],
  [
    "a user name that is a number",
    withUser("{ id: 1, type: CO, name: ▶123, password: secret-1 }"),
    `${user}.name ${inQuotes}`,
  ],
  [
    "a misspelt password",
    withUser("{ id: 1, type: CO, name: admin, ▶pasword: secret-1 }"),
    `${user} has an unknown key: did you mean password?`,
  ],
  [
    "a password as a key",
    withUser("{ id: 1, type: CO, name: admin, ▶secret-1 }"),
    `${user} has an unknown key: known keys are id, type, name, password, publicKey, twoFactor, loginFailures`,
  ],
  ["no password", withUser("▶{ id: 1, type: CO, name: admin }"), `${password} is missing`],
  ["a password that is a number", withPassword("▶735782961"), `${password} ${inQuotes}`],
  ["a password that is true", withPassword("▶true"), `${password} ${inQuotes}`],
  ["a password that is a list", withPassword("▶[secret-1]"), `${password} must be text`],
  ["a password of 6 characters", withPassword("▶secret"), passwordLength],
  ["a password of 33 characters", withPassword(`▶${"s".repeat(33)}`), passwordLength],
  ["a password of 17 letters and 34 bytes", withPassword(`▶${"é".repeat(17)}`), passwordLength],
  ["a password that begins with @", withPassword("▶@secret1"), startsOddly],
  ["a password that begins with %", withPassword("▶%secret1"), startsOddly],
  [
    "a password that begins with *",
    withPassword("▶*secret1"),
    "an alias (*) without a name (&) before it: put the value in quotes",
  ],
  [
    "a password that begins with &",
    withPassword("&secret1 ▶").replace("▶ }", " ▶}"),
    `${password} has no value: it must be text`,
  ],
  ["a password that begins with !", withPassword("▶!secret1"), "a value that begins with ! must be in quotes"],
  [
    "a password with a colon and a blank",
    withPassword("▶secret: 1"),
    "a colon and a space inside a value: put the value in quotes",
  ],
  [
    "a password with a comma",
    withPassword("secret1,▶secret2"),
    `${user} has an unknown key: known keys are id, type, name, password, publicKey, twoFactor, loginFailures`,
  ],
  [
    "a password with a backslash in quotes",
    withPassword('"secret▶\\q1"'),
    'a backslash in "..." needs another one before it: write \\\\, or use single quotes',
  ],
  ["a password with one quote", `${withPassword('"secret-1')}▶`, unclosed],
  ["a bracket that stays open", `${withHsm("{ id: hsm-a, hostname: h")}▶`, `the indentation is wrong, or ${unclosed}`],
  [
    "a comma too many",
    withUser("{ id: 1,▶, type: CO, name: admin, password: secret-1 }"),
    "unexpected character: remove it, or put the value in quotes",
  ],
  ["a tab", "clusters:\n▶\t- id: a\n", "a tab in the indentation: use spaces"],
  [
    "a second document",
    `${cluster("")}▶---\n${cluster("")}`,
    "a second document begins here (---): a configuration has only one",
  ],
  ["a bomb of aliases", bomb(), "aliases (*) expand to too much: write the values out"],
  [
    "an alias of what holds it",
    "clusters: &a [▶*a]\n",
    "clusters[0] must be a group of keys (id, region, cloneOf, passwordCost, certificates, e2e, users, keys, minimums, maxKeys, hsms)",
  ],
  [
    "a cluster id given twice",
    withCluster("").replace("id: cluster-b", "id: ▶cluster-a"),
    "clusters[1].id is also the id of another cluster: change one of them",
  ],
  [
    "an HSM id given twice",
    withCluster("").replace("id: hsm-b", "id: ▶hsm-a"),
    "clusters[1].hsms[0].id is also the id of another HSM: change one of them",
  ],
  [
    "an address given twice",
    withCluster("").replace("10.9.0.2", "▶10.9.0.1"),
    "clusters[1].hsms[0].hostname and port are also those of another HSM: change one of them",
  ],
  [
    "a clone of nothing",
    withCluster("    cloneOf: ▶cluster-x\n"),
    "clusters[1].cloneOf is not the id of a cluster in this file: add that cluster, or correct the id",
  ],
  [
    "a clone of itself",
    withCluster("    cloneOf: ▶cluster-b\n"),
    "clusters[1].cloneOf makes the cluster a clone of itself: name another one",
  ],
  [
    "clones of each other",
    withCluster("    cloneOf: cluster-a\n").replace("id: cluster-a", "id: cluster-a\n    cloneOf: ▶cluster-b"),
    "clusters[0].cloneOf makes the cluster a clone of itself: name another one",
  ],
  [
    "a clone with users",
    withCluster("    cloneOf: cluster-a\n    users: ▶[]\n"),
    "clusters[1].users come with the backup of cluster-a: remove them",
  ],
];

test.each(mistakes)("%s", async (_, marked, words) => {
  await expectRefused("cluster.yaml", marked, words);
});

const doubled = "is also the id of another user of this HSM: change one of them";
const named = "is also the name of another user of this HSM (case does not matter): change one of them";
const two = (second: string) => withUser(`{ id: 1, type: CO, name: admin, password: secret-1 }\n      - ${second}`);

test.each([
  ["of the cluster", two("{ id: ▶1, type: CU, name: bob, password: secret-2 }"), `clusters[0].users[1].id ${doubled}`],
  ["without case", two("{ id: 2, type: CU, name: ▶ADMIN, password: secret-2 }"), `clusters[0].users[1].name ${named}`],
  [
    "of cluster and HSM",
    `${two("{ id: 2, type: CU, name: bob, password: secret-2 }")}        users: [{ id: ▶2, type: CU, name: eve, password: secret-3 }]\n`.replace(
      "{ id: hsm-a, hostname: 10.9.0.1 }",
      "id: hsm-a\n        hostname: 10.9.0.1",
    ),
    `clusters[0].hsms[0].users[0].id ${doubled}`,
  ],
])("a user twice: %s", async (_, marked, words) => {
  await expectRefused("cluster.yaml", marked, words);
});

/** A cluster of `count` HSMs and one more at a place that is marked. */
function hsms(count: number, mark: string): string {
  const hsm = (h: number) => `{ id: hsm-${String(h)}, hostname: 10.9.1.${String(h)} }`;
  const lines = Array.from({ length: count }, (_, h) => `      - ${hsm(h)}\n`);
  return `clusters:\n  - id: c\n    hsms:\n${lines.join("")}      - ${mark}${hsm(count)}\n`;
}

/** Nine aliases of nine aliases of nine aliases... */
function bomb(): string {
  const level = (name: string, of: string) => `${name}: &${name} [${Array<string>(9).fill(of).join(", ")}]\n`;
  return `${level("a", "x")}${level("b", "*a").replace("*a", "▶*a")}${level("c", "*b")}${level("d", "*c")}clusters: *d\n`;
}
