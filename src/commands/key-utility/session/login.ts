import { type Answer, isDone } from "../../../cluster/answer.ts";
import type { Login } from "../../../hsm/hsm.ts";
import { offerPassword } from "../../../hsm/password-offer.ts";
import { HsmError } from "../../../hsm/return-code.ts";
import { answered, nodeAnswers } from "../ask-nodes.ts";
import { clientCodes } from "../client-codes.ts";
import { type KeyContext, keyCommand } from "../key-command.ts";
import { switchOf, text, withWord } from "../options.ts";

const options = {
  type: withWord("-u", ["User type", "<user type>", "specifies the type of user: CU"], text, { isRequired: true }),
  name: withWord("-s", ["User name", "<username>", "specifies the name of the user"], text, { isRequired: true }),
  password: withWord("-p", ["Password", "<password>", "specifies the password"], text, { isSecret: true }),
  hidden: switchOf("-hpswd", "Hidden password", "asks for the password, and does not show it"),
} as const;

/** Logs a crypto user in on every node that grants it (AWS CloudHSM User Guide, "key_mgmt_util-loginHSM"). */
export const loginHsm = keyCommand({
  name: "loginHSM",
  description: "Login to the HSM.",
  options,
  problems: ({ password, hidden = false }) =>
    password === undefined && !hidden ? ["Error: Password (-p) is missing."] : [],
  async run(context, { type = "", name: user = "", password }) {
    const { cluster, dialect, questions, words } = context;
    if (type !== "CU") {
      const blocks = [[words.returned("login", new HsmError("INVALID_USER_TYPE"))], words.nodes([])];
      return answered(context, "failed", [], blocks);
    }
    const secret = offerPassword(password ?? (await questions.askHidden(dialect.password)));
    const credentials = { type, name: user, password: secret };
    // A node that cannot prepare refuses the login below, which tells of it.
    await Promise.allSettled(cluster.servers.map((server) => server.ask((hsm) => hsm.logins.prepare(credentials))));
    const answers = await logIn(context, (server) => server.ask((hsm) => hsm.logins.login(credentials)));
    const isIn = answers.some(isDone);
    return answered(context, isIn ? "done" : "failed", answers, [
      [words.returned("login", isIn ? undefined : clientCodes.loginRefused)],
      words.nodes(nodeAnswers(words, answers)),
    ]);
  },
});

/**
 * The first node decides: where it refuses, the others are not asked, and count no wrong password. A node that lacks the
 * user, or cannot be reached, decides nothing.
 */
async function logIn(
  { cluster }: KeyContext,
  ask: (server: KeyContext["cluster"]["servers"][number]) => Promise<Answer<Login>>,
): Promise<readonly Answer<Login>[]> {
  const answers: Answer<Login>[] = [];
  for (const server of cluster.servers) {
    const answer = await ask(server);
    answers.push(answer);
    if (isDone(answer)) server.remember(answer.value);
    else if (!answers.some(isDone) && !undecided.has(answer.error.returnCode)) break;
  }
  return answers;
}

const undecided: ReadonlySet<string> = new Set(["SERVER_UNAVAILABLE", "UNKNOWN_USER_NAME"]);
