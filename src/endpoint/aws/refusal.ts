import { ProgramError } from "../../errors/program-error.ts";

/** The types of errors that a client may see: of the service's model those that it gives here, and those of the protocol. */
export type RefusalType =
  | "CloudHsmAccessDeniedException"
  | "CloudHsmInternalFailureException"
  | "CloudHsmInvalidRequestException"
  | "CloudHsmResourceLimitExceededException"
  | "CloudHsmResourceNotFoundException"
  | "RequestEntityTooLargeException"
  | "RequestTimeoutException"
  | "SerializationException"
  | "ThrottlingException"
  | "UnknownOperationException";

/** A request that is answered with an error: its type, its message, which names what mends it, and a status of 400 or more. */
export class Refusal extends ProgramError {
  override readonly name = "Refusal";
  override readonly fault = "user";
  readonly type: RefusalType;
  /** The status of HTTP. */
  readonly status: number;

  constructor(type: RefusalType, message: string, status = 400) {
    super(message);
    this.type = type;
    this.status = status;
  }

  /** What is sent, in the one form from which every client takes type and message. */
  get body(): string {
    return JSON.stringify({ __type: this.type, Message: this.message });
  }
}
