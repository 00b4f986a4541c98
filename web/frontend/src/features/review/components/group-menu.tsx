import { ActionIcon, Menu } from "@mantine/core";
import {
  IconArrowBackUp,
  IconArrowMerge,
  IconChecks,
  IconColumns2,
  IconDots,
  IconScissors,
  IconSelectAll,
  IconSparkles,
  IconX,
} from "@tabler/icons-react";

import type { Cluster } from "@/shared/api/schema-types";
import { useMessages } from "@/shared/i18n/language-context";

import { type GroupAction, useReviewActions } from "../review-context";
import { reviewMessages } from "../review-messages";

/** Everything else that can be done to a group. */
export function GroupMenu({ group, time }: { group: Cluster; time: string }) {
  const t = useMessages(reviewMessages);
  const { ofGroup } = useReviewActions();
  const item = (action: GroupAction, label: string, Icon: typeof IconX) => (
    <Menu.Item mih={44} leftSection={<Icon size={18} stroke={1.6} />} onClick={() => ofGroup(action, group)}>
      {label}
    </Menu.Item>
  );
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon aria-label={t("groupMenu", { time })}>
          <IconDots size={20} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {item("compare", t("compare"), IconColumns2)}
        {item("keep-all", t("keepAll"), IconChecks)}
        {item("keep-none", t("keepNone"), IconX)}
        {item("leave", t("leaveToRanking"), IconArrowBackUp)}
        <Menu.Divider />
        {item("select", t("selectGroup"), IconSelectAll)}
        {item("take-apart", t("splitAll"), IconScissors)}
        {item("merge-previous", t("mergePrevious"), IconArrowMerge)}
        {item("merge-next", t("mergeNext"), IconArrowMerge)}
        {group.manual && item("release", t("release"), IconSparkles)}
      </Menu.Dropdown>
    </Menu>
  );
}
