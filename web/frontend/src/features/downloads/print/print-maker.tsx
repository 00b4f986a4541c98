import { Alert, Skeleton } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { PrintOptions } from "@/shared/api/schema-types";
import { useSession } from "@/shared/api/session-query";
import { useLanguage, useMessages } from "@/shared/i18n/language-context";
import { useProblemText } from "@/shared/i18n/use-problem-text";

import { printPreviewQuery, useCreatePrint } from "../api/prints";
import classes from "../components/maker.module.css";
import { NoPhotos, StillWorking } from "../components/obstacle";

import { PrintForm } from "./print-form";
import { readPrintOptions, rememberPrintOptions } from "./print-options";
import { PrintSummary } from "./print-summary";
import { PrintedPages } from "./printed-pages";
import { SoftPhotos } from "./soft-photos";

const PAUSE = 250;

interface PrintMakerProps {
  albumId: string;
  albumName: string;
  /** A download is being made. */
  busy: boolean;
  /** What has been made already. */
  ready: readonly PrintOptions["kind"][];
  onCreated: (exportId: string) => void;
}

/** Choose how to print the album, see the pages, and make them. */
export function PrintMaker({ albumId, albumName, busy, ready, onCreated }: PrintMakerProps) {
  const t = useMessages("prints");
  const { language } = useLanguage();
  const problemText = useProblemText();
  const userId = useSession()?.id ?? null;
  const [chosen, setChosen] = useState(() => ({ ...readPrintOptions(userId), title: "" }));
  const [asked] = useDebouncedValue(chosen, PAUSE);
  const { data: preview, error, isPlaceholderData } = useQuery(printPreviewQuery(albumId, { ...asked, language }));
  const create = useCreatePrint(albumId);
  const options: PrintOptions = { ...chosen, language };
  const isOutdated = isPlaceholderData || asked !== chosen;
  const change = (next: PrintOptions) => {
    create.reset();
    setChosen(next);
    rememberPrintOptions(userId, next);
  };

  if (preview?.ready === false) return <StillWorking albumId={albumId} />;
  if (preview?.selection_counts.all === 0) return <NoPhotos albumId={albumId} />;
  if (!preview) return error ? <Alert color="red">{problemText(error)}</Alert> : <Skeleton height={420} radius="lg" />;
  return (
    <section className={classes.maker} data-prints aria-label={t("make")}>
      <div className={classes.shown}>
        {error && <Alert color="red">{problemText(error)}</Alert>}
        <PrintedPages preview={preview} isBook={asked.kind === "book"} isOutdated={isOutdated} />
        <SoftPhotos photos={preview.soft} />
      </div>
      <div className={classes.options}>
        <PrintForm options={options} onChange={change} preview={preview} albumName={albumName} />
      </div>
      <div className={classes.summary}>
        <PrintSummary
          options={options}
          preview={preview}
          isOutdated={isOutdated}
          canCreate={!busy && !isOutdated}
          isCreating={create.isPending}
          another={ready.includes(options.kind)}
          error={create.error}
          onCreate={() => create.mutate(options, { onSuccess: ({ id }) => onCreated(id) })}
        />
      </div>
    </section>
  );
}
