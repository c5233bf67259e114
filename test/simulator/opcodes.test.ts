import { expect, test } from "vitest";
import { opcodes } from "../../src/simulator/records/opcode.ts";

/** The numbers of the guide and of its samples (AWS CloudHSM User Guide, "cloudhsm-audit-log-reference"). */
const published: Readonly<Record<string, number>> = {
  CN_INIT_TOKEN: 0x1,
  CN_CREATE_USER: 0x3,
  CN_CREATE_CO: 0x4,
  CN_CHANGE_PSWD: 0x9,
  CN_LOGIN: 0xd,
  CN_LOGOUT: 0xe,
  CN_DESTROY_OBJECT: 0x11,
  CN_SHARE_OBJECT: 0x12,
  CN_GENERATE_KEY: 0x17,
  CN_GENERATE_KEY_PAIR: 0x19,
  CN_WRAP_KEY: 0x1a,
  CN_UNWRAP_KEY: 0x1b,
  CN_GEN_PSWD_ENC_KEY: 0x1d,
  CN_NIST_AES_WRAP: 0x1e,
  CN_INIT_DONE: 0x95,
  CN_DELETE_USER: 0xa1,
  CN_EXTRACT_MASKED_OBJECT_USER: 0xf0,
  CN_INSERT_MASKED_OBJECT_USER: 0xf1,
  CN_CREATE_APPLIANCE_USER: 0xfc,
};

test("an operation has the number that is published, any other one of its own from 0x1001 on", () => {
  expect(opcodes).toMatchObject(published);
  const others = Object.entries(opcodes).flatMap(([name, number]) => (name in published ? [] : [number]));
  expect(Math.min(...others)).toBeGreaterThan(0x1000);
  expect(new Set(Object.values(opcodes)).size).toBe(Object.keys(opcodes).length);
});
