import { scalar } from "./scalar.ts";

/** What a configuration to start from is to describe. */
export interface NewCluster {
  readonly id: string;
  readonly region: string | undefined;
  /** Server 0, server 1, ... */
  readonly hsms: readonly { readonly id: string; readonly hostname: string }[];
}

/** Returns the YAML file of a cluster to start from, with comments that say what else it may say. */
export function newClusterText({ id, region, hsms }: NewCluster): string {
  return `# A cluster to start from. The shell creates its HSMs at the first start; from then on they keep what is on them, and
# this file says only where they are. The README's chapter "Configuration" has all that it may say.

# home: ./hsms              # where the HSMs are, relative to this file; left out: ~/.local/state/cloudhsm_mgmt_util
clusters:
  - id: ${scalar(id)}
${region === undefined ? "    # region: eu-west-1       # shown by cloudhsm-sim status" : `    region: ${scalar(region)}`}
    # passwordCost: 10        # a fast key derivation for CI; 14 when left out
    users:                    # on every HSM; left out: a cluster that is still to be activated
      # These passwords are the examples of the documentation, and known to everybody: change them.
      - { id: 1, type: CO, name: admin, password: co12345 }
      - { id: 2, type: AU, name: app_user, password: appliance1 }
      - { id: 3, type: CU, name: crypto_user1, password: user12345 }
    # keys:                   # on every HSM
    #   - { handle: 262162, type: AES, size: 256, label: payments, owner: crypto_user1 }
    hsms:                     # server 0, server 1, ...
${hsms.map((hsm) => `      - { id: ${hsm.id}, hostname: ${hsm.hostname} }\n`).join("")}      # What is on one HSM only stands below it:
      # - id: hsm-...
      #   hostname: 10.0.2.9
      #   users:
      #     - { id: 4, type: CO, name: officer1, password: officer12345 }
`;
}
