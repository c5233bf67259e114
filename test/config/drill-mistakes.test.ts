import { expect, test } from "vitest";
import { readDrill } from "../../src/config/drill-file.ts";
import { aws } from "../../src/simulator/models/aws.ts";

const head = `title: A drill
story: once
clusters:
  - id: cluster-a
    hsms: [{ id: hsm-a, hostname: h0 }]
`;
const withGoal = (goal: string) => `${head}goals:\n  - ${goal}\n`;

const bob = "{ id: 3, type: CU, name: bob, password: bobby12345 }";
const withLogin = (login: string) => `${head.replace("h0 }", `h0, users: [${bob}] }`)}goals:
  - inStep: all
logins:
  - ${login}
`;

/** What is said of a drill. */
function problems(text: string): string {
  try {
    readDrill("drill.yaml", text, () => aws.limits);
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

test.each([
  ["no goals", head, "drill.yaml:1:1: goals is missing"],
  [
    "a title of two lines",
    withGoal("inStep: all").replace("A drill", '"a\\nb"'),
    "drill.yaml:1:8: title must be one line of at most 99 characters",
  ],
  [
    "a goal of no kind",
    withGoal("{}"),
    "drill.yaml:7:5: goals[0] must be one of inStep, user, absent, key, minimum, audit, untouched",
  ],
  [
    "a goal of two kinds",
    withGoal("{ inStep: all, absent: { user: bob } }"),
    "drill.yaml:7:5: goals[0] must be one of",
  ],
  [
    "a goal on an HSM that is not there",
    withGoal("absent: { user: bob, on: h9 }"),
    "drill.yaml:7:30: goals[0].absent.on must be all, or HSMs of this file",
  ],
  [
    "an absence of two things",
    withGoal("absent: { user: bob, key: 7 }"),
    "drill.yaml:7:13: goals[0].absent must name a user or a key",
  ],
  [
    "nothing to leave alone",
    withGoal("untouched: { on: h0 }"),
    "drill.yaml:7:16: goals[0].untouched must name users or keys, or all of them",
  ],
  [
    "an event that is neither there nor not",
    withGoal("audit: { user: bob }"),
    "drill.yaml:7:12: goals[0].audit must say what it contains, or what it lacks",
  ],
  [
    "an unknown type",
    withGoal("user: { name: bob, type: XO }"),
    "drill.yaml:7:30: goals[0].user.type must be one of PRECO, PCO, CO, CU, AU",
  ],
  [
    "a misspelt member",
    `${withGoal("inStep: all")}hint: [x]\n`,
    "drill.yaml:8:1: the file has an unknown key: did you mean hints?",
  ],
  [
    "a login of somebody who is no user",
    withLogin("{ type: CO, name: bob, password: bobby12345 }"),
    "drill.yaml:9:23: logins[0].name must be a CO of this file",
  ],
  [
    "a login with another password",
    withLogin("{ type: CU, name: bob, password: bobby12346 }"),
    "drill.yaml:9:38: logins[0].password must be the password that this user has in this file",
  ],
])("%s", (_, text, problem) => {
  expect(problems(text)).toContain(problem);
});

test("a drill that is right", () => {
  expect(problems(withGoal("inStep: all"))).toBe("");
  expect(problems(withLogin("{ type: CU, name: Bob, password: bobby12345 }"))).toBe("");
});
