/** The certificates of an HSM, by number (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-getCert"). */
export const certificateTypes = {
  manufacturerRoot: 1,
  manufacturerHardware: 2,
  customerRoot: 4,
  clusterByCustomer: 8,
  clusterByManufacturer: 16,
} as const;

/** One of the numbers of {@link certificateTypes}, or another number, which every HSM refuses. */
export type CertificateType = number;
