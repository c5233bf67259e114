import { outputFile, userId, yesOrNo } from "../../../command/parameters.ts";
import { type ServerLines } from "../../../command/answer-printer.ts";
import { serverCommand } from "../../../command/server-command.ts";

/** Shows which keys a user can use on every server in scope (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-findAllKeys"). */
export const findAllKeys = serverCommand({
  name: "findAllKeys",
  parameters: [
    userId("the id that listUsers shows; 0 for all users"),
    yesOrNo("hash", "<key hash>", "1 shows the key hash too"),
    outputFile(),
  ],
  request: (hsm, session, { userId: id, hash }) => hsm.keys.find(session, id, { hash }),
  lines: ({ value: listing, ...place }, { hash }) => [
    ...heading(place, hash),
    ...place.dialect.keyList(listing.keys),
    ...(listing.hash === undefined ? [] : place.dialect.keyHash(listing.hash)),
  ],
  failureHeading: (place, { hash }) => heading(place, hash),
  outputFile: ({ file }) => file,
  data: (listing) => listing,
});

function heading({ dialect, position, server }: ServerLines, hash: boolean): readonly string[] {
  return [...(position > 0 && !hash ? dialect.betweenKeyLists : []), dialect.keysHeading(server.label)];
}
