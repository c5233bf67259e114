import type { ServiceOperation } from "../../config/service-operation.ts";
import type { OperationFaults } from "../../fleet/faults/operation-faults.ts";
import type { ControlPlane } from "../../fleet/service/control-plane.ts";
import { isOperation, operations } from "./operations.ts";
import { Refusal } from "./refusal.ts";
import { refusalFor } from "./service-refusals.ts";

/** What is called of the service. */
export interface Call {
  readonly operation: string;
  readonly region: string;
  /** The members of the body, as they came. */
  readonly input: object;
}

/** The service over a home, in any region. Each work visits the home by itself. */
export interface Service {
  /** What one call of an operation meets; it is counted. Throws StoreError, HsmError. */
  readonly faultsOf: (operation: ServiceOperation) => Promise<OperationFaults>;
  /** Reads beside others who do. */
  readonly reading: <T>(region: string, work: (plane: ControlPlane) => Promise<T>) => Promise<T>;
  /** Changes what is there, alone. */
  readonly changing: <T>(region: string, work: (plane: ControlPlane) => Promise<T>) => Promise<T>;
}

/** A call that was carried out and whose answer is to be lost: the connection is closed instead. */
export class LostAnswer extends Error {
  override readonly name = "LostAnswer";
}

/** Carries out a call, and gives its output. Throws {@link Refusal}, {@link LostAnswer}. */
export async function perform(service: Service, { operation: name, region, input }: Call): Promise<object> {
  if (!isOperation(name)) {
    throw new Refusal("UnknownOperationException", `${JSON.stringify(name)} is no operation of cloudhsmv2.`);
  }
  try {
    const faults = await service.faultsOf(name);
    if (faults.isThrottled) throw new Refusal("ThrottlingException", "Rate exceeded");
    const carriedOut = carryOut(service, { name, region, input, faults });
    if (!faults.losesAnswer) return await carriedOut;
    // Whoever hears nothing does not hear of a refusal either.
    await carriedOut.catch(() => undefined);
    throw new LostAnswer();
  } catch (error) {
    throw refusalFor(error) ?? error;
  }
}

/** A call of an operation that there is, with what goes wrong with it. */
interface KnownCall {
  readonly name: ServiceOperation;
  readonly region: string;
  readonly input: object;
  readonly faults: OperationFaults;
}

async function carryOut(service: Service, { name, region, input, faults }: KnownCall): Promise<object> {
  const { changes, read } = operations[name];
  const deed = read(input);
  if (changes) return service.changing(region, (plane) => deed({ plane, region, faults }));
  const seen = await service.reading(region, async (plane) =>
    (await plane.hasActivations()) ? undefined : deed({ plane, region, faults }),
  );
  if (seen !== undefined) return seen;
  // What a shell activated meanwhile is noticed here: a backup is made of it.
  await service.changing(region, (plane) => plane.noticeActivations());
  return service.reading(region, (plane) => deed({ plane, region, faults }));
}
