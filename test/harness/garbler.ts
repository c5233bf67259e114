import type { InjectOptions } from "fastify";
import { serviceOperations } from "../../src/config/service-operation.ts";

type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value };

/** What takes the place of a value: of each type, at the borders of what is allowed, and what breaks programs. */
const odd: readonly Value[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e308,
  25,
  26,
  50,
  51,
  100,
  101,
  2 ** 53,
  "",
  " ",
  "0",
  "7",
  "379",
  "380",
  "DAYS",
  "true",
  "us-east-1a",
  "us-east-1c",
  "eu-west-1",
  "subnet-0a1b2c3d",
  "10.0.0.1",
  "999.1.1.1",
  "hsm2m.medium",
  "FIPS",
  "NON_FIPS",
  "DUALSTACK",
  "__proto__",
  "constructor",
  "toString",
  "\u0000",
  "\n",
  "\ud800",
  "\u202e",
  "${x}",
  "' OR 1=1 --",
  "../../etc/passwd",
  "a".repeat(300),
  "é".repeat(129),
  "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
  "ACTIVE",
  "READY",
  [],
  [[]],
  [null],
  ["a"],
  ["a", "a"],
  {},
  { Key: "a" },
  { Key: "a", Value: "b" },
  { Type: "DAYS", Value: "90" },
  { clusterIds: ["a"] },
  { states: [] },
  { neverExpires: ["true"] },
  JSON.parse('{"__proto__":{"a":1}}') as Value,
];

const longest = JSON.stringify("x".repeat(140_000));

const makers: ReadonlySet<string> = new Set(["CreateCluster", "CreateHsm", "CopyBackupToRegion"]);

/** Makes requests of the service that are right, nearly right or wrong: the same ones for the same seed. */
export class Garbler {
  #state: number;
  /** Ids that answers had, by the kind in front of the hyphen. */
  readonly #ids = new Map<string, string[]>();
  #arns: string[] = ["arn:aws:cloudhsm:us-east-1:123456789012:backup/backup-aaaaaaaaaaa"];
  #tokens: string[] = ["foreign"];

  constructor(seed: number) {
    this.#state = seed;
    this.#ids.set("cluster", ["cluster-aaaaaaaaaaa"]);
    this.#ids.set("hsm", ["hsm-aaaaaaaaaaa"]);
    this.#ids.set("backup", ["backup-aaaaaaaaaaa"]);
  }

