import { namesHsm } from "./configuration.ts";
import type { Drill } from "./drill.ts";
import { type DrillContent, drillWithin } from "./drill-schema.ts";
import { type PositionedDocument, positioned } from "./positioned-document.ts";
import type { LimitsOf } from "./dialect-name.ts";
import { configurationOf, limitsIn, requireSense } from "./yaml-file.ts";

/** Reads a rehearsal. Throws ConfigurationError, with all mistakes of the file. */
export function readDrill(file: string, text: string, limitsOf: LimitsOf): Drill {
  const document = positioned(file, text);
  const limits = limitsIn(document, limitsOf);
  const content = document.validate(drillWithin(limits));
  requireSense(document, content, limits);
  content.goals.forEach((goal, g) => {
    if (goal.kind !== "inStep") requireHsms(document, ["goals", g, goal.kind, "on"], goal.where, content);
  });
  requireUsersOfLogins(document, content);
  document.requireFaultless();
  const { title, story, hints, logins } = content;
  return {
    title,
    story,
    hints,
    logins,
    goals: content.goals.map((goal, g) => ({ ...goal, place: `${file}:${document.position(["goals", g])}` })),
    configuration: configurationOf(file, document, content),
  };
}

/** Who is logged in at the beginning is a user of the file. */
function requireUsersOfLogins(document: PositionedDocument, { clusters, logins }: DrillContent): void {
  const users = clusters.flatMap((cluster) => [...(cluster.users ?? []), ...cluster.hsms.flatMap((hsm) => hsm.users)]);
  logins.forEach(({ type, name, password }, l) => {
    const namesakes = users.filter((user) => user.type === type && user.name.toLowerCase() === name.toLowerCase());
    if (namesakes.length === 0) document.complain(["logins", l, "name"], `must be a ${type} of this file`);
    else if (!namesakes.some((user) => user.password === password))
      document.complain(["logins", l, "password"], "must be the password that this user has in this file");
  });
}

/** A goal is about HSMs of its file. */
function requireHsms(
  document: PositionedDocument,
  path: readonly (string | number)[],
  where: "all" | readonly string[],
  { clusters }: Pick<DrillContent, "clusters">,
): void {
  if (where === "all") return;
  const hsms = clusters.flatMap((cluster) => cluster.hsms);
  const unknown = where.filter((word) => !hsms.some((hsm) => namesHsm(word, hsm)));
  if (unknown.length > 0)
    document.complain(path, "must be all, or HSMs of this file: ids, hostnames, or hostname:port");
}
