import { offeredOf } from "../../src/command/offer.ts";
import { commands as declared } from "../../src/commands/management/command-table.ts";
import { aws } from "../../src/dialects/aws/aws.ts";

/** The commands of the shell that tests type into. */
export const commands = offeredOf(aws.offer, declared);
