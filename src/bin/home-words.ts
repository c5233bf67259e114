/** What a home is, as help says it. */
export const homeWords = "a folder, or the address of a PostgreSQL database (postgres://user@host/db?schema=name)";
