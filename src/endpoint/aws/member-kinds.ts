import * as v from "valibot";
import { listOf, membersOf, oneOf, textOf, wholeNumber } from "./input-values.ts";
import { regionName } from "./region-name.ts";

/** The members of inputs that several operations have, as the service's model limits them. */

/** An id: of any form, since those that a YAML file gives have any. What exists decides. */
export const id = textOf(/^[^\s\p{C}]+$/u, "must be an id of 1 to 128 characters without blanks.", 128);

/** An Availability Zone: a region and a letter. */
export const zone = textOf(
  /^[a-z]{2}(-gov)?-(east|west|north|south|central){1,2}-\d[a-z]$/,
  "must be an Availability Zone such as us-east-1a.",
);

/** A region. */
export const region = textOf(regionName, "must be a region such as us-east-1.");

/** The id of a subnet: 8 digits once, 17 today. */
export const subnetId = textOf(/^subnet-[\da-fA-F]{8,17}$/, "must be subnet- and 8 to 17 hexadecimal digits.");

/** The id of a network interface. */
export const eniId = textOf(/^eni-[\da-fA-F]{8,17}$/, "must be eni- and 8 to 17 hexadecimal digits.");

/** An address, as an HSM of a YAML file has it, too: a name there. */
export const address = textOf(/^[^\s\p{C}]+$/u, "must be an address such as 10.0.1.12.", 255);

/** An IPv4 address, each number of which is a byte. */
export const ipAddress = textOf(
  /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/,
  "must be an IPv4 address such as 10.0.1.12.",
);

/** What the service refuses others with, in its own words first. */
export const hsmType = oneOf(
  ["hsm1.medium", "hsm2m.medium"],
  "Provided HsmType is not supported. It must be hsm1.medium or hsm2m.medium.",
);

/** A certificate, or several. What is in it is looked at where it is used. */
export const certificate = textOf(
  /^[a-zA-Z0-9+-/=\s]+$/,
  "must be a certificate in PEM of at most 20000 characters.",
  20_000,
);

const tagText = "letters, digits, blanks and _.:/=+-@";
const tagKey = textOf(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u, `must be 1 to 128 ${tagText}.`);
const ownTagKey = v.pipe(
  tagKey,
  v.check((key) => !/^aws:/i.test(key), "must not begin with aws:, which is for AWS alone."),
);
const tagValue = textOf(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u, `must be at most 256 ${tagText}.`);

const mostTags = 50;

/** Tags, as an input lists them. */
export function tags(least: 0 | 1) {
  const tag = v.pipe(
    membersOf({ Key: ownTagKey, Value: tagValue }),
    v.transform(({ Key: key, Value: value }) => ({ key, value })),
  );
  return listOf(tag, least, mostTags);
}

/** The keys of tags that are taken off. */
export const tagKeys = listOf(tagKey, 1, mostTags);

/** For how many days backups are kept; the number comes as a text. */
export const retention = v.pipe(
  membersOf({
    Type: v.optional(oneOf(["DAYS"], "must be DAYS."), "DAYS"),
    Value: v.pipe(
      textOf(/^\d{1,3}$/, "must be 7 to 379 days."),
      v.transform(Number),
      v.check((days) => days >= 7 && days <= 379, "must be 7 to 379 days."),
    ),
  }),
  v.transform(({ Value: days }) => days),
);

/** What a page is asked for with. */
export function paging(most: number) {
  return {
    NextToken: v.optional(textOf(/^[^]*$/, "must be at most 256 characters: one that an answer had.", 256)),
    MaxResults: v.optional(wholeNumber(1, most)),
  };
}
