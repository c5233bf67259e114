/** The old tools, by the names of their programs. */
export const tools = ["cloudhsm_mgmt_util", "key_mgmt_util"] as const;

/** One of {@link tools}. */
export type Tool = (typeof tools)[number];

/** The tools of other vendors, which CloudHSM CLI takes no place of, and whose they are. */
export const foreignTools: ReadonlyMap<string, string> = new Map([
  ["azcloudhsm_mgmt_util", "Azure Cloud HSM"],
  ["azcloudhsm_util", "Azure Cloud HSM"],
  ["user_mgmt_util", "OCI Dedicated KMS"],
  ["hsm_mgmt_tool", "Alibaba Cloud HSM"],
  ["key_mgmt_tool", "Alibaba Cloud HSM"],
]);
