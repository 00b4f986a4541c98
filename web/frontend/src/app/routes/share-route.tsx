import { Title } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";

import { albumQuery } from "@/features/albums/api/albums";
import { SharePage } from "@/features/sharing/pages/share-page";
import { useMessages } from "@/shared/i18n/language-context";
import { People } from "@/shared/members/people";

export function ShareRoute() {
  const { albumId } = useParams({ from: "/signed-in/albums/$albumId/share" });
  const { data: album } = useSuspenseQuery(albumQuery(albumId));
  const t = useMessages("members");
  return (
    <>
      {/* Another album is another page, with nothing of this one in it. */}
      <SharePage key={albumId} albumId={albumId} />
      {album.member_count > 0 && (
        <section aria-labelledby="people" style={{ marginTop: 28, maxWidth: 720 }}>
          <Title order={2} size="h3" id="people" mb="xs">
            {t("title")}
          </Title>
          <People album={album} />
        </section>
      )}
    </>
  );
}
