/** The name of a user. */
export const name = { label: "<Username>", meaning: "1 to 31 letters, digits or underscores" } as const;

/** The name of an officer. */
export const officer = { label: "<CO Name>" } as const;

/** The type of a user. */
export const type = { label: "<Usertype>", meaning: "CO/CU/PRECO (for PCO, usertype should be CO)" } as const;

/** A word that help does not explain. */
const unexplained = { meaning: "" } as const;

/** Who logs in: the page explains the type only. */
export const login = { type, name: { ...name, ...unexplained } } as const;

/** The id of a user. */
export const userId = { label: "<UserID>" } as const;

/** The handle of a key. */
export const handle = { label: "<KeyHandle>" } as const;

/** The number of a server. */
export const serverId = { label: "<ServerID>" } as const;

/** The file that an answer is written to. */
export const file = { label: "OutputFile" } as const;

/** The word of help. */
export const command = unexplained;

/** Words that AWS's shell takes, and this one does not: a password is always asked for, and there is no second factor. */
export const without = ["password", "secondFactor"] as const;
