import { ActionIcon, Button, Group, Text, Title } from "@mantine/core";
import { IconArrowLeft, IconShare2 } from "@tabler/icons-react";
import { Link, useMatchRoute } from "@tanstack/react-router";

import type { Album } from "@/shared/api/schema-types";
import { useMessages } from "@/shared/i18n/language-context";

import { AlbumFacts } from "./album-card";
import classes from "./album-header.module.css";
import { AlbumMenu } from "./album-menu";

const TABS = [
  ["/albums/$albumId/upload", "tabUpload"],
  ["/albums/$albumId/progress", "tabProgress"],
  ["/albums/$albumId/review", "tabReview"],
  ["/albums/$albumId/download", "tabDownload"],
] as const;

interface AlbumHeaderProps {
  album: Album;
  /** This page sends photos to it. */
  isUploading: boolean;
  onDeleted: () => void;
}

/** The album's name and its sections, which are pages of their own: links, not tabs. */
export function AlbumHeader({ album, isUploading, onDeleted }: AlbumHeaderProps) {
  const t = useMessages("albums");
  // It is reached from the downloads, and has no link of its own here.
  const isPrint = Boolean(useMatchRoute()({ to: "/albums/$albumId/print" }));
  return (
    <div>
      <Group gap={4} wrap="nowrap" align="center">
        <ActionIcon
          component={Link}
          to="/albums"
          activeOptions={{ exact: true }}
          aria-label={t("backToAlbums")}
          ml={-12}
        >
          <IconArrowLeft size={22} stroke={1.6} />
        </ActionIcon>
        <Title order={1} size="h2" className={classes.name}>
          {album.name}
        </Title>
        {album.is_own && album.photo_count > 0 && (
          <Button
            renderRoot={(props) => <Link to="/albums/$albumId/share" params={{ albumId: album.id }} {...props} />}
            variant="default"
            className={classes.share}
            leftSection={<IconShare2 size={18} stroke={1.6} aria-hidden />}
          >
            {t("share")}
          </Button>
        )}
        <AlbumMenu album={album} onDeleted={onDeleted} />
      </Group>
      <Text component="div" c="dimmed" size="sm" className={classes.facts}>
        <AlbumFacts album={album} isUploading={isUploading} />
        {!album.is_own && ` · ${t("ownedBy", { name: album.owner })}`}
      </Text>
      <nav aria-label={t("sections")} className={classes.tabs}>
        {TABS.map(([to, label]) => (
          <Link
            key={to}
            to={to}
            params={{ albumId: album.id }}
            className={classes.tab}
            aria-current={isPrint && label === "tabDownload" ? "true" : undefined}
          >
            {t(label)}
          </Link>
        ))}
      </nav>
    </div>
  );
}
