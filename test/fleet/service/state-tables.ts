/** What a state answers to an operation: the state that the answer shows, `done`, or the kind of the error. */
export type Cell = string;

/** Operations down, states across; a cell that is left out does not compile. */
type Table<Operation extends string, State extends string> = Readonly<Record<Operation, Readonly<Record<State, Cell>>>>;

const refused = "invalidRequest";
const unknown = "notFound";

/** The states of a cluster. */
export const clusterStates = [
  "absent",
  "CREATE_IN_PROGRESS",
  "UNINITIALIZED, no HSM",
  "UNINITIALIZED",
  "INITIALIZE_IN_PROGRESS",
  "INITIALIZED",
  "INITIALIZED, no HSM",
  "ACTIVE",
  "ACTIVE, no HSM",
  "DELETE_IN_PROGRESS",
  "DELETED",
] as const;
export type ClusterCase = (typeof clusterStates)[number];

/** The states of an HSM, the only one of a cluster that is UNINITIALIZED. */
export const hsmStates = [
  "absent",
  "CREATE_IN_PROGRESS",
  "ACTIVE",
  "DEGRADED",
  "DELETE_IN_PROGRESS",
  "DELETED",
] as const;
export type HsmCase = (typeof hsmStates)[number];

/** The states of a backup. */
export const backupStates = [
  "absent",
  "CREATE_IN_PROGRESS",
  "READY",
  "PENDING_DELETION",
  "DELETED",
  "of another region",
] as const;
export type BackupCase = (typeof backupStates)[number];

/** One answer in all states but some. */
function all<State extends string>(
  states: readonly State[],
  usual: Cell,
  others: Readonly<Partial<Record<State, Cell>>>,
): Readonly<Record<State, Cell>> {
  return Object.fromEntries(states.map((state) => [state, others[state] ?? usual])) as Record<State, Cell>;
}

const gone = { absent: unknown, DELETED: unknown } as const;
const unsettled = {
  ...gone,
  CREATE_IN_PROGRESS: refused,
  INITIALIZE_IN_PROGRESS: refused,
  DELETE_IN_PROGRESS: refused,
} as const;

/** What each state of a cluster answers. */
export const clusterTable = {
  DescribeClusters: all(clusterStates, "as it is", { absent: "not listed", DELETED: "not listed" }),
  ModifyCluster: all(clusterStates, "as it is", unsettled),
  InitializeCluster: all(clusterStates, refused, { ...gone, UNINITIALIZED: "INITIALIZE_IN_PROGRESS" }),
  DeleteCluster: all(clusterStates, refused, {
    ...gone,
    "UNINITIALIZED, no HSM": "DELETE_IN_PROGRESS",
    "INITIALIZED, no HSM": "DELETE_IN_PROGRESS",
    "ACTIVE, no HSM": "DELETE_IN_PROGRESS",
  }),
  CreateHsm: all(clusterStates, refused, {
    ...gone,
    "UNINITIALIZED, no HSM": "CREATE_IN_PROGRESS",
    "INITIALIZED, no HSM": "CREATE_IN_PROGRESS",
    ACTIVE: "CREATE_IN_PROGRESS",
    "ACTIVE, no HSM": "CREATE_IN_PROGRESS",
  }),
  DeleteHsm: all(clusterStates, unknown, {
    UNINITIALIZED: "done",
    INITIALIZE_IN_PROGRESS: refused,
    INITIALIZED: "done",
    ACTIVE: "done",
  }),
  TagResource: all(clusterStates, "done", { ...gone, DELETE_IN_PROGRESS: refused }),
  UntagResource: all(clusterStates, "done", { ...gone, DELETE_IN_PROGRESS: refused }),
  ListTags: all(clusterStates, "done", gone),
} as const satisfies Table<string, ClusterCase>;

/** What each state of an HSM answers. */
export const hsmTable = {
  DeleteHsm: all(hsmStates, "done", { ...gone, CREATE_IN_PROGRESS: refused, DELETE_IN_PROGRESS: refused }),
  CreateHsm: all(hsmStates, refused, { absent: "CREATE_IN_PROGRESS", DELETED: "CREATE_IN_PROGRESS" }),
  InitializeCluster: all(hsmStates, refused, { ACTIVE: "INITIALIZE_IN_PROGRESS" }),
  DeleteCluster: all(hsmStates, refused, { absent: "DELETE_IN_PROGRESS", DELETED: "DELETE_IN_PROGRESS" }),
} as const satisfies Table<string, HsmCase>;

const missing = { ...gone, "of another region": unknown } as const;

/** What each state of a backup answers. */
export const backupTable = {
  DescribeBackups: all(backupStates, "as it is", {
    absent: "not listed",
    DELETED: "not listed",
    "of another region": "not listed",
  }),
  CreateCluster: all(backupStates, refused, { ...missing, READY: "CREATE_IN_PROGRESS" }),
  CopyBackupToRegion: all(backupStates, refused, { ...missing, READY: "done" }),
  DeleteBackup: all(backupStates, refused, { ...missing, READY: "PENDING_DELETION" }),
  RestoreBackup: all(backupStates, refused, { ...missing, PENDING_DELETION: "READY" }),
  ModifyBackupAttributes: all(backupStates, refused, { ...missing, READY: "as it is" }),
  TagResource: all(backupStates, "done", missing),
  UntagResource: all(backupStates, "done", missing),
  ListTags: all(backupStates, "done", missing),
  PutResourcePolicy: all(backupStates, refused, { ...missing, READY: "done" }),
  GetResourcePolicy: all(backupStates, "done", missing),
  DeleteResourcePolicy: all(backupStates, "done", missing),
} as const satisfies Table<string, BackupCase>;

const words: Readonly<Record<string, string>> = { invalidRequest: "refused", notFound: "not found" };

/** A table as a page shows it: a row for each state, a column for each operation. */
export function pageTable<State extends string>(
  what: string,
  table: Readonly<Record<string, Readonly<Record<State, Cell>>>>,
  states: readonly State[],
): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const operations = Object.keys(table);
  const lines = states.map((state) => {
    const cells = operations.map((operation) => table[operation]?.[state] ?? "");
    return row([state, ...cells.map((cell) => words[cell] ?? cell)]);
  });
  return [row([what, ...operations]), row([what, ...operations].map(() => "-")), ...lines].join("\n");
}
