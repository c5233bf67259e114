import type { Server } from "../../../cluster/server.ts";
import { command } from "../../../command/command.ts";
import { outputFile, userId, yesOrNo } from "../../../command/parameters.ts";
import { report } from "../../../command/report.ts";

/** Shows which keys a user can use on every server in scope (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-findAllKeys"). */
export const findAllKeys = command({
  name: "findAllKeys",
  summary: "Shows the keys a user owns or shares, and the key hash",
  description:
    "Shows the handles of the keys that a user can use: (o) owned by it, (s) shared with it, no mark for the public " +
    "keys of others. User 0 stands for all users; its keys have no marks. The key hash covers handle, owner, shares, " +
    "approvers and check value of every key of an HSM, whoever is asked about: HSMs in step have the same. Needs a CO " +
    "or AU.",
  example: "findAllKeys 3 1",
  modes: ["global", "server"],
  parameters: [
    userId("the id that listUsers shows; 0 for all users", "<user id>"),
    yesOrNo("hash", "<key hash (0/1)>", "1 shows the key hash too"),
    outputFile(),
  ],
  run(context, { userId: id, hash, file }) {
    const heading = (server: Server, position: number): readonly string[] => [
      ...(position > 0 && !hash ? [""] : []),
      context.dialect.keysHeading(server.label),
    ];
    return report(context, {
      command: "findAllKeys",
      request: async (server) => (await server.hsm()).keys.find(server.session, id, { hash }),
      lines: (server, listing, position) => [
        ...heading(server, position),
        ...context.dialect.keyList(listing.keys),
        ...(listing.hash === undefined ? [] : context.dialect.keyHash(listing.hash)),
      ],
      failureHeading: heading,
      confirmed: true,
      file,
    });
  },
});
