import { beforeEach, describe, expect, test } from "vitest";
import { homes } from "../harness/homes.ts";
import type { Enter } from "../harness/homes.ts";
import type { Home } from "../../src/store/home.ts";

const h0 = { hostname: "h0", port: 2225 };

describe.each(homes)("who visits a home in %s again and again", (_, make) => {
  let enter: Enter;
  let home: Home;

  beforeEach(async () => {
    enter = make();
    home = enter();
    await home.create(h0, "hsm-a", (transaction) => transaction.put("user", 1, '"admin"'));
  });

  test("is not in the way of deleting what it read before", async () => {
    for (let look = 0; look < 3; look++) {
      const visitor = enter();
      await (await visitor.open(h0)).read((snapshot) => snapshot.list("user"));
      await visitor.close();
    }
    const held = await home.hold(h0);
    await held.delete();
    await held.release();
    expect(await home.list()).toEqual([]);
  });

  test("sees by a trace that an HSM was changed, and by that alone", async () => {
    const traces = [await home.traceOf({ hostname: "h1", port: 2225 }), await home.traceOf(h0)];
    await (await enter().open(h0)).change((transaction) => transaction.put("user", 1, '"other"'));
    traces.push(await home.traceOf(h0));
    expect(new Set(traces).size).toBe(3);
    await (await home.open(h0)).read((snapshot) => snapshot.list("user"));
    expect(await home.traceOf(h0)).toBe(traces[2]);
  });

  test("sees what belongs to no HSM by a trace of its own", async () => {
    const traces = [await home.traceOfRecords()];
    const before = await home.traceOf(h0);
    const records = await home.keepRecords();
    traces.push(await home.traceOfRecords());
    await records.change((transaction) => transaction.put("fault", 1, '"drop"'));
    traces.push(await home.traceOfRecords());
    expect(new Set(traces).size).toBe(3);
    expect(await home.traceOf(h0)).toBe(before);
  });
});
