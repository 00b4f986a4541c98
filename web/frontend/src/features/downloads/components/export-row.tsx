import { ActionIcon, Button, Progress, Text } from "@mantine/core";
import { IconAlertTriangle, IconDownload, IconTrash } from "@tabler/icons-react";
import { useState } from "react";

import type { Export } from "@/shared/api/schema-types";
import { ConfirmDialog } from "@/shared/components/confirm-dialog";
import { useFormat, useMessages } from "@/shared/i18n/language-context";

import { isBuilding, isPrint, useDeleteExport } from "../api/exports";
import { DEFAULT_OPTIONS, patternName } from "../model/export-options";

import classes from "./export-row.module.css";
import { Failure } from "./failure";

/** Bytes of a zip whose download takes long enough to break off. */
const LARGE = 200e6;

interface ExportRowProps {
  albumId: string;
  item: Export;
  newest: boolean;
  /** It is below another part of the same, which says the rest. */
  isFurtherPart?: boolean;
}

/** One zip or PDF: its options, its progress, the link, and when it expires. */
export function ExportRow({ albumId, item, newest, isFurtherPart = false }: ExportRowProps) {
  const t = useMessages("downloads");
  const format = useFormat();
  const options = useOptionsText(item);
  const made = format.dateTime(item.created_at);
  return (
    <li className={classes.row} data-newest={newest} data-failed={item.state === "failed"}>
      <div className={classes.text}>
        <Text fw={600}>{item.file_name}</Text>
        <div role={newest ? "status" : undefined}>
          {item.state === "failed" ? (
            <Failure item={item} isPast={!newest} />
          ) : (
            <StateText item={item} state={item.state} />
          )}
        </div>
        {!isFurtherPart && (
          <>
            <Text size="sm" c="dimmed">
              {options}
            </Text>
            <Text size="sm" c="dimmed">
              {t("madeAt", { date: made })}
              {item.state === "ready" && ` · ${t("asOf")}`}
            </Text>
            {newest && item.state === "ready" && item.byte_size > LARGE && (
              <Text size="sm" c="dimmed">
                {t("brokenOff")}
              </Text>
            )}
          </>
        )}
        {isBuilding(item) && (
          <Progress
            mt={10}
            size="lg"
            value={(item.files_written / Math.max(1, item.file_count)) * 100}
            animated
            aria-label={t("progressOf")}
          />
        )}
      </div>
      <div className={classes.actions}>
        {item.download_url && (
          <Button
            component="a"
            href={item.download_url}
            variant={newest ? "filled" : "default"}
            leftSection={<IconDownload size={18} stroke={1.8} aria-hidden />}
            aria-label={t("downloadNamed", { name: item.file_name, date: made })}
          >
            {t("download")}
          </Button>
        )}
        <DeleteButton albumId={albumId} item={item} date={made} />
      </div>
      {item.state === "ready" && item.not_cleaned.length > 0 && <NotCleaned item={item} />}
      {item.state === "ready" && <NotAsWanted what="markedBeside" names={item.marked_beside} />}
      {item.state === "ready" && <NotAsWanted what="notMarked" names={item.not_marked} />}
      {item.print_notes && <PrintNotes notes={item.print_notes} />}
      {item.state === "ready" && <NotAsWanted what="isSmaller" names={item.smaller} />}
    </li>
  );
}

/** Lists every file that may still contain the location, with the reason: people rely on its removal. */
function NotCleaned({ item }: { item: Export }) {
  const names = item.not_cleaned;
  const t = useMessages("downloads");
  const reasonOf = (name: string) => {
    const reason = item.not_cleaned_reasons[name];
    return reason ? ` · ${t(`notCleaned_${reason}`)}` : "";
  };
  return (
    <NamedFiles
      title={t("notCleaned", { count: names.length })}
      text={t("notCleanedText")}
      summary={t("whichFiles")}
      names={names}
      noteOf={reasonOf}
    />
  );
}

interface NotAsWantedProps {
  names: readonly string[] | undefined;
  what: "markedBeside" | "notMarked" | "isSmaller";
}

/** Lists the files that are not quite as was wanted. A previous version's answer has no list. */
function NotAsWanted({ names, what }: NotAsWantedProps) {
  const t = useMessages("downloads");
  if (!names?.length) return null;
  const title = t(what, { count: names.length });
  return <NamedFiles title={title} text={t(`${what}Text`)} summary={t("whichOnes")} names={names} />;
}

