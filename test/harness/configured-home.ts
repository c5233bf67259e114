import { MemoryHome } from "../../src/store/memory/memory-home.ts";
import { MemoryPlace } from "../../src/store/memory/memory-place.ts";
import { createIn } from "./created-home.ts";
import { ServedHome } from "./service-home.ts";

/** A home in memory with a cluster of two HSMs that a configuration made, and that somebody activated, or not. */
export async function configured(users = "[{ id: 1, type: CO, name: admin, password: co12345 }]"): Promise<ServedHome> {
  const place = new MemoryPlace();
  const served = new ServedHome(() => new MemoryHome(place));
  await served.visit((home) =>
    createIn(
      home,
      `clusters:
  - { id: cluster-made, passwordCost: 10, users: ${users}, hsms: [{ id: hsm-a, hostname: 10.1.9.4 }, { id: hsm-b, hostname: 10.1.10.4 }] }
`,
    ),
  );
  return served;
}
