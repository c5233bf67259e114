// One call of the service, made by a process of its own: the folder of the home, then the operation and its words.
import { Progress } from "../../src/fleet/progress.ts";
import { type ControlPlane, controlPlane } from "../../src/fleet/service/control-plane.ts";
import { SqliteHome } from "../../src/store/sqlite/sqlite-home.ts";
import { region } from "../harness/service-home.ts";

const [folder = "", operation = "", first = "", second = "", third = ""] = process.argv.slice(2);

const calls: Readonly<Record<string, (plane: ControlPlane) => Promise<unknown>>> = {
  "create-hsm": (plane) => plane.createHsm(first, { zone: `${region}a` }),
  "delete-hsm": (plane) => plane.deleteHsm(first, { by: "id", id: second }),
  "copy-backup": (plane) => plane.copyBackup(first, second),
  "initialize-cluster": (plane) => plane.initializeCluster(first, { signedCert: second, trustAnchor: third }),
};

const home = new SqliteHome(folder);
const { signal } = new AbortController();
const [progress, clock] = [new Progress(signal), () => Date.now() * 1000];
const plane = controlPlane({ home, clock, progress, region, defaultRegion: region, delay: 0 });
try {
  await home.prepare();
  await home.exclusively({ signal, waited: () => undefined }, async () => calls[operation]?.(plane));
} catch (error) {
  // In the form in which programs end here.
  console.error(`cloudhsm-sim: ${(error as Error).message}`);
  process.exitCode = 1;
} finally {
  await home.close();
}
