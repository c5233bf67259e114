import type { FastifyPluginAsync, FastifyReply } from "fastify";
import { ProgramError } from "../../errors/program-error.ts";
import { denialOf } from "./access.ts";
import { type ChangeName, changeNames, readChange } from "./change.ts";
import { stream } from "./event-stream.ts";
import type { ShownFleet } from "./shown-fleet.ts";
import type { RowKind } from "./snapshot.ts";
import { Watchers } from "./watchers.ts";

/** The files of the page: text by name. */
interface PageFiles {
  readonly script: string;
  readonly style: string;
}

/** What the board is made of. */
export interface BoardParts {
  readonly fleet: ShownFleet;
  readonly page: PageFiles;
  /** Who has it may change things. */
  readonly token: string;
  /** Told of what failed without a reason that somebody at the page could mend. */
  readonly failed: (error: unknown) => void;
}

const headers = {
  "content-security-policy":
    "default-src 'none'; img-src 'self'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-store",
} as const;

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>cloudhsm-sim: the board</title>
<link rel="icon" href="/board/icon">
<link rel="stylesheet" href="/board/board.css">
<script type="module" src="/board/board.js"></script>
</head>
<body><div id="board"></div><noscript>The board is drawn by a script of this server: allow scripts here.</noscript></body>
</html>
`;

/** The page at `/`, what it asks for, and the changes that it sends. */
export function board({ fleet, page: files, token, failed }: BoardParts): FastifyPluginAsync {
  return (server) => {
    const watchers = new Watchers(fleet);
    const open = new Set<() => void>();
    const give = (reply: FastifyReply, type: string, text: string) => reply.headers(headers).type(type).send(text);
    server.get("/", (_request, reply) => give(reply, "text/html; charset=utf-8", page));
    server.get("/board/board.js", (_request, reply) => give(reply, "text/javascript; charset=utf-8", files.script));
    server.get("/board/board.css", (_request, reply) => give(reply, "text/css; charset=utf-8", files.style));
    // Browsers ask for one, and find nothing to blame the page for.
    server.get("/board/icon", (_request, reply) => reply.headers(headers).code(204).send());
    server.get("/board/fault-words", (_request, reply) => reply.headers(headers).send(fleet.faultWords));
    server.get<{ readonly Querystring: Readonly<Record<string, unknown>> }>("/board/rows", (request, reply) => {
      const { home, cluster, kind } = request.query;
      const asked = { home: String(home), cluster: String(cluster), kind: String(kind) as RowKind };
      return reply.headers(headers).send(fleet.rows(asked));
    });
    let isEnding = false;
    server.get("/board/events", (_request, reply) => {
      // A page comes back at once, while the server is still about to end.
      if (isEnding)
        return reply
          .code(503)
          .headers({ ...headers, connection: "close" })
          .send();
      reply.hijack();
      const end = stream(reply.raw, watchers);
      open.add(end);
      reply.raw.on("close", () => open.delete(end));
      return reply;
    });
    server.addHook("preClose", (done) => {
      isEnding = true;
      for (const end of open) end();
      done();
    });
    server.post<{ readonly Params: { readonly change: string } }>("/board/:change", {
      onRequest: (request, reply, done) => {
        const denial = denialOf(request.headers, token);
        if (denial === undefined) done();
        else void reply.code(denial.status).headers(headers).send({ message: denial.message });
      },
      handler: async (request, reply) => {
        reply.headers(headers);
        const { change: name } = request.params;
        if (!isChange(name)) return reply.code(404).send({ message: `the board has no change ${name}` });
        const change = readChange(name, request.body);
        if (change.name === undefined) return reply.code(400).send({ message: change.problem });
        return reply.send({ message: await fleet.change(change) });
      },
      errorHandler: (error, _request, reply) => {
        const isKnown = error instanceof ProgramError;
        const isAsked = "statusCode" in error && typeof error.statusCode === "number" && error.statusCode < 500;
        const status = isKnown ? 409 : isAsked ? 400 : 500;
        if (status === 500) failed(error);
        void reply
          .code(status)
          .headers(headers)
          .send({ message: status === 500 ? "it failed unexpectedly: CLOUDHSM_DEBUG=1 shows why" : error.message });
      },
    });
    return Promise.resolve();
  };
}

function isChange(name: string): name is ChangeName {
  return (changeNames as readonly string[]).includes(name);
}
