import { expect, test } from "vitest";
import { type RequestName, type RequestRow, requests } from "../../src/hsm/requests.ts";
import { type UserType, userTypes } from "../../src/hsm/user.ts";
import { hasRight } from "../../src/simulator/request/access.ts";
import { type KeyRelation, refusal } from "../../src/simulator/keys/key-access.ts";
import { type Cell, answers, readTable, rolesOfKeys, rolesOfQuorum, rolesOfUsers } from "../simulator/role-tables.ts";

const guide = [rolesOfUsers, rolesOfQuorum, rolesOfKeys].flatMap((table) => readTable(table).cells);

const relations: readonly KeyRelation[] = ["owner", "sharee", "stranger"];

/** Who asks, by the word of the guide's table; everybody looks at a public key. */
function whoAsks({ caller, about }: Cell): { readonly type: UserType; readonly relation: KeyRelation } {
  const type = userTypes.find((each) => each === caller) ?? "CU";
  const relation = relations.find((each) => each === caller) ?? "stranger";
  return { type, relation: about === "public" && relation === "stranger" ? "sharee" : relation };
}

/** What the tables that run say to somebody who asks; what is refused for another reason than a right is a yes. */
function answerOf(cell: Cell): string {
  const [name = "", special] = cell.request.split("+");
  const row: RequestRow = requests[name as RequestName];
  const { type, relation } = whoAsks(cell);
  if (row.right === "none") {
    const isRefused = cell.caller !== "none" && row.ofCaller !== undefined && !hasRight(row.ofCaller, type);
    return isRefused ? "NOT_AUTHORISED" : "SUCCESS";
  }
  if (cell.caller === "none") return "NOT_LOGGED_IN";
  const ofAnother = cell.about === "own" ? undefined : row.ofAnother;
  for (const right of [row.right, ofAnother]) {
    if (right !== undefined && right !== "login" && !hasRight(right, type)) return "NOT_AUTHORISED";
  }
  const ofKey = special === "134" ? (row.ofTrusted ?? row.ofKey) : row.ofKey;
  return (ofKey && refusal(ofKey, type, relation)) ?? "SUCCESS";
}

/** What the guide's tables say of rights alone; a refused share is worded as a wrong input, whatever it is for. */
function expectedOf({ word }: Cell): readonly string[] {
  if (word === "input") return ["KEY_ACCESS_DENIED", "SUCCESS"];
  return [word === "login" || word === "no" || word === "denied" ? answers[word] : "SUCCESS"];
}

test.each(guide)("the rights to $request of $about by $caller are the guide's: $word", (cell) => {
  expect(expectedOf(cell)).toContain(answerOf(cell));
});

test.each(Object.keys(requests))("the guide's tables say who may ask for %s", (name) => {
  expect(guide.some(({ request }) => request.split("+")[0] === name)).toBe(true);
});

test.each(Object.entries<RequestRow>(requests))("%s is audited if it changes anything", (_name, row) => {
  expect(row.audit !== undefined).toBe(row.changes);
});
