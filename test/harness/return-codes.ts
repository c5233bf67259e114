import { expect } from "vitest";
import { HsmError, type ReturnCodeName } from "../../src/hsm/return-code.ts";

/** How a request ended: its return code. */
export async function codeOf(request: Promise<unknown>): Promise<ReturnCodeName> {
  try {
    await request;
    return "SUCCESS";
  } catch (error) {
    if (error instanceof HsmError) return error.returnCode;
    throw error;
  }
}

/** Holds the return code of a request against the one that it must have. */
export async function expectCode(request: Promise<unknown>, code: ReturnCodeName): Promise<void> {
  expect(await codeOf(request)).toBe(code);
}
