import { describe, expect, test } from "vitest";
import { backup, cluster, listedService } from "../../harness/listed-plane.ts";

const clusters = [
  { ...cluster, id: "cluster-a", vpcId: "vpc-1", state: "ACTIVE" },
  { ...cluster, id: "cluster-b", vpcId: "vpc-1", state: "UNINITIALIZED" },
  { ...cluster, id: "cluster-c", vpcId: "vpc-2", state: "ACTIVE" },
] as const;

const backups = [
  { ...backup, id: "backup-a", clusterId: "cluster-a", created: 1 },
  { ...backup, id: "backup-b", clusterId: "cluster-b", created: 2, neverExpires: true },
  {
    ...backup,
    id: "backup-c",
    clusterId: "cluster-a",
    created: 3,
    state: "PENDING_DELETION",
    sourceBackup: "backup-x",
  },
] as const;

type Input = Readonly<Record<string, unknown>>;

/** The ids in an answer, and its token. */
async function listed(
  operation: string,
  input: Input,
  lists: { clusters?: typeof clusters | readonly []; backups?: typeof backups } = { clusters, backups },
) {
  const answer = (await listedService(lists).call(operation, input)) as {
    readonly Clusters?: readonly { readonly ClusterId: string }[];
    readonly Backups?: readonly { readonly BackupId: string }[];
    readonly NextToken?: string;
  };
  const ids =
    answer.Clusters?.map(({ ClusterId }) => ClusterId) ?? answer.Backups?.map(({ BackupId }) => BackupId) ?? [];
  return { ids: ids.map((id) => id.slice(-1)).join(""), token: answer.NextToken };
}

test.each([
  ["DescribeClusters", {}, "abc"],
  ["DescribeClusters", { Filters: {} }, "abc"],
  ["DescribeClusters", { Filters: { clusterIds: ["cluster-c", "cluster-a"] } }, "ac"],
  ["DescribeClusters", { Filters: { vpcIds: ["vpc-1"], states: ["ACTIVE", "DEGRADED"] } }, "a"],
  ["DescribeClusters", { Filters: { states: ["UNINITIALIZED"] } }, "b"],
  ["DescribeClusters", { Filters: { clusterIds: ["cluster-z"] } }, ""],
  ["DescribeClusters", { Filters: { clusterIds: [] } }, ""],
  ["DescribeBackups", {}, "cba"],
  ["DescribeBackups", { SortAscending: true }, "abc"],
  ["DescribeBackups", { Shared: true }, ""],
  ["DescribeBackups", { Filters: { clusterIds: ["cluster-a"] } }, "ca"],
  ["DescribeBackups", { Filters: { backupIds: ["backup-b", "backup-c"], states: ["READY"] } }, "b"],
  ["DescribeBackups", { Filters: { sourceBackupIds: ["backup-x"] } }, "c"],
  ["DescribeBackups", { Filters: { neverExpires: ["true"] } }, "b"],
  ["DescribeBackups", { Filters: { neverExpires: ["false"] } }, "ca"],
])("%s %j", async (operation, input, ids) => {
  expect(await listed(operation, input)).toEqual({ ids, token: undefined });
});

describe("pages", () => {
  test.each(["DescribeClusters", "DescribeBackups"])(
    "of %s follow each other without a gap, and the last names none",
    async (operation) => {
      const first = await listed(operation, { MaxResults: 2 });
      expect(first.token?.length).toBeLessThanOrEqual(256);
      const second = await listed(operation, { MaxResults: 2, NextToken: first.token });
      expect(second.token).toBeUndefined();
      expect(first.ids + second.ids).toBe((await listed(operation, {})).ids);
    },
  );

  test("a page that holds all that is left names none", async () => {
    expect(await listed("DescribeClusters", { MaxResults: 3 })).toEqual({ ids: "abc", token: undefined });
  });

  test("what goes meanwhile neither shifts nor doubles what is left", async () => {
    const { token } = await listed("DescribeBackups", { MaxResults: 2 });
    const [a, b, c] = backups;
    const left = async (lists: readonly (typeof backups)[number][]) =>
      (await listed("DescribeBackups", { NextToken: token }, { backups: lists as unknown as typeof backups })).ids;
    expect(await left([a, b])).toBe("a");
    expect(await left([a, c])).toBe("");
    expect(await left([a, b, c, { ...c, id: "backup-d" } as unknown as typeof c])).toBe("a");
    expect(await left([])).toBe("");
  });

  test("a token is of one question only", async () => {
    const { token } = await listed("DescribeBackups", { MaxResults: 1 });
    const { call } = listedService({ clusters, backups });
    const asked = (operation: string, input: Input, region?: string) =>
      call(operation, { NextToken: token, ...input }, region);
    await expect(asked("DescribeBackups", {})).resolves.toBeDefined();
    await expect(asked("DescribeBackups", { MaxResults: 50 })).resolves.toBeDefined();
    for (const refused of [
      asked("DescribeClusters", {}),
      asked("DescribeBackups", { SortAscending: true }),
      asked("DescribeBackups", { Filters: { states: ["READY"] } }),
      asked("DescribeBackups", {}, "eu-west-1"),
      asked("DescribeBackups", { NextToken: `${token ?? ""}AA` }),
    ]) {
      await expect(refused).rejects.toMatchObject({ type: "CloudHsmInvalidRequestException" });
    }
  });

  test("tags have pages, too", async () => {
    const tags = ["a", "b", "c"].map((key) => ({ key, value: "" }));
    const { call } = listedService({ tags });
    const first = (await call("ListTags", { ResourceId: "cluster-a", MaxResults: 2 })) as {
      readonly NextToken: string;
    };
    expect(first).toMatchObject({
      TagList: [
        { Key: "a", Value: "" },
        { Key: "b", Value: "" },
      ],
    });
    const rest = await call("ListTags", { ResourceId: "cluster-a", NextToken: first.NextToken });
    expect(rest).toEqual({ TagList: [{ Key: "c", Value: "" }], NextToken: undefined });
  });
});
