/** A range of whole numbers, both ends included. */
export interface Range {
  readonly minimum: number;
  readonly maximum: number;
}

/** What the HSMs of a model accept; this differs between vendors. */
export interface Limits {
  /** Letters, digits and underscores in a user name. */
  readonly userNameLength: Range;
  /** Whether a user name may have a hyphen, too. */
  readonly hyphenInUserNames: boolean;
  /** Bytes of a password. */
  readonly passwordLength: Range;
  /** HSMs of one cluster. */
  readonly hsms: number;
  /** Users on one HSM, and the highest user id. */
  readonly users: number;
  /** Wrong passwords after which a user is locked. */
  readonly loginFailures: number;
  /** Token keys on one HSM, unless a cluster's YAML sets another number. */
  readonly keys: number;
  /** Officers that a service can be set to require. */
  readonly quorumMinimum: Range;
  /** Bytes of the registration token whose signature proves possession of a key. */
  readonly registrationToken: Range;
  /** Quorum tokens on one HSM, and for how long one can be approved. */
  readonly tokens: number;
  readonly tokenSeconds: number;
}

/** What every simulated HSM accepts, whatever its model. */
export const bounds = {
  /** Token keys that a cluster's YAML may give an HSM room for. */
  keys: 1_000_000,
  /** Users who must approve a key's use. */
  keyMValue: { minimum: 1, maximum: 8 },
  /** Bytes of a key's label or id. */
  labelLength: 127,
  /** Exponent of scrypt's N: what a cluster's YAML can set, and the default. */
  passwordCost: { minimum: 10, maximum: 20, default: 14 },
} as const;

/** Whether a whole number is in a range. */
export function isWithin({ minimum, maximum }: Range, number: number): boolean {
  return Number.isInteger(number) && number >= minimum && number <= maximum;
}

/** Whether a string has only characters that user names of some model may have. */
export function hasNameSigns(text: string): boolean {
  return /^[\w-]+$/.test(text);
}

/** Whether a user name has only the characters and the length that an HSM accepts. */
export function isUserName(name: string, { userNameLength, hyphenInUserNames }: Limits): boolean {
  return isWithin(userNameLength, name.length) && hasNameSigns(name) && (hyphenInUserNames || !name.includes("-"));
}

/** Whether a password has a length that an HSM accepts, in bytes of UTF-8. */
export function isPasswordLength(password: string, { passwordLength }: Limits): boolean {
  return isWithin(passwordLength, Buffer.byteLength(password));
}

/** Whether a string can be a key's label or id: short, and without control characters or line breaks. */
export function isLabel(text: string): boolean {
  return Buffer.byteLength(text) <= bounds.labelLength && !/\p{Cc}/u.test(text);
}

/** Whether a password cost is allowed: a low one protects nothing, a high one never ends. */
export function isPasswordCost(cost: number): boolean {
  return isWithin(bounds.passwordCost, cost);
}
