import { answered } from "../ask-nodes.ts";
import { keyCommand } from "../key-command.ts";

/** Says who is logged in through this shell; "key_mgmt_util-help" has its name alone. No HSM is asked. */
export const loginStatus = keyCommand({
  name: "loginStatus",
  description: "Gets the Login Information.",
  options: {},
  run(context) {
    const { cluster, words } = context;
    const login = cluster.servers.find((server) => server.login !== undefined)?.login;
    const blocks = [[words.loginState(login)], [words.returned("loginStatus")]];
    return Promise.resolve(answered(context, "done", [], blocks));
  },
});
