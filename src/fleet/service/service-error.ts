import { ProgramError } from "../../errors/program-error.ts";

/** Where an error belongs, as the API's model has it. */
export type ServiceErrorKind = "invalidRequest" | "notFound" | "resourceLimit";

/** What a request is answered with that cannot be done: one sentence that names the id and what mends it. */
export class ServiceError extends ProgramError {
  override readonly name = "ServiceError";
  override readonly fault = "system";
  readonly kind: ServiceErrorKind;

  constructor(kind: ServiceErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

/** What is asked for cannot be done as things are. */
export function invalid(message: string): ServiceError {
  return new ServiceError("invalidRequest", message);
}

/** There is already as much of it as there can be. */
export function tooMuch(message: string): ServiceError {
  return new ServiceError("resourceLimit", message);
}

/** There is no such thing in the region that was asked. */
export function notFound(what: "Cluster" | "HSM" | "Backup" | "Resource", id: string): ServiceError {
  return new ServiceError("notFound", `${what} ${id} was not found.`);
}
