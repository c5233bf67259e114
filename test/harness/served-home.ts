import type { FastifyInstance } from "fastify";
import { onTestFinished } from "vitest";
import { HomeVisits } from "../../src/app/fleet/home-visits.ts";
import type { Visit } from "../../src/app/fleet/requested-home.ts";
import { type ServiceTraits, serviceOf } from "../../src/app/fleet/service-of-home.ts";
import { readYaml } from "../../src/config/yaml-file.ts";
import { perform } from "../../src/endpoint/aws/perform.ts";
import { HomeTurns } from "../../src/endpoint/home-turns.ts";
import type { AnsweredRequest } from "../../src/endpoint/request-log.ts";
import { openServer } from "../../src/endpoint/server.ts";
import { rootsOf } from "../../src/fleet/service/roots.ts";
import { aws } from "../../src/simulator/models/aws.ts";
import type { Home } from "../../src/store/home.ts";
import { cluster } from "./three-hsms.ts";

/** The endpoint over a home, in this process. */
export interface ServedHome {
  readonly server: FastifyInstance;
  readonly visits: HomeVisits;
  readonly answered: readonly AnsweredRequest[];
  /** What failed without a reason that a client could mend. */
  readonly failures: readonly unknown[];
}

/** Serves a home until the test is over. */
export function serveHome(enter: () => Home, traits: Partial<ServiceTraits> = {}): ServedHome {
  const configuration = readYaml("cluster.yaml", cluster, () => aws.limits);
  const visit: Visit = async (work) => {
    const home = enter();
    try {
      return await work({ home, configuration, isNamed: false });
    } finally {
      await home.close();
    }
  };
  const failures: unknown[] = [];
  const answered: AnsweredRequest[] = [];
  const visits = new HomeVisits(visit, new HomeTurns(), (error) => failures.push(error));
  const region = "us-east-1";
  const service = serviceOf(visits, { region, delay: 0, ...traits });
  const server = openServer({
    host: "localhost",
    region,
    call: (call) => perform(service, call),
    roots: () => visits.changing(({ home }) => rootsOf(home)),
    answered: (request) => answered.push(request),
    failed: (error) => failures.push(error),
  });
  onTestFinished(async () => {
    await server.close();
    visits.end();
  });
  return { server, visits, answered, failures };
}

/** What an operation answered. */
export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Calls an operation, in the region that its signature would name. */
export async function callOf(
  { server }: Pick<ServedHome, "server">,
  operation: string,
  input: object = {},
  region = "us-east-1",
): Promise<Answer> {
  const { statusCode, body } = await server.inject({
    method: "POST",
    url: "/",
    headers: {
      host: "localhost",
      "x-amz-target": `BaldrApiService.${operation}`,
      authorization: `AWS4-HMAC-SHA256 Credential=test/20261124/${region}/cloudhsm/aws4_request, SignedHeaders=host, Signature=00`,
    },
    payload: JSON.stringify(input),
  });
  return { status: statusCode, body: JSON.parse(body) as Answer["body"] };
}