/** What there is to say of a finished PDF. */
function PrintNotes({ notes }: { notes: NonNullable<Export["print_notes"]> }) {
  const t = useMessages("prints");
  const downloads = useMessages("downloads");
  const { left_out: leftOut, missing_characters: characters } = notes;
  return (
    <>
      {leftOut.length > 0 && (
        <NamedFiles
          title={t("leftOut", { count: leftOut.length })}
          text={t("leftOutText")}
          summary={downloads("whichOnes")}
          names={leftOut}
        />
      )}
      {characters && (
        <Text size="sm" className={classes.namedFiles}>
          {t("missingCharacters", { characters: Array.from(characters).join(" ") })}
        </Text>
      )}
    </>
  );
}

interface NamedFilesProps {
  title: string;
  text: string;
  summary: string;
  names: readonly string[];
  noteOf?: (name: string) => string;
}

/** A warning about some files of the zip. A few are listed at once. */
function NamedFiles({ title, text, summary, names, noteOf }: NamedFilesProps) {
  return (
    <div className={classes.namedFiles}>
      <p className={classes.warning}>
        <IconAlertTriangle size={20} stroke={1.6} aria-hidden />
        {title}
      </p>
      {text}
      <details className={classes.details} open={names.length <= 3}>
        <summary>{summary}</summary>
        <ul className={classes.files}>
          {names.map((name) => (
            <li key={name}>
              {name}
              {noteOf?.(name)}
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}

/** The options of the zip that differ from the defaults. */
function useOptionsText(item: Export): string {
  const t = useMessages("downloads");
  const prints = useMessages("prints");
  const marks = useMessages("marks");
  const selection =
    item.selection === "stars" ? marks("atLeast", { count: item.min_stars }) : t(`selection_${item.selection}`);
  if (isPrint(item)) return `${prints(`kind_${item.kind}`)} · ${selection}`;
  if (item.ratings === "only") return t("ratings_only");
  const words: string[] = [selection, t(`layout_${item.layout}`)];
  if (item.name_pattern !== DEFAULT_OPTIONS.name_pattern) {
    const known = patternName(item.name_pattern);
    words.push(known ? t(`names_${known}`) : t("namedBy", { pattern: item.name_pattern }));
  }
  if (item.jpeg_size > 0) words.push(t("jpegOf", { size: item.jpeg_size }));
  if (item.sets === "whole" || item.sets === "picks") words.push(t(`sets_${item.sets}`));
  if (item.gallery) words.push(t("withPage"));
  if (item.checksums) words.push(t("withChecksums"));
  if (item.location === "strip") words.push(t("placeRemoved"));
  if (item.ratings === "sidecars" || item.ratings === "embedded") words.push(t("withRatings"));
  return words.join(" · ");
}

function StateText({ item, state }: { item: Export; state: Exclude<Export["state"], "failed"> }) {
  return <Text size="sm">{useStateText(item, state)}</Text>;
}

function useStateText(item: Export, state: Exclude<Export["state"], "failed">): string {
  const t = useMessages("downloads");
  const prints = useMessages("prints");
  const format = useFormat();
  if (isPrint(item) && state !== "queued") {
    if (state === "building") return prints("building", { written: item.files_written, total: item.file_count });
    if (state === "expired") return prints("expired");
    const date = item.expires_at ? format.date(item.expires_at) : "–";
    return prints("ready", { size: format.bytes(item.byte_size), date });
  }
  switch (state) {
    case "queued":
      return t("queued");
    case "building":
      return t("building", { written: item.files_written, total: item.file_count });
    case "expired":
      return t("expired", { count: item.file_count });
    case "ready":
      return t("ready", {
        size: format.bytes(item.byte_size),
        count: item.file_count,
        date: item.expires_at ? format.date(item.expires_at) : "–",
      });
  }
}

function DeleteButton({ albumId, item, date }: { albumId: string; item: Export; date: string }) {
  const zips = useMessages("downloads");
  const prints = useMessages("prints");
  const t = isPrint(item) ? prints : zips;
  const label = isPrint(item) ? prints("remove", { name: item.file_name, date }) : zips("remove", { date });
  const [opened, setOpened] = useState(false);
  const remove = useDeleteExport(albumId);
  return (
    <>
      <ActionIcon aria-label={label} onClick={() => setOpened(true)}>
        <IconTrash size={20} stroke={1.6} />
      </ActionIcon>
      <ConfirmDialog
        opened={opened}
        title={t("removeTitle")}
        text={t("removeText")}
        action={t("removeAction")}
        danger
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate(item.id, { onSuccess: () => setOpened(false) })}
        onClose={() => setOpened(false)}
      />
    </>
  );
}
