import { keyRows } from "./key-rows.ts";
import { quorumRows } from "./quorum-rows.ts";
import type { Rows } from "./row.ts";
import { sessionRows } from "./session-rows.ts";
import { userRows } from "./user-rows.ts";

/** How each command of the management shell is translated. */
export const rows: Rows = { ...sessionRows, ...userRows, ...keyRows, ...quorumRows };
