/** Where an HSM answers. */
export interface Address {
  readonly hostname: string;
  readonly port: number;
}
