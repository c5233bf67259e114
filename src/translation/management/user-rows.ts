import { hiddenPassword } from "../../command/parameters.ts";
import { lines, none, notNeeded } from "../words/counterpart.ts";
import { clusterIds, quoted, userAndRole, userName, userOfId, variable } from "../words/new-words.ts";
import { type NewPassword, newPassword } from "../words/passwords.ts";
import { pipesAreTheShells } from "../words/single-command-mode.ts";
import { type Row, type Rows, type Said, type SoFar, type Step, approval, given } from "./row.ts";

const fileOfToken = "the file is another than CMU's: sign it while the tool waits, then answer its two prompts";

/** A row of a command that an approved token is used up by. */
function usingApproval(row: (said: Said, approvedBy: string, soFar: SoFar) => Step): Row["step"] {
  return (said, soFar) => {
    const option = approval(soFar, "user", quoted);
    const step = row(said, option, soFar);
    return option === "" ? step : { ...step, then: { ...step.then, approved: undefined } };
  };
}

function whose(said: Said): string {
  return userAndRole(given(said, "name"), given(said, "type"));
}

function isPreco(said: Said): boolean {
  return ["PRECO", "preCO"].includes(given(said, "type"));
}

/** The password of a line, which may be on it. */
function passwordOf(said: Said, { isFilledIn }: SoFar): NewPassword {
  const word = said("password");
  return newPassword(word === hiddenPassword ? undefined : word, isFilledIn);
}

/** What jq is given to find a user, whose name is in lower case there. */
function userNamed(name: string): string {
  if (variable.test(name)) {
    return `--arg name ${quoted(name)} '.data.users[] | select(.username == ($name | ascii_downcase))'`;
  }
  return `'.data.users[] | select(.username == "${userName(name).toLowerCase()}")'`;
}

function secondFactor(said: Said, option: NewPassword["option"], file: string): string {
  return `user change-mfa token-sign ${whose(said)}${option("--change-password")} --token ${quoted(file)}`;
}

/** What is about users and who is logged in. */
export const userRows: Rows = {
  loginHSM: {
    passwords: 1,
    step: (said, soFar) => {
      if (isPreco(said)) {
        return { ...notNeeded("cluster activate needs no login"), then: { activation: "before" } };
      }
      const factor = said("secondFactor");
      const signed = factor === undefined ? "" : ` mfa-token-sign --token ${quoted(factor)}`;
      const { option, pin, notes } = passwordOf(said, soFar);
      return {
        ...lines(
          [`login ${whose(said)}${option("--password")}${signed}`],
          ...notes,
          factor === undefined
            ? `as single commands instead: CLOUDHSM_ROLE=${roleIn(said)} ${pin(userName(given(said, "name")))}`
            : fileOfToken,
        ),
        then: { activation: undefined },
      };
    },
  },
  logoutHSM: {
    step: (_said, { activation }) => ({
      ...(activation === undefined ? lines(["logout"]) : notNeeded("nobody is logged in there")),
      then: { activation: undefined, token: undefined, approved: undefined },
    }),
  },
  listUsers: {
    step: () =>
      lines(
        ["user list"],
        "one JSON answer for the cluster, read with jq: no user ids, names in lower case, of wrong passwords only locked; " +
          "cluster-coverage is inconsistent where HSMs differ",
      ),
  },
  getUserInfo: {
    step: (said) => {
      const file = said("file");
      const into = file === undefined ? "" : ` > ${quoted(file)}`;
      return lines([`user list | jq ${userNamed(given(said, "name"))}${into}`], pipesAreTheShells);
    },
  },
  createUser: {
    passwords: 2,
    step: usingApproval((said, approvedBy, soFar) => {
      const factor = said("secondFactor");
      const { option, notes } = passwordOf(said, soFar);
      const created = `user create ${whose(said)}${option("--password")}${approvedBy}`;
      if (factor === undefined) return lines([created], ...notes, secondRun);
      return lines(
        [created, secondFactor(said, option, factor)],
        ...notes,
        "the second step sets a new password",
        fileOfToken,
      );
    }),
  },
  deleteUser: { step: usingApproval((said, approvedBy) => lines([`user delete ${whose(said)}${approvedBy}`])) },
  changePswd: {
    passwords: 2,
    step: usingApproval((said, approvedBy, soFar) => {
      const { option, notes } = passwordOf(said, soFar);
      if (isPreco(said) || soFar.activation === "before") {
        const activate = `cluster activate${option("--password")}`;
        const activated = lines([activate], ...notes, "logs nobody in: what follows takes a login");
        return { ...activated, then: { activation: "after" } };
      }
      const factor = said("secondFactor");
      if (factor !== undefined) {
        return lines([`${secondFactor(said, option, factor)}${approvedBy}`], ...notes, fileOfToken);
      }
      const lost =
        "changePswd took second factor and quorum key away; here --deregister-mfa and --deregister-quorum do";
      return lines([`user change-password ${whose(said)}${option("--password")}${approvedBy}`], ...notes, lost);
    }),
  },
  syncUser: {
    step: (said) =>
      none(
        "the new tool copies no user from one HSM to another",
        "within the cluster, user create with the same name and role fills the gaps",
        `to a clone: user replicate --username ${userOfId(given(said, "userId"))} --role <admin|crypto-user> ${clusterIds}`,
      ),
  },
  getUserDiffMap: {
    step: () => none("the new tool does not show on which HSM a user is missing: user list says inconsistent at most"),
  },
};

const secondRun = "where the user is there already, this fails, and so does a script that runs twice";

function roleIn(said: Said): string {
  return whose(said).replace(/^.* --role /, "");
}
