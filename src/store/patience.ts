/** Whether a request goes on waiting for another process; asked again and again. A rejection ends the request. */
export type Patience = () => boolean | Promise<boolean>;

/** The patience of somebody who is never called away. */
export const unlimited: Patience = () => true;
