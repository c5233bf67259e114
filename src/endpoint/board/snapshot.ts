/** What the page shows of one HSM for one user or key; where a row has no cell for an HSM that is up, it is in step. */
export interface Cell {
  readonly state: "in step" | "missing" | "different";
  /** In what it differs: `password`, `OBJ_ATTR_LABEL`. */
  readonly differs: readonly string[];
  readonly isLocked: boolean;
  readonly isLoggedIn: boolean;
}

/** What mends a row, in the order in which it is done. */
export interface Mending {
  /** What has to be done before the lines work. */
  readonly before: readonly string[];
  /** For the shell. */
  readonly lines: readonly string[];
  /** Why no line mends the rest, and what does. */
  readonly obstacles: readonly string[];
}

/** Why a row is out of step, and what mends it. */
export interface RowDetail {
  readonly differences: readonly string[];
  readonly mendings: readonly Mending[];
}

/** One user, key or quorum minimum. */
export interface Row {
  /** The same as long as it is there. */
  readonly id: string;
  readonly name: string;
  /** Its type and id, or its label. */
  readonly note: string;
  readonly isInStep: boolean;
  /** By the ids of HSMs: those that are not simply in step. */
  readonly cells: Readonly<Record<string, Cell>>;
  /** Undefined where it is in step. */
  readonly detail?: RowDetail;
}

/** What rows are about. */
export type RowKind = "users" | "keys" | "minimums";

/** Rows of one kind: first those that are out of step. */
export interface Rows {
  readonly kind: RowKind;
  readonly total: number;
  readonly outOfStep: number;
  /** The first of them; the page asks for the others. */
  readonly first: readonly Row[];
}

/** One HSM: a column. */
export interface HsmColumn {
  readonly hsmId: string;
  readonly clusterId: string;
  readonly address: string;
  /** `server 0`; undefined where no configuration lists it. */
  readonly server?: string;
  readonly state: "up" | "stopped" | "destroyed";
  /** Who is logged in: `admin (CO)`. */
  readonly logins: readonly string[];
  /** Ids of the faults on its road. */
  readonly faults: readonly number[];
}

/** A cluster with its clones: a table. */
export interface FamilyTable {
  /** Their ids; the first one's stands for all. */
  readonly clusters: readonly string[];
  readonly columns: readonly HsmColumn[];
  readonly outOfStep: number;
  /** The lines with which officers log in, before those of any row. */
  readonly logins: readonly string[];
  readonly rows: readonly Rows[];
}

/** A fault that is set. */
export interface BoardFault {
  readonly id: number;
  readonly text: string;
  readonly isOver: boolean;
}

/** A home: the one that is served, or that of a drill. */
export interface BoardHome {
  /** By which changes name it; that of a drill is the drill's name. */
  readonly name: string;
  readonly folder: string;
  /** The line that opens a shell there. */
  readonly shell: string;
  readonly families: readonly FamilyTable[];
  readonly faults: readonly BoardFault[];
  /** What cannot be read, and why. */
  readonly problems: readonly string[];
}

/** A goal of a drill. */
interface BoardGoal {
  readonly text: string;
  readonly isMet: boolean;
  /** What is missing. */
  readonly missing: readonly string[];
}

/** A drill that was started. */
export interface StartedDrill {
  readonly folder: string;
  readonly goals: readonly BoardGoal[];
  /** Those that were given, in their order. */
  readonly hints: readonly string[];
  readonly hintsLeft: number;
}

/** A drill that can be started, or was. */
export interface BoardDrill {
  readonly name: string;
  readonly title: string;
  readonly story: string;
  /** Undefined where it was not started yet. */
  readonly started?: StartedDrill;
  /** Why it cannot be shown. */
  readonly problem?: string;
}

/** All that the page shows, but for the audit log. */
export interface Snapshot {
  /** The one that is served first, then those of drills that were started. */
  readonly homes: readonly BoardHome[];
  readonly drills: readonly BoardDrill[];
}

/** An event of an audit log. */
export interface BoardEvent {
  /** The same for no two. */
  readonly id: string;
  /** The home that it is of. */
  readonly home: string;
  readonly hsmId: string;
  /** Microseconds since 1970. */
  readonly time: number;
  readonly opcode: string;
  readonly response: string;
  readonly isRefused: boolean;
  /** Whom or what it is about: `CU alice`, `key 262162`. */
  readonly about: string;
}

/** What a fault can be made of. */
export interface FaultWords {
  readonly kinds: readonly string[];
  readonly commands: readonly string[];
  readonly codes: readonly string[];
}
