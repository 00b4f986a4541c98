import { Button, Stack, Title } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";

import type { Export } from "@/shared/api/schema-types";
import { PageError } from "@/shared/components/page-error";
import { PageLoading } from "@/shared/components/page-loading";
import { useMessages } from "@/shared/i18n/language-context";

import { exportsQuery, isBuilding, isPrint } from "../api/exports";
import { ExportRow } from "../components/export-row";
import { Maker } from "../components/maker";
import { PrintLink } from "../print/print-link";
import { ShareSection } from "../share/share-section";

import classes from "./download-page.module.css";

/** During an upgrade, the answer may be of the previous version. */
function batchOf({ batch = null }: Partial<Export>) {
  return batch;
}

/** All parts of a zip, in their order; of one without parts itself. */
function partsOf(item: Export, all: readonly Export[]): Export[] {
  const batch = batchOf(item);
  if (batch === null) return [item];
  return all.filter((other) => other.batch === batch).sort((one, other) => one.part - other.part);
}

/** The newest download, the form for a zip, and earlier downloads. */
export function DownloadPage({ albumId }: { albumId: string }) {
  const t = useMessages("downloads");
  const newestRow = useRef<HTMLUListElement>(null);
  const [created, setCreated] = useState<string>();
  const exports = useInfiniteQuery(exportsQuery(albumId));
  const listed = exports.data?.pages[0]?.results ?? [];
  const isListed = listed.some((item) => item.id === created);
  // Ratings alone are small, and nobody waits for anything else.
  const startsItself = listed[0]?.id === created && listed[0]?.state === "ready" && listed[0].ratings === "only";
  useEffect(() => {
    // The new zip appears at the top of the page.
    if (created && isListed) newestRow.current?.scrollIntoView({ block: "center" });
  }, [created, isListed]);
  useEffect(() => {
    if (startsItself) newestRow.current?.querySelector("a")?.click();
  }, [startsItself]);
  if (exports.error && !exports.data) {
    return <PageError error={exports.error} onRetry={() => void exports.refetch()} />;
  }
  if (!exports.data) return <PageLoading />;
  const all = exports.data.pages.flatMap((page) => page.results);
  const [first] = all;
  // An expired zip belongs with the earlier ones.
  const newest = first && first.state !== "expired" ? partsOf(first, all) : [];
  const earlier = all.filter((item) => !newest.includes(item));
  const newestZip = all.find((item) => !isPrint(item));
  return (
    <Stack gap={36}>
      {newest.length > 0 && (
        <ul ref={newestRow} className={classes.newest} aria-label={t("newest")}>
          {newest.map((item, place) => (
            <ExportRow key={item.id} albumId={albumId} item={item} newest isFurtherPart={place > 0} />
          ))}
        </ul>
      )}
      <ShareSection albumId={albumId} />
      <PrintLink albumId={albumId} />
      <Maker
        albumId={albumId}
        busy={all.some(isBuilding)}
        another={newestZip?.state === "ready"}
        onCreated={setCreated}
      />
      {earlier.length > 0 && (
        <section className={classes.earlier}>
          <Title order={2} size="h4">
            {t("earlier")}
          </Title>
          <ul className={classes.list}>
            {earlier.map((item) => (
              <ExportRow key={item.id} albumId={albumId} item={item} newest={false} />
            ))}
          </ul>
          {exports.hasNextPage && (
            <Button
              mt="md"
              variant="default"
              loading={exports.isFetchingNextPage}
              onClick={() => void exports.fetchNextPage()}
            >
              {t("more")}
            </Button>
          )}
        </section>
      )}
    </Stack>
  );
}
