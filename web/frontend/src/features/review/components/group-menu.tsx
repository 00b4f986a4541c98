import { ActionIcon, Menu } from "@mantine/core";
import {
  IconArrowBackUp,
  IconArrowMerge,
  IconChecks,
  IconColumns2,
  IconDots,
  IconMoodSmile,
  IconScissors,
  IconSelectAll,
  IconSparkles,
  IconX,
} from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";

import type { TimelineGroup } from "@/shared/api/schema-types";
import { useMessages } from "@/shared/i18n/language-context";

import { type GroupAction, useReviewActions } from "../review-context";

/** More actions for a group. The menu is rendered only when it is first opened. */
export function GroupMenu(props: { group: TimelineGroup; time: string; hasFaces: boolean }) {
  const { group, time, hasFaces } = props;
  const t = useMessages("review");
  const [isWanted, setWanted] = useState(false);
  const name = t("groupMenu", { time });
  if (isWanted) return <WantedMenu group={group} name={name} hasFaces={hasFaces} />;
  return (
    <ActionIcon aria-label={name} aria-haspopup="menu" aria-expanded={false} onClick={() => setWanted(true)}>
      <IconDots size={20} />
    </ActionIcon>
  );
}

function WantedMenu({ group, name, hasFaces }: { group: TimelineGroup; name: string; hasFaces: boolean }) {
  const faces = useMessages("faces");
  const t = useMessages("review");
  const { ofGroup, toggleFaces } = useReviewActions();
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // It stands where the button was that was pressed, and the focus comes back to it.
    button.current?.focus();
    const next = requestAnimationFrame(() => setOpen(true));
    return () => cancelAnimationFrame(next);
  }, []);
  const item = (action: GroupAction, label: string, Icon: typeof IconX) => (
    <Menu.Item leftSection={<Icon size={18} stroke={1.6} />} onClick={() => ofGroup(action, group)}>
      {label}
    </Menu.Item>
  );
  return (
    <Menu position="bottom-end" withinPortal returnFocus opened={isOpen} onChange={setOpen}>
      <Menu.Target>
        <ActionIcon ref={button} aria-label={name}>
          <IconDots size={20} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {item("compare", t("compare"), IconColumns2)}
        {group.people > 0 && (
          <Menu.Item leftSection={<IconMoodSmile size={18} stroke={1.6} />} onClick={() => toggleFaces(group.id)}>
            {faces(hasFaces ? "hide" : "show")}
          </Menu.Item>
        )}
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
