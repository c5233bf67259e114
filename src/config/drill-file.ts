import type { Limits } from "../hsm/limits.ts";
import { namesHsm } from "./configuration.ts";
import type { Drill } from "./drill.ts";
import { drillWithin } from "./drill-schema.ts";
import { type PositionedDocument, positioned } from "./positioned-document.ts";
import type { ClusterFile } from "./schema.ts";
import { configurationOf, requireSense } from "./yaml-file.ts";

/** Reads a rehearsal, over HSMs with these limits. Throws ConfigurationError, with all mistakes of the file. */
export function readDrill(file: string, text: string, limits: Limits): Drill {
  const document = positioned(file, text);
  const content = document.validate(drillWithin(limits));
  requireSense(document, content, limits);
  content.goals.forEach((goal, g) => {
    if (goal.kind !== "inStep") requireHsms(document, ["goals", g, goal.kind, "on"], goal.where, content);
  });
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

/** A goal is about HSMs of its file. */
function requireHsms(
  document: PositionedDocument,
  path: readonly (string | number)[],
  where: "all" | readonly string[],
  { clusters }: Pick<ClusterFile, "clusters">,
): void {
  if (where === "all") return;
  const hsms = clusters.flatMap((cluster) => cluster.hsms);
  const unknown = where.filter((word) => !hsms.some((hsm) => namesHsm(word, hsm)));
  if (unknown.length > 0)
    document.complain(path, "must be all, or HSMs of this file: ids, hostnames, or hostname:port");
}
