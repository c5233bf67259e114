import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { isServerHome } from "../../config/home.ts";
import { board } from "../../endpoint/board/board.ts";
import { openHome } from "../home/open-home.ts";
import { findHome } from "../fleet/requested-home.ts";
import type { BoardRequest, OpenedBoard } from "../fleet/serve.ts";
import { ServedFleet } from "./served-fleet.ts";

/** Makes the board of a home, with a token of its own. Throws ConfigurationError. */
export async function openBoard({ home: request, drills, turns, failed }: BoardRequest): Promise<OpenedBoard> {
  const visit = await findHome(request);
  const name = await visit(({ home }) => Promise.resolve(home.name));
  const token = randomBytes(32).toString("base64url");
  const beside = isServerHome(name) ? process.cwd() : dirname(resolve(name));
  const fleet = new ServedFleet(request, await openHome(name), drills ?? beside, turns);
  const page = { script: pageFile("board.js"), style: pageFile("board-style.css") };
  return { routes: board({ fleet, page, token, failed }), token, close: () => fleet.close() };
}

/** A file of the page, which the build puts beside this code. */
function pageFile(name: string): string {
  return readFileSync(join(dirname(fileURLToPath(import.meta.url)), name), "utf8");
}
