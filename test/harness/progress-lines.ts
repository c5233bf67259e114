const amounts = String.raw`\d+ of \d+ (?:passwords|keys|users and keys|HSMs)`;
const advice = "passwordCost: 10 in the cluster makes passwords faster|fewer and smaller RSA keys take less time";
const progress = new RegExp(
  `^(?:cloudhsm_mgmt_util|azcloudhsm_mgmt_util|user_mgmt_util|hsm_mgmt_tool|key_mgmt_util|cloudhsm-sim): (?:creating: ${amounts}(?:, ${amounts})*|creating takes a while: (?:${advice})` +
    "|another shell is creating HSMs in [^\n]+: waiting for it|another program changes what is in [^\n]+: waiting for it)\n",
  "gm",
);

/** Takes away what a first start, or a change of a fleet, says of its course: whether it says it, a slow machine decides. */
export function withoutProgress(stderr: string): string {
  return stderr.replace(progress, "");
}
