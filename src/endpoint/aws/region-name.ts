/** A region, as the service's model has it. */
export const regionName = /^[a-z]{2}(-gov)?-(east|west|north|south|central){1,2}-\d$/;

/** Whether a word names a region. */
export function isRegion(word: string): boolean {
  return regionName.test(word);
}
