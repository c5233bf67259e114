import type { FastifyInstance } from "fastify";

/** The certificates of the roots that operators download to verify an HSM, in PEM. */
export interface RootFiles {
  readonly aws: string;
  readonly manufacturer: string;
}

/** Offers the two roots under the names that the service's and the manufacturer's files have. */
export function offerRoots(server: FastifyInstance, roots: () => Promise<RootFiles>): void {
  const offer = (name: string, which: keyof RootFiles): void => {
    server.get(`/${name}`, async (_request, reply) =>
      reply.type("application/x-pem-file").send((await roots())[which]),
    );
  };
  offer("AWS_CloudHSM_Root-G1.crt", "aws");
  offer("liquid_security_certificate.crt", "manufacturer");
}
