import type { DialectName } from "./dialect-name.ts";
import { type FirstLogin, newUsersText } from "./new-users.ts";
import { scalar } from "./scalar.ts";

/** An HSM of a configuration to start from; what it does not say is as usual. */
export interface NewHsm {
  readonly id: string;
  readonly hostname: string;
  readonly port?: number;
  /** What the hostname resolves to. */
  readonly address?: string;
}

/** What a configuration to start from is to describe. */
export interface NewCluster {
  readonly dialect: DialectName;
  readonly id: string;
  readonly region: string | undefined;
  /** Server 0, server 1, ... */
  readonly hsms: readonly NewHsm[];
  /** Who activates a cluster as its vendor delivers it. */
  readonly firstLogin: FirstLogin;
}

/** Returns the YAML file of a cluster to start from, with comments that say what else it may say. */
export function newClusterText({ dialect, id, region, hsms, firstLogin }: NewCluster): string {
  const users = newUsersText(dialect, firstLogin);
  return `# A cluster to start from. The shell creates its HSMs at the first start; from then on they keep what is on them, and
# this file says only where they are. The README's chapter "Configuration" has all that it may say.

# home: ./hsms              # where the HSMs are, relative to this file; left out: ~/.local/state/cloudhsm_mgmt_util
${dialect === usual ? "" : `dialect: ${dialect}\n`}clusters:
  - id: ${scalar(id)}
${region === undefined ? "    # region: eu-west-1       # shown by cloudhsm-sim status" : `    region: ${scalar(region)}`}
    # passwordCost: 10        # a fast key derivation for CI; 14 when left out
${users.ofCluster}
    # keys:                   # on every HSM
    #   - { handle: 262162, type: AES, size: 256, label: payments, owner: crypto_user1 }
    hsms:                     # server 0, server 1, ...
${hsms.map((hsm) => `      - ${hsmText(hsm)}\n`).join("")}      # What is on one HSM only stands below it:
      # - id: hsm-...
      #   hostname: 10.0.2.9
      #   users:
      #     - ${users.ofOneHsm}
`;
}

/** Whose cluster it is where a file does not say. */
const usual: DialectName = "aws";

function hsmText({ id, hostname, port, address }: NewHsm): string {
  const more = [
    ...(port === undefined ? [] : [`port: ${String(port)}`]),
    ...(address === undefined ? [] : [`address: ${address}`]),
  ];
  return `{ ${[`id: ${id}`, `hostname: ${hostname}`, ...more].join(", ")} }`;
}
