import { Menu } from "@mantine/core";
import { IconClock, IconDots, IconTrash } from "@tabler/icons-react";

import type { TimelinePhoto } from "@/shared/api/schema-types";
import { useMessages } from "@/shared/i18n/language-context";
import { useDeciders } from "@/shared/members/deciders";

import { useReviewActions } from "../review-context";

/** What is seldom wanted of a photo in the large view. `className` is that of the buttons beside it. */
export function PhotoMenu({ photo, className }: { photo: TimelinePhoto; className: string | undefined }) {
  const t = useMessages("delete-photo");
  const clock = useMessages("review-clock");
  const actions = useReviewActions();
  const { isOwner } = useDeciders();
  return (
    <Menu position="bottom-end" width={260} zIndex={400}>
      <Menu.Target>
        <button type="button" className={className} aria-label={t("menu", { name: photo.name })}>
          <IconDots size={24} stroke={1.6} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconClock size={18} stroke={1.6} aria-hidden />}
          onClick={() => actions.openClock(photo.id)}
        >
          {clock("rightTime")}
        </Menu.Item>
        {isOwner && (
          <Menu.Item
            c="var(--mantine-color-error)"
            leftSection={<IconTrash size={18} stroke={1.6} aria-hidden />}
            onClick={() => actions.askToDelete(photo)}
          >
            {t("open")}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
