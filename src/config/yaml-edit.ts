import { type YAMLSeq, isMap, isNode, isScalar, isSeq, parseDocument } from "yaml";
import { defaultPort } from "./configuration.ts";
import { scalar } from "./scalar.ts";

/** An HSM as a line of a configuration says it. */
export interface ListedHsm {
  readonly id: string;
  readonly hostname: string;
  readonly port: number;
}

/** A cluster as a line of a configuration says it. */
export interface ListedCluster {
  readonly id: string;
  readonly region: string | undefined;
  readonly cloneOf: string;
  readonly hsms: readonly ListedHsm[];
}

/** An HSM as an item of a list, which is YAML on one line. */
export function hsmItem({ id, hostname, port }: ListedHsm): string {
  const at = port === defaultPort ? "" : `, port: ${String(port)}`;
  return `{ id: ${scalar(id)}, hostname: ${scalar(hostname)}${at} }`;
}

/** A clone as an item of a list, which is YAML on one line. */
export function clusterItem({ id, region, cloneOf, hsms }: ListedCluster): string {
  const where = region === undefined ? "" : `, region: ${scalar(region)}`;
  return `{ id: ${scalar(id)}${where}, cloneOf: ${scalar(cloneOf)}, hsms: [${hsms.map(hsmItem).join(", ")}] }`;
}

/**
 * The text of a YAML configuration with one HSM more at the end of a cluster, and otherwise byte for byte as it was. Undefined
 * where the text lists no such cluster, or in a way that cannot be edited.
 */
export function withHsm(text: string, clusterId: string, hsm: ListedHsm): string | undefined {
  const cluster = clustersOf(text)?.items.find((item) => isMap(item) && item.get("id") === clusterId);
  const hsms = isMap(cluster) ? cluster.get("hsms", true) : undefined;
  return isSeq(hsms) ? withItem(text, hsms, hsmItem(hsm)) : undefined;
}

/** The same with one cluster more at its end. */
export function withCluster(text: string, cluster: ListedCluster): string | undefined {
  const clusters = clustersOf(text);
  return clusters === undefined ? undefined : withItem(text, clusters, clusterItem(cluster));
}

/** The same with another id for an HSM. */
export function withHsmId(text: string, id: string, fresh: string): string | undefined {
  for (const cluster of clustersOf(text)?.items ?? []) {
    const hsms = isMap(cluster) ? cluster.get("hsms", true) : undefined;
    for (const hsm of isSeq(hsms) ? hsms.items : []) {
      const found = isMap(hsm) ? hsm.get("id", true) : undefined;
      if (!isScalar(found) || found.value !== id || !found.range) continue;
      return text.slice(0, found.range[0]) + scalar(fresh) + text.slice(found.range[1]);
    }
  }
  return undefined;
}

function clustersOf(text: string): YAMLSeq | undefined {
  const { contents, errors } = parseDocument(text);
  if (errors.length > 0 || !isMap(contents)) return undefined;
  const clusters = contents.get("clusters", true);
  return isSeq(clusters) ? clusters : undefined;
}

/** The text with an item more behind the last one of a list. */
function withItem(text: string, list: YAMLSeq, item: string): string | undefined {
  const last = list.items.at(-1);
  if (!isNode(last) || !last.range || !list.range) return undefined;
  const [, end] = last.range;
  if (list.flow === true) return `${text.slice(0, end)}, ${item}${text.slice(end)}`;
  const begin = list.range[0];
  const indent = " ".repeat(begin - (text.lastIndexOf("\n", begin - 1) + 1));
  const lineBreak = text.includes("\r\n") ? "\r\n" : "\n";
  const next = text[end - 1] === "\n" ? end : text.indexOf("\n", end) + 1;
  const line = `${indent}- ${item}${lineBreak}`;
  // The last line of a file may lack its end.
  return next === 0 ? `${text}${lineBreak}${line}` : text.slice(0, next) + line + text.slice(next);
}
