/**
 * The services whose operations can require several officers, by number (AWS CloudHSM User Guide,
 * "quorum-authentication"). USER_MGMT creates and deletes users and sets the passwords of others; MISC_CO sets how many
 * officers a service requires.
 */
export const quorumServices = { USER_MGMT: 3, MISC_CO: 4 } as const;

/** The name of a service. */
export type QuorumService = keyof typeof quorumServices;

/** The names of all services. */
export const serviceNames = Object.keys(quorumServices) as readonly QuorumService[];
