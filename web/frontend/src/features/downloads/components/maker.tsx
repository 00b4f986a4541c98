import { Alert, Skeleton } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";

import type { ExportOptions } from "@/shared/api/schema-types";
import { useSession } from "@/shared/api/session-query";
import { useLanguage, useMessages } from "@/shared/i18n/language-context";
import { useFieldText, useProblemText } from "@/shared/i18n/use-problem-text";

import { useCreateExport } from "../api/exports";
import { previewQuery } from "../api/preview";
import { readOptions, rememberOptions } from "../model/export-options";

import classes from "./maker.module.css";
import { NoPhotos, StillWorking } from "./obstacle";
import { OptionsForm } from "./options-form";
import { Pictures } from "./pictures";
import { Summary } from "./summary";

/** Long enough not to send a request for every letter, short enough to feel immediate. */
const PAUSE = 250;

interface MakerProps {
  albumId: string;
  /** One is being built. */
  busy: boolean;
  another: boolean;
  onCreated: (exportId: string) => void;
}

/** Choose the options of a zip, see what it would contain, and make it. */
export function Maker({ albumId, busy, another, onCreated }: MakerProps) {
  const t = useMessages("downloads");
  const problemText = useProblemText();
  const fieldText = useFieldText();
  const userId = useSession()?.id ?? null;
  const { language } = useLanguage();
  const [chosen, setOptions] = useState(() => readOptions(userId));
  const options = useMemo(() => ({ ...chosen, language }), [chosen, language]);
  const [asked] = useDebouncedValue(options, PAUSE);
  const { data, error, isPlaceholderData } = useQuery(previewQuery(albumId, asked));
  const [seen, setSeen] = useState(data);
  if (data && data !== seen) setSeen(data);
  // While a pattern is invalid, the preview of the last valid one stays.
  const preview = data ?? seen;
  const create = useCreateExport(albumId);

  const patternError = fieldText(error, "name_pattern") ?? fieldText(create.error, "name_pattern");
  const otherError = patternError ? null : error;
  const change = (next: ExportOptions) => {
    create.reset();
    setOptions(next);
    rememberOptions(userId, next);
  };

  if (preview?.ready === false) return <StillWorking albumId={albumId} />;
  if (preview?.selection_counts.all === 0) return <NoPhotos albumId={albumId} />;
  if (!preview && !error) return <Skeleton height={420} radius="lg" />;
  return (
    <section className={classes.maker} aria-label={t("make")}>
      <div className={classes.shown}>{preview && <Pictures photos={preview.photos} />}</div>
      <div className={classes.options}>
        {otherError && <Alert color="red">{problemText(otherError)}</Alert>}
        <OptionsForm options={options} onChange={change} preview={preview} patternError={patternError} />
      </div>
      <div className={classes.summary}>
        {preview && (
          <Summary
            albumId={albumId}
            options={options}
            preview={preview}
            isOutdated={isPlaceholderData || !data || asked !== options}
            canCreate={!busy && !patternError}
            isCreating={create.isPending}
            another={another}
            error={patternError ? null : create.error}
            onCreate={() => create.mutate(options, { onSuccess: ({ id }) => onCreated(id) })}
          />
        )}
      </div>
    </section>
  );
}
