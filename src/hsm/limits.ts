/** From how many to how many. */
export interface Range {
  readonly minimum: number;
  readonly maximum: number;
}

/** What HSMs of a model accept, as data: it differs from vendor to vendor. */
export interface Limits {
  /** Letters, digits and underscores in a user name. */
  readonly userNameLength: Range;
  /** Bytes of a password. */
  readonly passwordLength: Range;
  /** HSMs of one cluster. */
  readonly hsms: number;
  /** Users on one HSM, and the highest user id. */
  readonly users: number;
  /** Wrong passwords after which a user is locked. */
  readonly loginFailures: number;
  /** Token keys on one HSM where a cluster's YAML does not say otherwise. */
  readonly keys: number;
  /** Officers that a service may be set to take. */
  readonly quorumMinimum: Range;
  /** Bytes of the registration token that proves the possession of a key. */
  readonly registrationToken: Range;
  /** Quorum tokens on one HSM, and for how long one can be approved. */
  readonly tokens: number;
  readonly tokenSeconds: number;
}

/** What every simulated HSM accepts, whatever its model. */
export const bounds = {
  /** Token keys that a cluster's YAML may give an HSM room for. */
  keys: 1_000_000,
  /** Users who must approve of a key's use. */
  keyMValue: { minimum: 1, maximum: 8 },
  /** Bytes of a key's label or id. */
  labelLength: 127,
  /** Exponent of scrypt's N: what a cluster's YAML may set, and what it is otherwise. */
  passwordCost: { minimum: 10, maximum: 20, default: 14 },
} as const;

/** Whether a whole number is in a range. */
export function isWithin({ minimum, maximum }: Range, number: number): boolean {
  return Number.isInteger(number) && number >= minimum && number <= maximum;
}

/** Whether a text has only signs that user names have. */
export function hasNameSigns(text: string): boolean {
  return /^\w+$/.test(text);
}

/** Whether a user name has only the characters and the length that an HSM accepts. */
export function isUserName(name: string, { userNameLength }: Limits): boolean {
  return isWithin(userNameLength, name.length) && hasNameSigns(name);
}

/** Whether a password has a length that an HSM accepts, in bytes of UTF-8. */
export function isPasswordLength(password: string, { passwordLength }: Limits): boolean {
  return isWithin(passwordLength, Buffer.byteLength(password));
}

/** Whether a text may be the label or the id of a key: short enough, and nothing that moves a cursor or ends a line. */
export function isLabel(text: string): boolean {
  return Buffer.byteLength(text) <= bounds.labelLength && !/\p{Cc}/u.test(text);
}

/** Whether a password may cost that much: what costs nothing protects nothing, and what costs too much never ends. */
export function isPasswordCost(cost: number): boolean {
  return isWithin(bounds.passwordCost, cost);
}
