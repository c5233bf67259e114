import { id, paging, tagKeys, tags } from "./member-kinds.ts";
import { type Operation, operation } from "./operation.ts";
import { tagList } from "./output-shapes.ts";
import { pageOf } from "./pages.ts";

const tagsOnPage = 100;

/** The operations on tags, of clusters and backups. */
export const tagOperations = {
  TagResource: operation(
    { ResourceId: id, TagList: tags(1) },
    "changes",
    async ({ ResourceId: resource, TagList: tagged }, { plane }) => {
      await plane.tag(resource, tagged);
      return {};
    },
  ),

  UntagResource: operation(
    { ResourceId: id, TagKeyList: tagKeys },
    "changes",
    async ({ ResourceId: resource, TagKeyList: keys }, { plane }) => {
      await plane.untag(resource, keys);
      return {};
    },
  ),

  ListTags: operation(
    { ResourceId: id, ...paging(tagsOnPage) },
    "reads",
    async ({ ResourceId: resource, ...page }, { plane, region }) => {
      const question = ["ListTags", region, resource];
      const all = await plane.tags(resource);
      const { items, NextToken } = pageOf(all, page, { usual: tagsOnPage, question, nameOf: ({ key }) => key });
      return { TagList: tagList(items), NextToken };
    },
  ),
} as const satisfies Readonly<Record<string, Operation>>;
