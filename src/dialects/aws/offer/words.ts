/** The name of a user. */
export const name = { meaning: "1 to 31 letters, digits or underscores; case does not matter" } as const;

/** Who logs in, or is given a password. */
export const credentials = {
  name,
  password: { meaning: "7 to 32 characters; case matters; -hpswd prompts for it without echo" },
} as const;

/** The type of a user that there is. */
export const type = { meaning: "CO, CU or PRECO (for a PCO: CO); case matters" } as const;

/** The type of a user who logs in. */
export const anyType = { meaning: "CO, CU, AU or PRECO (for a PCO: CO); case matters" } as const;

/** The type of a crypto officer. */
export const officer = { meaning: "CO, also for a PCO; case matters" } as const;