  /** Takes ids and tokens from an answer, to ask for them. */
  learn(body: string): void {
    for (const [id = "", kind = ""] of body.matchAll(/\b(cluster|hsm|backup)-[a-z2-7]{11}\b/g)) {
      const ids = this.#ids.get(kind) ?? [];
      if (!ids.includes(id)) this.#ids.set(kind, [...ids.slice(-5), id]);
    }
    this.#arns = [...this.#arns, ...Array.from(body.matchAll(/"BackupArn":"([^"]+)"/g), ([, arn = ""]) => arn)].slice(
      -5,
    );
    this.#tokens = [
      ...this.#tokens,
      ...Array.from(body.matchAll(/"NextToken":"([^"]+)"/g), ([, token = ""]) => token),
    ].slice(-5);
  }

  /** One more request. */
  request(): InjectOptions {
    const operation = this.#chance(0.03)
      ? this.#one(["", "DescribeCluster", "toString", "__proto__"])
      : this.#operation();
    let input: Value = this.#inputOf(operation);
    while (this.#chance(0.4)) input = this.#garbled(input);
    const headers: Record<string, string> = { host: "localhost", "x-amz-target": `BaldrApiService.${operation}` };
    if (this.#chance(0.5)) headers["authorization"] = this.#authorization();
    if (this.#chance(0.3))
      headers["content-type"] = this.#one([
        "application/x-amz-json-1.1",
        "text/plain",
        "application/json",
        ";",
        "multipart/form-data; boundary=x",
      ]);
    if (this.#chance(0.02)) delete headers["x-amz-target"];
    if (this.#chance(0.02))
      headers["host"] = this.#one(["evil.example", "", "127.0.0.1.evil.example", "[", "localhost:99999999"]);
    const url = this.#chance(0.05) ? this.#one(["/x", "/%zz", "//", "/a?b=c", "/%00", `/${"a".repeat(3000)}`]) : "/";
    const method = this.#chance(0.02) ? this.#one(["PUT", "DELETE", "OPTIONS", "PATCH"] as const) : "POST";
    return { method, url, headers, payload: this.#payload(JSON.stringify(input)) };
  }

  /** What makes something is seldom asked for, or lists would be long and slow. */
  #operation(): string {
    const operation = this.#one(serviceOperations);
    return makers.has(operation) && this.#chance(0.85) ? this.#one(["DeleteCluster", "DeleteHsm"]) : operation;
  }

  #inputOf(operation: string): Value {
    const [cluster, hsm, backup] = [this.#id("cluster"), this.#id("hsm"), this.#id("backup")];
    const page = this.#chance(0.5)
      ? {}
      : { MaxResults: this.#one([1, 2, 25]), ...(this.#chance(0.5) ? { NextToken: this.#one(this.#tokens) } : {}) };
    const inputs: Readonly<Record<string, Value>> = {
      CreateCluster: {
        HsmType: "hsm1.medium",
        SubnetIds: ["subnet-0a1b2c3d"],
        ...(this.#chance(0.3) ? { SourceBackupId: backup } : {}),
      },
      DescribeClusters: {
        ...page,
        ...(this.#chance(0.3) ? { Filters: { clusterIds: [cluster], states: ["ACTIVE"] } } : {}),
      },
      ModifyCluster: { ClusterId: cluster, BackupRetentionPolicy: { Type: "DAYS", Value: "30" } },
      InitializeCluster: { ClusterId: cluster, SignedCert: "a", TrustAnchor: "b" },
      DeleteCluster: { ClusterId: cluster },
      CreateHsm: { ClusterId: cluster, AvailabilityZone: "us-east-1a" },
      DeleteHsm: { ClusterId: cluster, HsmId: hsm },
      DescribeBackups: {
        ...page,
        SortAscending: this.#chance(0.5),
        ...(this.#chance(0.3) ? { Filters: { backupIds: [backup] } } : {}),
      },
      CopyBackupToRegion: { DestinationRegion: "eu-west-1", BackupId: backup },
      DeleteBackup: { BackupId: backup },
      RestoreBackup: { BackupId: backup },
      ModifyBackupAttributes: { BackupId: backup, NeverExpires: this.#chance(0.5) },
      TagResource: {
        ResourceId: this.#one([cluster, backup]),
        TagList: [{ Key: this.#one(["a", "b", "c"]), Value: "x" }],
      },
      UntagResource: { ResourceId: this.#one([cluster, backup]), TagKeyList: ["a"] },
      ListTags: { ResourceId: this.#one([cluster, backup]), ...page },
      PutResourcePolicy: { ResourceArn: this.#one(this.#arns), Policy: "{}" },
      GetResourcePolicy: { ResourceArn: this.#one(this.#arns) },
      DeleteResourcePolicy: { ResourceArn: this.#one(this.#arns) },
    };
    return Object.hasOwn(inputs, operation) ? (inputs[operation] ?? {}) : {};
  }

  /** The same with one value changed, added or left out. */
  #garbled(value: Value): Value {
    if (this.#chance(0.2)) return this.#one(odd);
    if (Array.isArray(value)) {
      const items = value as readonly Value[];
      if (items.length === 0 || this.#chance(0.3))
        return Array.from({ length: this.#one([1, 2, 11, 51]) }, () => this.#one(odd));
      const at = this.#below(items.length);
      return items.map((item, each) => (each === at ? this.#garbled(item) : item));
    }
    if (typeof value !== "object" || value === null) return this.#one(odd);
    const members = Object.entries(value as Readonly<Record<string, Value>>);
    const [name, old] =
      members.length === 0 || this.#chance(0.2)
        ? [this.#one(["Extra", "__proto__", "MaxResults", "Filters"]), null]
        : this.#one(members);
    if (this.#chance(0.2)) return Object.fromEntries(members.filter(([other]) => other !== name));
    return { ...(value as Readonly<Record<string, Value>>), [name]: this.#garbled(old) };
  }

  #payload(text: string): string | Buffer {
    if (!this.#chance(0.05)) return text;
    const at = this.#below(text.length + 1);
    const bytes = Buffer.from(text);
    bytes[at % bytes.length] = this.#below(256);
    return this.#one([
      text.slice(0, at),
      `${text}}`,
      "",
      "[]",
      "null",
      "1",
      '"a"',
      "[".repeat(60_000),
      '{"a":'.repeat(20_000) + "1" + "}".repeat(20_000),
      longest,
      bytes,
    ]);
  }

  #authorization(): string {
    const region = this.#chance(0.1)
      ? this.#one(["mars", "", "us-east-1/x", "../..", "us-gov-west-1"])
      : this.#one(["us-east-1", "us-east-1", "eu-west-1"]);
    return `AWS4-HMAC-SHA256 Credential=test/20261124/${region}/cloudhsm/aws4_request, Signature=0`;
  }

  #id(kind: string): string {
    return this.#one(this.#ids.get(kind) ?? []);
  }

  #one<T>(values: readonly T[]): T {
    return values[this.#below(values.length)] as T;
  }

  #chance(part: number): boolean {
    return this.#next() < part;
  }

  #below(limit: number): number {
    return Math.floor(this.#next() * limit);
  }

  /** mulberry32 */
  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }
}
