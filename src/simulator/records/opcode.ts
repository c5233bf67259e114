/**
 * The operations that an HSM records (AWS CloudHSM User Guide, "cloudhsm-audit-log-reference"), with their numbers.
 * Up to 0xfc they are published; from 0x1001 on they are this program's own, outside all published ones. The guide names
 * the operations from CN_APP_FINALIZE to CN_DELETE_TOKEN without a number, a sibling's log CN_MODIFY_OBJECT
 * (setAttribute); CN_REGISTER_QUORUM_PUB_KEY and what follows it are names of ours.
 */
export const opcodes = {
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
  CN_APP_FINALIZE: 0x1001,
  CN_CLOSE_SESSION: 0x1002,
  CN_SET_M_VALUE: 0x1003,
  CN_GET_TOKEN: 0x1004,
  CN_APPROVE_TOKEN: 0x1005,
  CN_DELETE_TOKEN: 0x1006,
  CN_CREATE_OBJECT: 0x1043,
  CN_MODIFY_OBJECT: 0x1007,
  CN_REGISTER_QUORUM_PUB_KEY: 0x1008,
  CN_STORE_CERTIFICATE: 0x1009,
  CN_SET_USER_ATTRIBUTES: 0x1011,
  CN_UNLOCK_USER: 0x1012,
  CN_MODIFY_KEY_OWNER: 0x1013,
  CN_GET_UNLOCK_CHALLENGE: 0x1020,
  CN_UNLOCK_CO: 0x1021,
} as const;

/** The name of an operation in the audit log. */
export type Opcode = keyof typeof opcodes;
