import { randomBytes } from "node:crypto";
import { provision } from "./cluster/provision.ts";
import type { ClusterEntry, HsmEntry } from "./config/configuration.ts";
import type { InitialUser } from "./hsm/backup.ts";
import { Password } from "./hsm/password.ts";
import type { HsmFolder } from "./store/hsm-folder.ts";

/**
 * Creates the HSMs of these clusters that do not exist yet. Throws StoreError.
 *
 * @param clock microseconds since 1970
 * @param creating called before each HSM that is created
 */
export async function createHsms(
  clusters: readonly ClusterEntry[],
  folder: HsmFolder,
  clock: () => number,
  creating: (hsm: HsmEntry) => void,
): Promise<void> {
  await provision(clusters, {
    folder,
    clock,
    creating,
    initialUser: ({ password, ...user }) => ({ ...user, password: new Password(password) }),
    factoryUsers,
  });
}

/** A new cluster as it is delivered; nobody knows the appliance user's password. */
function factoryUsers(): readonly InitialUser[] {
  return [
    { id: 1, type: "PRECO", name: "admin", password: new Password("password") },
    { id: 2, type: "AU", name: "app_user", password: new Password(randomBytes(24).toString("base64url")) },
  ];
}
