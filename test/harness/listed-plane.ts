import type { OperationFaults } from "../../src/fleet/faults/operation-faults.ts";
import type { ControlPlane } from "../../src/fleet/service/control-plane.ts";
import type { ServiceBackup } from "../../src/fleet/service/service-backup.ts";
import type { ServiceCluster, Tag } from "../../src/fleet/service/service-cluster.ts";
import { type Service, perform } from "../../src/endpoint/aws/perform.ts";

/** What a plane is asked for: the name of the method, and what it is given. */
type Asked = readonly [name: string, ...given: unknown[]];

/** A service of what is listed here, that notes what else is asked of it and does nothing. */
export interface Listed {
  clusters?: readonly ServiceCluster[];
  backups?: readonly ServiceBackup[];
  tags?: readonly Tag[];
  faults?: Partial<OperationFaults>;
  /** Whether there is an activation to notice. */
  activated?: boolean;
  /** What every deed is refused with. */
  refused?: Error;
}

export const cluster: ServiceCluster = {
  id: "cluster-igklspoyj5v",
  created: 1_502_423_370_069,
  retentionDays: 90,
  hsms: [],
  hsmType: "hsm1.medium",
  networkType: "IPV4",
  state: "ACTIVE",
  subnets: [{ zone: "us-east-1a", subnetId: "subnet-0a1b2c3d" }],
  vpcId: "vpc-50ae0636",
  certificates: {},
  tags: [],
};

export const backup: ServiceBackup = {
  id: "backup-rtq2dwi2gq6",
  arn: "arn:aws:cloudhsm:us-east-1:000000000000:backup/backup-rtq2dwi2gq6",
  state: "READY",
  clusterId: cluster.id,
  created: 1_534_461_854_640,
  neverExpires: false,
  tags: [],
  hsmType: "hsm1.medium",
};

/** Calls operations of a service of what is listed; `asked` has what reached the plane, and how. */
export function listedService(listed: Listed) {
  const asked: Asked[] = [];
  const does =
    <T>(name: string, value: T) =>
    (...given: unknown[]): Promise<T> => {
      asked.push([name, ...given]);
      return listed.refused === undefined ? Promise.resolve(value) : Promise.reject(listed.refused);
    };
  const plane: ControlPlane = {
    hasActivations: () => Promise.resolve(listed.activated === true),
    noticeActivations: does("noticeActivations", undefined),
    clusters: does("clusters", listed.clusters ?? []),
    createCluster: does("createCluster", cluster),
    modifyCluster: does("modifyCluster", cluster),
    initializeCluster: does("initializeCluster", { state: "INITIALIZE_IN_PROGRESS", stateMessage: "so" } as const),
    deleteCluster: does("deleteCluster", cluster),
    createHsm: does("createHsm", {
      id: "hsm-ted36yp5b2x",
      clusterId: cluster.id,
      zone: "us-east-1a",
      subnetId: "subnet-0a1b2c3d",
      hsmType: "hsm1.medium",
      state: "CREATE_IN_PROGRESS",
    } as const),
    deleteHsm: does("deleteHsm", "hsm-ted36yp5b2x"),
    backups: does("backups", listed.backups ?? []),
    copyBackup: does("copyBackup", {
      created: 1500,
      sourceRegion: "us-east-1",
      sourceBackup: backup.id,
      sourceCluster: cluster.id,
    }),
    deleteBackup: does("deleteBackup", backup),
    restoreBackup: does("restoreBackup", backup),
    keepForever: does("keepForever", backup),
    tag: does("tag", undefined),
    untag: does("untag", undefined),
    tags: does("tags", listed.tags ?? []),
    putPolicy: does("putPolicy", undefined),
    policy: does("policy", undefined),
    deletePolicy: does("deletePolicy", "{}"),
  };
  const turns: string[] = [];
  const service: Service = {
    faultsOf: () => Promise.resolve({ isThrottled: false, losesAnswer: false, isDegraded: false, ...listed.faults }),
    reading: (region, work) => {
      turns.push(`reading ${region}`);
      return work(plane);
    },
    changing: (region, work) => {
      turns.push(`changing ${region}`);
      return work(plane);
    },
  };
  const call = (operation: string, input: object = {}, region = "us-east-1"): Promise<object> =>
    perform(service, { operation, region, input });
  return { call, asked, turns };
}

/** What a call is refused with. */
export function refusalOf(call: Promise<object>): Promise<object> {
  return call.then(
    () => ({ type: "none" }),
    (error: unknown) => {
      if (!(error instanceof Error)) throw error;
      return { type: "type" in error ? error.type : error.name, message: error.message };
    },
  );
}
