/** What `configure` is to set. */
export type Setting =
  /** One HSM, whatever else there is. */
  | { readonly kind: "one"; readonly address: string }
  /** All HSMs of the cluster of the HSM at this address. */
  | { readonly kind: "cluster"; readonly address: string }
  /** All HSMs that the client's daemon with this number knows. */
  | { readonly kind: "daemon"; readonly id: number }
  /** The client's private key and certificate: files. */
  | { readonly kind: "identity"; readonly privateKey: string; readonly certificate: string };

/** What is asked of `configure`. */
export interface ConfigureRequest {
  /** The folder that stands for /opt/cloudhsm. */
  readonly prefix: string;
  readonly setting: Setting;
}
