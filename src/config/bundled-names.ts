/** The configurations that come with this program, each `config/<name>.yaml`: after an installation, nobody knows where. */
export const bundledNames = [
  "cluster",
  "new-cluster",
  "cloned-clusters",
  "keys",
  "quorum",
  "two-factor",
  "azure",
  "oracle",
  "alibaba",
] as const;
