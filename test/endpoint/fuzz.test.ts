import { expect, test } from "vitest";
import { serviceOperations } from "../../src/config/service-operation.ts";
import { MemoryHome } from "../../src/store/memory/memory-home.ts";
import { MemoryPlace } from "../../src/store/memory/memory-place.ts";
import { activeCluster, clusterId } from "../harness/active-cluster.ts";
import { createIn } from "../harness/created-home.ts";
import { Garbler } from "../harness/garbler.ts";
import { callOf, serveHome } from "../harness/served-home.ts";

/** The types of errors that a client may see here; 5xx is none of them. */
const types =
  /^(CloudHsm(AccessDenied|InvalidRequest|ResourceNotFound|ResourceLimitExceeded)|UnknownOperation|Serialization|RequestEntityTooLarge)Exception$/;

interface Answered {
  readonly __type?: string;
  readonly Message?: string;
}

/** Whether an answer is an output, or a refusal that tells nothing of the program. */
function isRight(status: number, { __type: type = "", Message: message = "" }: Answered): boolean {
  if (status === 200) return type === "";
  return (
    status >= 400 && status < 500 && types.test(type) && /\S/.test(message) && !/\n|\.ts\b| at .*:\d+/.test(message)
  );
}

/** Most of them in a home without HSMs, which answers faster. */
const homes = [
  [15_000, false],
  [5000, true],
] as const;

test.each(homes)(
  "%d requests that are right, nearly right and wrong are answered in JSON, with HSMs: %s",
  async (rounds, hasHsms) => {
    const place = new MemoryPlace();
    const served = serveHome(() => new MemoryHome(place));
    const { server, failures } = served;
    if (hasHsms) {
      await createIn(new MemoryHome(place), activeCluster);
      // Backups are made of what comes and goes.
      await callOf(served, "DeleteHsm", { ClusterId: clusterId, EniIp: "10.0.3.11" });
    }
    const garbler = new Garbler(rounds);
    const seen = new Map<string, number>();
    for (let round = 0; round < rounds; round++) {
      const request = garbler.request();
      const { statusCode, headers, body } = await server.inject(request);
      const answer = JSON.parse(body) as Answered;
      const type = answer.__type ?? "done";
      // Worded only where it is wrong: there are many.
      if (!isRight(statusCode, answer) || headers["content-type"] !== "application/x-amz-json-1.1") {
        const asked = JSON.stringify(request).slice(0, 2000);
        expect.fail(`${String(round)}: ${asked} -> ${String(statusCode)} ${body.slice(0, 500)}`);
      }
      seen.set(type, (seen.get(type) ?? 0) + 1);
      garbler.learn(body);
    }
    expect(failures).toEqual([]);
    // It is worth something only where each way of answering is met, and with HSMs each operation is done.
    for (const type of [
      "done",
      "CloudHsmInvalidRequestException",
      "CloudHsmResourceNotFoundException",
      "SerializationException",
      "UnknownOperationException",
      "CloudHsmAccessDeniedException",
    ]) {
      expect([type, seen.get(type) ?? 0]).toEqual([type, expect.toSatisfy((count: number) => count > 20)]);
    }
    if (!hasHsms) return;
    const done = new Set(served.answered.filter(({ status }) => status === 200).map(({ what }) => what));
    expect(serviceOperations.filter((operation) => !done.has(operation))).toEqual(["InitializeCluster"]);
  },
);
