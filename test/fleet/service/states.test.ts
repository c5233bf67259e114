import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { ControlPlane } from "../../../src/fleet/service/control-plane.ts";
import { backupArn } from "../../../src/fleet/service/derived-ids.ts";
import { ServiceError } from "../../../src/fleet/service/service-error.ts";
import { customerCa } from "../../harness/customer-ca.ts";
import { region } from "../../harness/service-home.ts";
import { type Moment, type Moments, momentsOf } from "../../harness/service-states.ts";
import { root } from "../../harness/program.ts";
import {
  type Cell,
  backupStates,
  backupTable,
  clusterStates,
  clusterTable,
  hsmStates,
  hsmTable,
  pageTable,
} from "./state-tables.ts";

/** What an operation is answered with; undefined where there is only that it was done. */
type Asking = (plane: ControlPlane, moment: Moment, anchor: string) => Promise<{ readonly state: string } | undefined>;

const zone = `${region}a`;
const done = (asked: Promise<unknown>): Promise<undefined> => asked.then(() => undefined);
const tag = { key: "owner", value: "payments" };
const wish = { hsmType: "hsm1.medium", subnetIds: ["subnet-33333333"], tags: [] } as const;
const initialize: Asking = (plane, { cluster, signedCert }, trustAnchor) =>
  plane.initializeCluster(cluster, { signedCert, trustAnchor });
const deleteCluster: Asking = (plane, { cluster }) => plane.deleteCluster(cluster);
const createHsm: Asking = (plane, { cluster }) => plane.createHsm(cluster, { zone });
const deleteHsm: Asking = (plane, { cluster, hsm }) => done(plane.deleteHsm(cluster, { by: "id", id: hsm }));
const listed = (state: string | undefined): { readonly state: string } => ({ state: state ?? "not listed" });

const onClusters: Readonly<Record<keyof typeof clusterTable, Asking>> = {
  DescribeClusters: async (plane, { cluster }) =>
    listed((await plane.clusters()).find(({ id }) => id === cluster)?.state),
  ModifyCluster: (plane, { cluster }) => plane.modifyCluster(cluster, { retentionDays: 7 }),
  InitializeCluster: initialize,
  DeleteCluster: deleteCluster,
  CreateHsm: createHsm,
  DeleteHsm: deleteHsm,
  TagResource: (plane, { cluster }) => done(plane.tag(cluster, [tag])),
  UntagResource: (plane, { cluster }) => done(plane.untag(cluster, ["owner"])),
  ListTags: (plane, { cluster }) => done(plane.tags(cluster)),
};
const onHsms: Readonly<Record<keyof typeof hsmTable, Asking>> = {
  DeleteHsm: deleteHsm,
  CreateHsm: createHsm,
  InitializeCluster: initialize,
  DeleteCluster: deleteCluster,
};
const onBackups: Readonly<Record<keyof typeof backupTable, Asking>> = {
  DescribeBackups: async (plane, { backup }) => listed((await plane.backups()).find(({ id }) => id === backup)?.state),
  CreateCluster: (plane, { backup }) => plane.createCluster({ ...wish, sourceBackup: backup }),
  CopyBackupToRegion: (plane, { backup }) => done(plane.copyBackup(backup, "eu-west-2")),
  DeleteBackup: (plane, { backup }) => plane.deleteBackup(backup),
  RestoreBackup: (plane, { backup }) => plane.restoreBackup(backup),
  ModifyBackupAttributes: (plane, { backup }) => plane.keepForever(backup, true),
  TagResource: (plane, { backup }) => done(plane.tag(backup, [tag])),
  UntagResource: (plane, { backup }) => done(plane.untag(backup, ["owner"])),
  ListTags: (plane, { backup }) => done(plane.tags(backup)),
  PutResourcePolicy: (plane, { backup }) => done(plane.putPolicy(backupArn(region, backup), "{}")),
  GetResourcePolicy: (plane, { backup }) => done(plane.policy(backupArn(region, backup))),
  DeleteResourcePolicy: (plane, { backup }) => done(plane.deletePolicy(backupArn(region, backup))),
};

/** The whole table as it is found, in the form of the one that says how it is to be. */
async function found<Operation extends string, State extends string>(
  operations: Readonly<Record<Operation, Asking>>,
  moments: Readonly<Record<State, Moment>>,
  anchor: string,
): Promise<Record<Operation, Record<State, Cell>>> {
  const rows = {} as Record<Operation, Record<State, Cell>>;
  for (const operation of Object.keys(operations) as Operation[]) {
    rows[operation] = {} as Record<State, Cell>;
    for (const state of Object.keys(moments) as State[]) {
      rows[operation][state] = await cell(operations[operation], moments[state], state, anchor);
    }
  }
  return rows;
}

async function cell(asking: Asking, moment: Moment, state: string, anchor: string): Promise<Cell> {
  try {
    const answer = await moment.home().ask((plane) => asking(plane, moment, anchor));
    if (answer === undefined) return "done";
    return state.startsWith(answer.state) ? "as it is" : answer.state;
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    expect(error.message).toMatch(/^[A-Z].*(\.|activated)$/);
    return error.kind;
  }
}

test("every operation has its answer in every state of cluster, HSM and backup", async () => {
  const ca = customerCa();
  const moments: Moments = await momentsOf(ca);
  expect(await found(onClusters, moments.clusters, ca.anchor)).toEqual(clusterTable);
  expect(await found(onHsms, moments.hsms, ca.anchor)).toEqual(hsmTable);
  expect(await found(onBackups, moments.backups, ca.anchor)).toEqual(backupTable);
});

test("the page shows these tables", () => {
  const page = plain(readFileSync(join(root, "docs", "aws-states.md"), "utf8"));
  expect(page).toContain(plain(pageTable("cluster", clusterTable, clusterStates)));
  expect(page).toContain(plain(pageTable("HSM", hsmTable, hsmStates)));
  expect(page).toContain(plain(pageTable("backup", backupTable, backupStates)));
});

/** Without what aligns the columns of a table. */
function plain(text: string): string {
  return text.replace(/ +/g, " ").replace(/-{2,}/g, "-");
}
