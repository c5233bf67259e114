/**
 * The services whose operations can be made to take several officers, by their numbers (AWS CloudHSM User Guide,
 * "quorum-authentication"): USER_MGMT creates and deletes users and sets the passwords of others, MISC_CO sets how many
 * officers a service takes.
 */
export const quorumServices = { USER_MGMT: 3, MISC_CO: 4 } as const;

/** The name of a service. */
export type QuorumService = keyof typeof quorumServices;
