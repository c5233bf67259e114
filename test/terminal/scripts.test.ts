import { describe, expect, test } from "vitest";
import { isMissing } from "../harness/debian.ts";
import { shipped, temporaryFolder } from "../harness/program.ts";
import { runScript } from "./run-script.ts";

describe.skipIf(isMissing("expect"))("expect", () => {
  test("activates a new cluster", async () => {
    const { status, stderr } = await runScript("activate.exp", {
      words: [shipped("new-cluster.yaml")],
      home: temporaryFolder(),
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });
});
