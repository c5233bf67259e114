import type { FastifyInstance, FastifyPluginAsync } from "fastify";
import { perform } from "../../endpoint/aws/perform.ts";
import { isRegion } from "../../endpoint/aws/region-name.ts";
import { HomeTurns } from "../../endpoint/home-turns.ts";
import { isLoopback } from "../../endpoint/hosts.ts";
import { openServer } from "../../endpoint/server.ts";
import { StateError } from "../../errors/state-error.ts";
import { requireRoomForFolder } from "../../files/folder-room.ts";
import { rootsOf } from "../../fleet/service/roots.ts";
import { complain, tell } from "../process/standard-error.ts";
import { trace } from "../process/trace.ts";
import { untilEnded } from "../process/until-ended.ts";
import { HomeVisits } from "./home-visits.ts";
import { type FormRequest, type HomeRequest, findHome } from "./requested-home.ts";
import { requestLine, startLines } from "./serve-forms.ts";
import { serviceOf } from "./service-of-home.ts";
import { WordsError } from "./words-error.ts";

/** What is asked of `serve`. */
export interface ServeRequest extends FormRequest {
  /** 0 is any that is free. */
  readonly port: number;
  readonly host: string;
  /** The region of requests that are not signed. */
  readonly region: string;
  /** Milliseconds for which each transition is shown. */
  readonly delay: number;
  /** Whether no request is told of. */
  readonly quiet: boolean;
  /** The folder in which drills are started from the board; undefined is the one that the home is in. */
  readonly drills: string | undefined;
}

/** What a board is made of. */
export interface BoardRequest {
  readonly home: HomeRequest;
  readonly drills: string | undefined;
  readonly turns: HomeTurns;
  /** Told of what failed without a reason that somebody at the page could mend. */
  readonly failed: (error: unknown) => void;
}

/** A board, and the token by which it changes things. */
export interface OpenedBoard {
  readonly routes: FastifyPluginAsync;
  readonly token: string;
  /** Ends what it waits for. Never rejects. */
  readonly close: () => Promise<void>;
}

/** Milliseconds that requests which are under way at the end have. */
const patience = 3000;

/**
 * Answers over HTTP until somebody ends it, and returns the exit status: 0 after Ctrl-C.
 *
 * @param openBoard left out, there is no board
 */
export function serveHome(
  request: ServeRequest,
  openBoard?: (request: BoardRequest) => Promise<OpenedBoard>,
): Promise<number> {
  return untilEnded(async ({ writer, signal, patience: waits }) => {
    const { host, region, json, quiet } = request;
    if (!isRegion(region)) throw new WordsError(`--region ${region} is no region: name one such as us-east-1`);
    const turns = new HomeTurns();
    const visits = new HomeVisits(await findHome(request, waits), turns, tellFailure);
    // What cannot be a home, or a place for drills, is told now, and not to whoever asks first.
    await visits.reading(({ home }) => home.list());
    if (request.drills !== undefined) requireRoomForFolder(request.drills);
    const service = serviceOf(visits, request);
    const board = await openBoard?.({ home: request, drills: request.drills, turns, failed: tellFailure });
    const server = openServer({
      host,
      region,
      call: (call) => perform(service, call),
      roots: () => visits.changing(({ home }) => rootsOf(home)),
      answered: (answered) => {
        if (!quiet) tell(requestLine(answered, json));
      },
      failed: tellFailure,
      ...(board === undefined ? {} : { board: board.routes }),
    });
    try {
      const url = await listen(server, request);
      if (!isLoopback(host)) complain(`--host ${host}: whoever reaches this machine can change its HSMs`);
      const home = await visits.reading(({ home: { name } }) => Promise.resolve(name));
      writer.write(startLines({ url, home, region, token: board?.token }, json));
      await aborted(signal);
    } finally {
      const late = setTimeout(() => {
        server.server.closeAllConnections();
      }, patience);
      await board?.close();
      await server.close();
      clearTimeout(late);
      visits.end();
    }
    return 0;
  });
}

function tellFailure(error: unknown): void {
  complain(`unexpected error: ${error instanceof Error ? error.message : String(error)}`);
  trace(error);
}

/** Listens, and returns the URL. Throws {@link StateError} where it cannot. */
async function listen(server: FastifyInstance, { host, port }: ServeRequest): Promise<string> {
  try {
    await server.listen({ host, port });
  } catch (error) {
    throw notListening(error, host, port);
  }
  const bound = server.server.address();
  const shown = typeof bound === "object" && bound !== null ? bound.port : port;
  return `http://${host.includes(":") ? `[${host}]` : host}:${String(shown)}`;
}

function notListening(error: unknown, host: string, port: number): unknown {
  if (!(error instanceof Error && "syscall" in error && "code" in error)) return error;
  const where = `port ${String(port)} of ${host}`;
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: `${where} is taken: end the program that listens there, or name another port with --port`,
    EACCES: `${where} is not for you: name one above 1023 with --port`,
    EADDRNOTAVAIL: `this machine has no address ${host}: name another with --host`,
    ENOTFOUND: `nobody knows the name ${host}: name another with --host`,
  };
  return new StateError(reasons[String(error.code)] ?? `cannot listen at ${where}: ${error.message}`, { cause: error });
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => {
      resolve();
    });
  });
}
