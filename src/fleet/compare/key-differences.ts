import { type KeyAttribute, allAttributes, keyAttributes } from "../../hsm/key-attribute.ts";
import { readAttributes } from "../../simulator/keys/key-attributes.ts";
import { type Difference, type Seen, type Shown, type Subject, differenceIn, numbered } from "./difference.ts";
import type { ImaginedHsm } from "./imagined-hsm.ts";
import { type KeyHolder, shownUser, shownValue } from "./key-state.ts";
import { type UnevenKey, rightKey } from "./right-keys.ts";

/** What is not the same of a key. Attributes are compared where it is one key: of another one, all would differ. */
export function keyDifferences(
  uneven: UnevenKey,
  hsms: readonly ImaginedHsm[],
): { readonly subject: Subject; readonly differences: readonly Difference[] } {
  const { handle, holders, missing } = uneven;
  const { same, key } = rightKey(uneven);
  const [first] = same;
  const compare = (
    aspect: Difference["aspect"],
    among: readonly KeyHolder[],
    shown: (holder: KeyHolder) => Shown,
    name?: string,
  ): Difference | undefined => {
    const right = first && shown({ on: first.on, key });
    const seen = among.map((holder) => ({ hsmId: holder.on.id, value: shown(holder) }));
    return differenceIn(aspect, seen, (value) => value === right, name);
  };
  const presence: readonly Seen<Shown>[] = hsms.map((on) => ({ hsmId: on.id, value: !missing.includes(on) }));
  const materials = holders.map(({ on, key: { material } }) => ({ hsmId: on.id, value: material }));
  return {
    subject: { kind: "key", handle },
    differences: [
      differenceIn("presence", presence, (value) => value === true),
      compare("kind", holders, kindOf),
      differenceIn("material", numbered(materials, key.material), (value) => value === 1),
      compare("owner", same, ({ on, key: { access } }) => shownUser(on, access.owner)),
      compare("sharedWith", same, ({ on, key: { access } }) =>
        access.sharedWith.map((id) => shownUser(on, id)).join(", "),
      ),
      compare("mValue", same, ({ key: { access } }) => access.mValue),
      ...attributeDifferences(same, compare),
    ].filter((difference) => difference !== undefined),
  };
}

function kindOf({ key: { record } }: KeyHolder): string {
  const { class: keyClass, shape } = record;
  return `${keyClass} ${shape.type} ${shape.type === "EC" ? shape.curve : String(shape.size)}`;
}

function attributeDifferences(
  same: readonly KeyHolder[],
  compare: (
    aspect: "attribute",
    among: readonly KeyHolder[],
    shown: (holder: KeyHolder) => Shown,
    name: string,
  ) => Difference | undefined,
): readonly (Difference | undefined)[] {
  const known = new Map<KeyHolder["key"], ReadonlyMap<string, KeyAttribute>>();
  const attributesOf = (key: KeyHolder["key"]): ReadonlyMap<string, KeyAttribute> => {
    const found =
      known.get(key) ?? new Map(readAttributes(key.record, allAttributes.id).map((each) => [each.name, each]));
    known.set(key, found);
    return found;
  };
  return keyAttributes.map(({ name }) =>
    compare("attribute", same, ({ key }) => shownValue(attributesOf(key).get(name)), name),
  );
}
