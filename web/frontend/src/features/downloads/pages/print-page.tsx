import { Anchor, Stack, Title } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";

import { PageError } from "@/shared/components/page-error";
import { PageLoading } from "@/shared/components/page-loading";
import { useMessages } from "@/shared/i18n/language-context";

import { exportsQuery, isBuilding, isPrint } from "../api/exports";
import { ExportRow } from "../components/export-row";
import { PrintMaker } from "../print/print-maker";

import classes from "./download-page.module.css";

/** The books and contact sheets of an album, and the form for another one. */
export function PrintPage({ albumId, albumName }: { albumId: string; albumName: string }) {
  const t = useMessages("prints");
  const list = useRef<HTMLUListElement>(null);
  const [created, setCreated] = useState<string>();
  const exports = useInfiniteQuery(exportsQuery(albumId));
  const all = exports.data?.pages.flatMap((page) => page.results) ?? [];
  const printed = all.filter(isPrint);
  const isListed = printed[0]?.id === created;
  useEffect(() => {
    if (created && isListed) list.current?.scrollIntoView({ block: "center" });
  }, [created, isListed]);
  if (exports.error && !exports.data) {
    return <PageError error={exports.error} onRetry={() => void exports.refetch()} />;
  }
  if (!exports.data) return <PageLoading />;
  return (
    <Stack gap={36}>
      <div>
        <Title order={2} size="h3">
          {t("heading")}
        </Title>
        <Anchor
          size="sm"
          className={classes.back}
          renderRoot={(props) => <Link to="/albums/$albumId/download" params={{ albumId }} {...props} />}
        >
          {t("toDownloads")}
        </Anchor>
      </div>
      {printed.length > 0 && (
        <ul ref={list} className={classes.newest} aria-label={t("made")}>
          {printed.map((item, place) => (
            <ExportRow key={item.id} albumId={albumId} item={item} newest={place === 0 && item.state !== "expired"} />
          ))}
        </ul>
      )}
      <PrintMaker
        albumId={albumId}
        albumName={albumName}
        busy={all.some(isBuilding)}
        ready={printed.filter(({ state }) => state === "ready").map(({ kind }) => kind)}
        onCreated={setCreated}
      />
    </Stack>
  );
}
