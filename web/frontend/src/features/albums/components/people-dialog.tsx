import { Modal, Title } from "@mantine/core";

import type { Album } from "@/shared/api/schema-types";
import { useMessages } from "@/shared/i18n/language-context";
import { LatestChanges } from "@/shared/members/latest-changes";
import { People } from "@/shared/members/people";

/** Who edits the album, and what they did last. */
export function PeopleDialog({ album, opened, onClose }: { album: Album; opened: boolean; onClose: () => void }) {
  const t = useMessages("members");
  const common = useMessages("common");
  return (
    <Modal opened={opened} onClose={onClose} title={t("title")} closeButtonProps={{ "aria-label": common("close") }}>
      <People album={album} />
      <Title order={3} size="h4" mt="lg" mb="xs">
        {t("changes")}
      </Title>
      <LatestChanges albumId={album.id} />
    </Modal>
  );
}
