/**
 * Whether whoever waits for another process still wants to; asked again and again while a request waits. What it
 * rejects with ends the request.
 */
export type Patience = () => boolean | Promise<boolean>;

/** The patience of somebody who is never called away. */
export const unlimited: Patience = () => true;
