import { hiddenPassword } from "../../command/parameters.ts";
import { type Counterpart, lines, none, notNeeded } from "../words/counterpart.ts";
import { asksForPassword, passwordNotes, quoted, userAndRole, userName } from "../words/new-words.ts";
import { type Row, type Rows, type Said, type SoFar, approval, given } from "./row.ts";

const fileOfToken = "the file is another than CMU's: sign it while the tool waits, then answer its two prompts";

/** A row of a command that an approved token is used up by. */
function usingApproval(row: (said: Said, approvedBy: string, soFar: SoFar) => Counterpart): Row["step"] {
  return (said, soFar) => {
    const option = approval(soFar, "user", quoted);
    return { ...row(said, option, soFar), ...(option === "" ? {} : { then: { approved: undefined } }) };
  };
}

function whose(said: Said): string {
  return userAndRole(given(said, "name"), given(said, "type"));
}

function isPreco(said: Said): boolean {
  return ["PRECO", "preCO"].includes(given(said, "type"));
}

/** The password where it is on the line. */
function typedPassword(said: Said): string | undefined {
  const word = said("password");
  return word === hiddenPassword ? undefined : word;
}

/** What is about users and who is logged in. */
export const userRows: Rows = {
  loginHSM: {
    passwords: 1,
    step: (said) => {
      if (isPreco(said)) {
        return { ...notNeeded("cluster activate needs no login"), then: { isUnactivated: true } };
      }
      const factor = said("secondFactor");
      const signed = factor === undefined ? "" : ` mfa-token-sign --token ${quoted(factor)}`;
      const notes = [
        asksForPassword,
        "as single commands instead: " +
          `CLOUDHSM_ROLE=${roleIn(said)} CLOUDHSM_PIN=${userName(given(said, "name"))}:<password>`,
        ...(factor === undefined ? [] : [fileOfToken]),
        ...passwordNotes(typedPassword(said)),
      ];
      return { ...lines([`login ${whose(said)}${signed}`], ...notes), then: { isUnactivated: false } };
    },
  },
  logoutHSM: {
    step: () => ({ ...lines(["logout"]), then: { isUnactivated: false, token: undefined, approved: undefined } }),
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
      const name = userName(given(said, "name")).toLowerCase();
      const file = said("file");
      const into = file === undefined ? "" : ` > ${quoted(file)}`;
      return lines([`user list | jq '.data.users[] | select(.username == "${name}")'${into}`], pipesAreTheShells);
    },
  },
  createUser: {
    passwords: 2,
    step: usingApproval((said, approvedBy) => {
      const factor = said("secondFactor");
      const created = `user create ${whose(said)}${approvedBy}`;
      const notes = [asksForPassword, ...passwordNotes(typedPassword(said))];
      if (factor === undefined) return lines([created], ...notes, secondRun);
      return lines(
        [created, `user change-mfa token-sign ${whose(said)} --token ${quoted(factor)}`],
        ...notes,
        "the second step sets a new password",
        fileOfToken,
      );
    }),
  },
  deleteUser: { step: usingApproval((said, approvedBy) => lines([`user delete ${whose(said)}${approvedBy}`])) },
  changePswd: {
    passwords: 2,
    step: usingApproval((said, approvedBy, { isUnactivated }) => {
      const notes = [asksForPassword, ...passwordNotes(typedPassword(said))];
      if (isPreco(said) || isUnactivated)
        return lines(["cluster activate"], ...notes, "logs nobody in: what follows takes a login");
      const factor = said("secondFactor");
      if (factor !== undefined) {
        const changed = `user change-mfa token-sign ${whose(said)} --token ${quoted(factor)}${approvedBy}`;
        return lines([changed], ...notes, fileOfToken);
      }
      const lost =
        "changePswd took second factor and quorum key away; here --deregister-mfa and --deregister-quorum do";
      return lines([`user change-password ${whose(said)}${approvedBy}`], ...notes, lost);
    }),
  },
  syncUser: {
    step: () =>
      none(
        "the new tool copies no user from one HSM to another",
        "within the cluster, user create with the same name and role fills the gaps",
        "to a clone: user replicate, with the ids of both clusters",
      ),
  },
  getUserDiffMap: {
    step: () => none("the new tool does not show on which HSM a user is missing: user list says inconsistent at most"),
  },
};

const secondRun = "where the user is there already, this fails, and so does a script that runs twice";

/** What is said of a line with a pipe. */
export const pipesAreTheShells = "a pipe takes single command mode: cloudhsm-cli before the line";

function roleIn(said: Said): string {
  return whose(said).replace(/^.* --role /, "");
}
