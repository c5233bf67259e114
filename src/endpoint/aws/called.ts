import type { IncomingHttpHeaders } from "node:http";
import { Refusal } from "./refusal.ts";
import { isRegion } from "./region-name.ts";

/** What stands before an operation's name in X-Amz-Target: the service's code name. */
const prefix = "BaldrApiService.";

/** What could be the name of an operation: it is logged, whether it is one or not. */
const operationName = /^\w{1,64}$/;

/** Where clients say the region: nowhere but in the scope of the credential that they sign with. */
const scope = /Credential=[^/,\s]+\/\d{8}\/([^/,\s]+)\/[^/,\s]+\/aws4_request/;

/** The operation that is called. Throws {@link Refusal} where the header is missing, or names another service. */
export function operationOf(headers: IncomingHttpHeaders): string {
  const target = headers["x-amz-target"];
  if (typeof target !== "string") {
    throw new Refusal(
      "UnknownOperationException",
      "X-Amz-Target is missing: it names the operation, as the AWS CLI does.",
    );
  }
  const name = target.startsWith(prefix) ? target.slice(prefix.length) : "";
  if (operationName.test(name)) return name;
  throw new Refusal(
    "UnknownOperationException",
    `X-Amz-Target must be ${prefix}<operation>: this is cloudhsmv2 alone.`,
  );
}

/**
 * The region that a request is for. The signature beside it is not looked at. Throws {@link Refusal} for a region that no
 * zone could be of.
 *
 * @param usual the one of a request that is not signed
 */
export function regionOf(headers: IncomingHttpHeaders, usual: string): string {
  const [, region = usual] = scope.exec(headers.authorization ?? "") ?? [];
  if (isRegion(region)) return region;
  const advice = "name one such as us-east-1, by --region or AWS_DEFAULT_REGION";
  throw new Refusal("CloudHsmInvalidRequestException", `${JSON.stringify(region)} is no region: ${advice}.`);
}
